"""The pages of queues and appointments, as forms without JavaScript."""

import re
from datetime import datetime

import pytest
from django.test import Client

from camaug.access.models import Throttle
from camaug.kernel.clock import now
from camaug.queue.models import Appointment, Ticket
from camaug.queue.web.places import NUMBERS
from tests.desks import desk_of
from tests.halls import always_open, hall_id, take
from tests.world import COMMUNE, World

KIOSK, DISPLAY, COUNTER = f"/kiosk/{COMMUNE}/", f"/display/{COMMUNE}/", "/desk/queue/"


@pytest.fixture
def hall(world: World) -> World:
    """The commune, at work at whatever hour the test runs."""
    always_open(hall_id(world), at=now())
    return world


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return text(answer.content.decode())


def first_time(client: Client, path: str) -> str:
    found = re.search(r'href="([^"]+/booking/\?at=[^"]+)"', client.get(path).content.decode())
    assert found
    return found[1].replace("&amp;", "&")


def test_a_citizen_books_from_the_offices_page_to_the_code_and_moves_and_cancels(hall: World) -> None:
    phone = Client()
    assert "Đặt lịch hẹn" in read(phone, f"/procedures/agencies/{COMMUNE}/")
    services = phone.get(f"/appointments/at/{COMMUNE}/").content.decode()
    assert f"/appointments/at/{COMMUNE}/A/?for=dang-ky-khai-sinh" in services
    address = first_time(phone, f"/appointments/at/{COMMUNE}/A/?for=dang-ky-khai-sinh")
    refused = phone.post(address, {"name": "", "phone": "12"})
    assert refused.status_code == 422
    done = phone.post(address, {"name": "Nguyễn Thị Lan", "phone": "0918 000 123"})
    made = Appointment.objects.get()
    assert done.headers["Location"] == f"/appointments/{made.code}/"
    page = read(phone, f"/appointments/{made.code}/")
    assert f"{made.pin[:3]} {made.pin[3:]}" in page
    assert "0918 000 123" in page
    calendar = phone.get(f"/appointments/{made.code}/calendar.ics").content.decode()
    assert f"DTSTART:{made.slot_at:%Y%m%dT%H%M%SZ}" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    times = re.findall(r'name="at" value="([^"]+)"', phone.get(f"/appointments/{made.code}/time/").content.decode())
    phone.post(f"/appointments/{made.code}/time/", {"at": times[-1]})
    made.refresh_from_db()
    assert made.slot_at.astimezone(now().tzinfo) == datetime.fromisoformat(times[-1]).replace(tzinfo=now().tzinfo)
    phone.post(f"/appointments/{made.code}/cancellation/")
    assert "Đã hủy" in read(phone, f"/appointments/{made.code}/")
    assert phone.get(f"/appointments/{made.code}/time/").headers["Location"] == f"/appointments/{made.code}/"


def test_a_telephone_finds_its_codes_again_and_nobody_learns_whether_it_has_any(hall: World) -> None:
    answers = {Client().post("/appointments/", {"typed": typed}, follow=True).content for typed in ("0918000123",)}
    assert "mã đang được gửi" in text(answers.pop().decode())
    assert Client().post("/appointments/", {"typed": "abcdefgh2345"}).headers["Location"].endswith("/ABCDEFGH2345/")
    assert Client().post("/appointments/", {"typed": "không biết"}).status_code == 422


def test_the_kiosk_gives_a_number_and_the_ticket_follows_it(hall: World) -> None:
    kiosk, phone, wall = Client(), Client(), Client()
    clerk = desk_of(hall, "clerk")
    take(hall, at=now())
    answer = kiosk.post(KIOSK, {"letter": "A", "priority": ""})
    ticket = Ticket.objects.latest("arrival")
    assert answer.headers["Location"] == f"{KIOSK}slips/{ticket.code}/"
    assert "A002" in read(kiosk, answer.headers["Location"])
    assert "1 người" in read(phone, f"/tickets/{ticket.code}/")
    clerk.post(COUNTER, {"number": "1"})
    clerk.post(f"{COUNTER}calls/")
    assert "A001" in read(wall, DISPLAY)
    assert "tiếp theo" in read(phone, f"/tickets/{ticket.code}/")
    first = Ticket.objects.get(number=1)
    clerk.post(f"{COUNTER}tickets/{first.id}/service/")
    clerk.post(f"{COUNTER}calls/")
    assert "Mời đến quầy 1" in read(phone, f"/tickets/{ticket.code}/")
    assert "Số A002, mời đến quầy 1" in read(wall, DISPLAY)
    assert "A002" in read(clerk, COUNTER)
    assert "A001" not in read(wall, DISPLAY)


def test_a_priority_group_is_chosen_at_the_kiosk(hall: World) -> None:
    kiosk = Client()
    assert "Người cao tuổi" in read(kiosk, f"{KIOSK}?first=ask")
    assert "Ưu tiên: Người cao tuổi" in read(kiosk, f"{KIOSK}?first=ELDERLY")
    kiosk.post(KIOSK, {"letter": "A", "priority": "ELDERLY"})
    assert Ticket.objects.get().precedence == 10
    assert kiosk.post(KIOSK, {"letter": "A", "priority": "NOBODY"}).status_code == 422


def test_who_holds_the_code_gives_the_number_up(hall: World) -> None:
    ticket = take(hall, at=now())
    Client().post(f"/tickets/{ticket.code}/departure/")
    ticket.refresh_from_db()
    assert ticket.state == "LEFT"


def test_a_kiosk_address_cannot_be_emptied_of_numbers_from_one_network(hall: World) -> None:
    greedy = Client(REMOTE_ADDR="203.0.113.9")
    for _press in range(NUMBERS.of_network):
        assert greedy.post(KIOSK, {"letter": "A"}).status_code == 302
    assert greedy.post(KIOSK, {"letter": "A"}).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.10").post(KIOSK, {"letter": "A"}).status_code == 302
    assert Throttle.objects.exists()


def test_a_clerk_takes_in_whoever_stands_there_and_moves_whoever_does_not_come(hall: World) -> None:
    clerk = desk_of(hall, "clerk")
    first = take(hall, at=now())
    clerk.post(COUNTER, {"number": "1"})
    clerk.post(f"{COUNTER}calls/")
    assert clerk.post(f"{COUNTER}closing/").status_code == 422
    assert clerk.post(f"{COUNTER}calls/").status_code == 422
    clerk.post(f"{COUNTER}tickets/{first.id}/absence/")
    assert "Lỡ lượt" in read(clerk, "/desk/queue/today/")
    clerk.post(f"{COUNTER}tickets/{first.id}/call/")
    clerk.post(f"{COUNTER}tickets/{first.id}/service/")
    assert f'href="/desk/intake/?agency={hall_id(hall)}"' in clerk.get(COUNTER).content.decode().replace("&amp;", "&")
    clerk.post(f"{COUNTER}tickets/{first.id}/transfer/", {"to": "2"})
    assert clerk.post(f"{COUNTER}tickets/{first.id}/nothing/").status_code == 404
    first.refresh_from_db()
    assert first.state == "WAITING"
    clerk.post(f"{COUNTER}closing/")
    assert "quầy nào" in read(clerk, COUNTER)


def test_the_head_watches_and_a_stranger_does_not(hall: World) -> None:
    assert desk_of(hall, "chairman").get("/desk/queue/today/").status_code == 200
    assert desk_of(hall, "chairman").get(COUNTER).status_code == 404
    stranger = desk_of(hall, "other_clerk").get(f"/desk/queue/today/?hall={COMMUNE}")
    assert stranger.status_code == 404


def test_an_administrator_arranges_a_hall(hall: World) -> None:
    office = desk_of(hall, "administrator")
    place = f"/desk/administration/queues/{COMMUNE}/"
    assert COMMUNE in read(office, "/desk/administration/queues/?q=tan an")
    assert office.post(place, {"horizon": "0"}).status_code == 422
    office.post(place, {"horizon": "30", "kept": ["open", "books"]})
    office.post(f"{place}counters/3/", {"name": "Ưu tiên", "letters": ["A", "D"], "in_use": "yes"})
    assert office.post(f"{place}groups/E/", {"name": "", "places": "x", "usual_minutes": "0"}).status_code == 422
    group = {"name": "Thủy sản", "places": "2", "usual_minutes": "20", "fields": ["ho-tich", "?"], "in_use": "yes"}
    office.post(f"{place}groups/E/", group)
    shown = read(office, place)
    assert all(words in shown for words in ("Quầy 3", "AD", "Thủy sản"))
    assert "Thủy sản" in read(Client(), KIOSK)


def test_a_board_asks_the_database_the_same_number_of_questions_however_many_wait(
    hall: World, django_assert_max_num_queries: object
) -> None:
    def questions() -> int:
        with django_assert_max_num_queries(40) as asked:  # type: ignore[operator]
            Client().get(DISPLAY)
        return len(asked)

    take(hall, at=now())
    few = questions()
    for _person in range(10):
        take(hall, at=now())
    assert questions() == few
