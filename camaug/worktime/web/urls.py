from django.urls import include, path

from camaug.worktime.web import calendar, day, hours, question, withdrawal

app_name = "worktime"

administration = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/days/", day.day, name="day"),
    path("calendar/days/<uuid:day_id>/withdrawal/", withdrawal.withdrawal, name="withdrawal"),
    path("calendar/hours/", hours.hours, name="hours"),
    path("calendar/questions/<slug:code>/", question.question, name="question"),
]
urlpatterns = [path("desk/administration/", include(administration))]
