from django.urls import include, path

from camaug.queue.web import display
from camaug.queue.web.admin import arranging, counter_rules, group_rules, halls
from camaug.queue.web.desk import closing, counter, moves, next_call, today
from camaug.queue.web.kiosk import arrival, numbers, slip
from camaug.queue.web.portal import appointment, booking, cancellation, moving, purposes, start, ticket, times

app_name = "queue"

citizens = [
    path("appointments/", start.start, name="appointments"),
    path("appointments/at/<str:hall>/", purposes.purposes, name="purposes"),
    path("appointments/at/<str:hall>/<str:letter>/", times.times, name="times"),
    path("appointments/at/<str:hall>/<str:letter>/booking/", booking.booking, name="booking"),
    path("appointments/<str:appointment>/", appointment.appointment, name="appointment"),
    path("appointments/<str:appointment>/calendar.ics", appointment.calendar_file, name="calendar_file"),
    path("appointments/<str:appointment>/time/", moving.moving, name="moving"),
    path("appointments/<str:appointment>/cancellation/", cancellation.cancellation, name="cancellation"),
    path("tickets/<str:ticket>/", ticket.ticket, name="ticket"),
    path("tickets/<str:ticket>/departure/", ticket.departure, name="departure"),
]
halls_ = [
    path("kiosk/<str:hall>/", numbers.numbers, name="kiosk"),
    path("kiosk/<str:hall>/arrival/", arrival.arrival, name="arrival"),
    path("kiosk/<str:hall>/slips/<str:ticket>/", slip.slip, name="slip"),
    path("display/<str:hall>/", display.display, name="display"),
]
desk = [
    path("", counter.counter, name="counter"),
    path("calls/", next_call.next_call, name="next_call"),
    path("closing/", closing.closing, name="closing"),
    path("today/", today.today, name="today"),
    path("tickets/<uuid:ticket_id>/<slug:move>/", moves.move, name="move"),
]
administration = [
    path("", halls.halls, name="halls"),
    path("<str:hall>/", arranging.hall, name="hall"),
    path("<str:hall>/groups/<str:letter>/", group_rules.group, name="group"),
    path("<str:hall>/counters/<int:number>/", counter_rules.counter, name="counter_rules"),
]
urlpatterns = [
    *citizens,
    *halls_,
    path("desk/queue/", include(desk)),
    path("desk/administration/queues/", include(administration)),
]
