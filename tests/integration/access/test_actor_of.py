from collections.abc import Callable
from datetime import date, timedelta

from camaug.access.queries import actor_of
from camaug.kernel.actors import SYSTEM, ActorKind
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_position import end_position
from tests.integration.access.conftest import NOW, Clerk

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def test_an_officer_acts_in_his_own_posts(engage: Callable[..., Clerk]) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn")
    actor = actor_of(an.account, at=NOW, origin="10.0.0.1")
    assert (actor.kind, actor.account_id, actor.name) == (ActorKind.STAFF, an.account.id, "Nguyễn Văn An")
    assert [(post.id, post.roles, post.instead_of) for post in actor.posts] == [(an.position_id, {"CLERK"}, "")]
    assert actor.origin == "10.0.0.1"
    assert actor.person_id is None


def test_a_stand_in_has_the_absent_officers_post_exactly_during_the_absence(engage: Callable[..., Clerk]) -> None:
    an, binh = engage("Nguyễn Văn An", "an@camau.gov.vn"), engage("Trần Thị Bình", "binh@camau.gov.vn")
    start, end = NOW + DAY, NOW + 3 * DAY
    declare_absence(an.position_id, stand_in_id=binh.officer_id, from_at=start, until_at=end, by=SYSTEM, at=NOW)
    posts = {
        at: [(post.id, post.instead_of) for post in actor_of(binh.account, at=at, origin="").posts]
        for at in (start - MOMENT, start, end - MOMENT, end)
    }
    own, stood_in = (binh.position_id, ""), (an.position_id, "Nguyễn Văn An")
    assert posts == {
        start - MOMENT: [own],
        start: [own, stood_in],
        end - MOMENT: [own, stood_in],
        end: [own],
    }


def test_an_officer_whose_post_has_not_begun_or_has_ended_is_an_actor_without_posts(
    engage: Callable[..., Clerk],
) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn", from_date=date(2026, 11, 25))
    assert actor_of(an.account, at=NOW, origin="").posts == ()
    assert len(actor_of(an.account, at=NOW + 2 * DAY, origin="").posts) == 1
    end_position(an.position_id, until_date=date(2026, 12, 1), by=SYSTEM, at=NOW)
    assert actor_of(an.account, at=NOW + 8 * DAY, origin="").posts == ()
