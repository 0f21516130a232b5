"""Work that fails is tried after growing pauses, rests in the end, and is shown; one failure holds up nothing else."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import Subscriber
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord, Trouble
from camaug.kernel.patience import PAUSES, patiently, troubles, try_again
from camaug.runtime.worker import Turns
from tests.desks import desk_of
from tests.world import AT, World

JOB, PAGE = "people.carry_import", "/desk/administration/failing/"


class Broken:
    """Fails until it is mended; counts how often it was tried."""

    def __init__(self) -> None:
        self.tries, self.mended = 0, False

    def __call__(self) -> None:
        self.tries += 1
        if not self.mended:
            raise ValueError("Nguyễn Thị Lan, 096194000123")


def let_time_pass() -> None:
    """Until the next try, whenever that is."""
    Trouble.objects.filter(next_at__isnull=False).update(next_at=now())


def pause() -> timedelta | None:
    (trouble,) = troubles()
    return trouble.next_at - trouble.failed_at if trouble.next_at else None


def test_pauses_grow_and_what_one_thing_causes_rests(db: None) -> None:
    broken, pauses = Broken(), []
    for tried in range(1, len(PAUSES) + 2):
        for _minute in range(3):
            patiently(JOB, broken, about="1")
        assert broken.tries == tried, "it is not tried within its pause"
        pauses.append(pause())
        let_time_pass()
    assert pauses == [*PAUSES, None]
    patiently(JOB, broken, about="1")
    assert broken.tries == len(PAUSES) + 1, "what rests is not tried"


def test_what_the_worker_does_for_everybody_never_rests(db: None) -> None:
    broken = Broken()
    for _try in range(10):
        patiently("cases.watch", broken)
        let_time_pass()
    assert broken.tries == 10
    patiently("cases.watch", broken)
    assert pause() == PAUSES[-1]


def test_what_succeeds_again_is_forgotten_and_others_are_not_held_up(db: None) -> None:
    broken, other = Broken(), Broken()
    other.mended = True
    patiently(JOB, broken, about="1")
    patiently(JOB, other, about="2")
    assert (other.tries, len(troubles())) == (1, 1)
    broken.mended = True
    let_time_pass()
    patiently(JOB, broken, about="1")
    assert troubles() == ()


def test_nothing_personal_is_written_down(db: None) -> None:
    patiently(JOB, Broken(), about="1")
    assert troubles()[0].problem == "ValueError"


@override_settings(METRICS_TOKEN="a-token")
def test_it_is_shown_counted_and_tried_again(world: World, client: Client) -> None:
    broken, operator = Broken(), desk_of(world, "operator")
    assert "Không có việc nào gặp lỗi" in operator.get(PAGE).content.decode()
    for _try in range(len(PAUSES) + 1):
        patiently(JOB, broken, about="1")
        let_time_pass()
    patiently("cases.watch", Broken())
    shown = operator.get(PAGE).content.decode()
    assert "Nhập bảng dữ liệu" in shown
    assert "tạm nghỉ" in shown
    counted = client.get("/metrics", headers={"Authorization": "Bearer a-token"}).content.decode()
    assert 'camaug_jobs_failing{job="people.carry_import",state="resting"} 1.0' in counted
    assert 'camaug_jobs_failing{job="cases.watch",state="waiting"} 1.0' in counted
    broken.mended = True
    trouble = Trouble.objects.get(job=JOB)
    assert operator.post(f"{PAGE}{trouble.id}/retrial/").status_code == 302
    assert EventRecord.objects.filter(name="kernel.WorkTriedAgain", subject_id=trouble.id).count() == 1
    patiently(JOB, broken, about="1")
    assert not Trouble.objects.filter(job=JOB).exists()


def test_only_an_operator_has_it_tried_again(world: World) -> None:
    patiently(JOB, Broken(), about="1")
    trouble = Trouble.objects.get()
    assert desk_of(world, "clerk").post(f"{PAGE}{trouble.id}/retrial/").status_code == 404
    with pytest.raises(NotAllowed):
        try_again(trouble.id, by=world.officer("administrator"), at=AT)
    with pytest.raises(NotFound):
        try_again(uuid7(), by=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_that_fails_holds_up_no_other() -> None:
    read: list[str] = []

    def fail(_rows: object) -> None:
        raise ValueError

    names = ["a.fails", "b.works"]
    made = [
        Subscriber(names[0], frozenset({"x.Y"}), fail),
        Subscriber(names[1], frozenset({"x.Y"}), lambda rows: read.extend(r.name for r in rows)),
    ]
    EventRecord.objects.create(name="x.Y", subject_id=uuid7(), actor_kind="SYSTEM", at=AT)
    turns = Turns(lambda: made)
    assert turns.take() == 1
    assert read == ["x.Y"]
    assert turns.take() == 0, "the failing one has its pause"
