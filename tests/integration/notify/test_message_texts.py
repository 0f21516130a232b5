"""Administrators word the messages: preview, validation, versions, restoring, history; the profile stays the default."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.history import ChangedMeanwhile
from camaug.kernel.ids import uuid7
from camaug.notify.actions.reword import NothingChanged, restore, reword
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.loading import load_profile
from camaug.notify.models import Message, MessageTemplate, TextVersion
from camaug.notify.notices import declared
from camaug.notify.texts import Texts, profile_texts, texts_of
from camaug.notify.wording import Text
from tests.desks import desk_of
from tests.world import AT, World

NOTICE = "CASE_SUBMITTED"
PAGE = f"/desk/administration/texts/{NOTICE}/"
LATER = AT + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _texts(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)


def new(title: str = "Hồ sơ {code} đã gửi", **changes: str) -> Texts:
    words = {"title": title, "body": "{office} đã nhận {code}.", "sms": "Ho so {code} da gui."}
    return {"vi": Text(**{**words, **changes}), "en": Text("Sent {code}", "{office} has {code}.", "Sent {code}.")}


def form(texts: Texts, **more: str) -> dict[str, str]:
    fields = {f"{one}-{name}": getattr(t, name) for one, t in texts.items() for name in ("title", "body", "sms")}
    return {**fields, **more}


def told(world: World) -> Message:
    """What the mother is told a minute later."""
    words = {name: word.sample for name, word in declared()[NOTICE].words.items()}
    fact = uuid7()
    key = tell(declared()[NOTICE], fact=fact, to=Recipient(world.citizens["mother"]), words=words, by=SYSTEM, at=LATER)
    return Message.objects.get(pk=key)


def test_new_words_hold_from_now_on_and_what_was_sent_keeps_its_own(world: World) -> None:
    before = told(world)
    reword(NOTICE, new(), by=world.officer("administrator"), at=AT)
    assert told(world).title == "Hồ sơ H12.39.32245-261123-10000 đã gửi"
    before.refresh_from_db()
    assert before.title.startswith("Đã nhận được hồ sơ")


def test_the_profile_stays_the_default_and_loading_it_again_leaves_versions_alone(world: World) -> None:
    reword(NOTICE, new(), by=world.officer("administrator"), at=AT)
    templates = set(MessageTemplate.objects.values_list("id", flat=True))
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    assert set(MessageTemplate.objects.values_list("id", flat=True)) == templates
    assert texts_of(NOTICE, at=LATER)["vi"].title == "Hồ sơ {code} đã gửi"
    restore(NOTICE, 0, by=world.officer("administrator"), at=AT)
    assert texts_of(NOTICE, at=LATER) == profile_texts(NOTICE, at=AT)


def test_an_earlier_version_is_restored_as_a_new_one(world: World) -> None:
    admin = world.officer("administrator")
    reword(NOTICE, new("Một {code}"), by=admin, at=AT)
    reword(NOTICE, new("Hai {code}"), by=admin, at=AT)
    assert restore(NOTICE, 1, by=admin, at=AT).number == 3
    assert texts_of(NOTICE, at=LATER)["vi"].title == "Một {code}"
    with pytest.raises(NothingChanged):
        restore(NOTICE, 1, by=admin, at=AT)
    with pytest.raises(NotFound):
        restore(NOTICE, 9, by=admin, at=AT)


def test_only_administrators_word_texts(world: World) -> None:
    for who in (world.officer("chairman"), world.citizen("mother")):
        with pytest.raises(NotAllowed):
            reword(NOTICE, new(), by=who, at=AT)
        with pytest.raises(NotAllowed):
            restore(NOTICE, 0, by=who, at=AT)
    assert desk_of(world, "chairman").get(PAGE).status_code == 404


def test_two_who_change_one_text_do_not_overwrite_each_other(world: World) -> None:
    admin = world.officer("administrator")
    reword(NOTICE, new(), by=admin, at=AT, seen=0)
    with pytest.raises(ChangedMeanwhile):
        reword(NOTICE, new("Khác {code}"), by=admin, at=AT, seen=0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "vi-title"),
        ({"title": "x" * 201}, "vi-title"),
        ({"title": "{code.__class__}"}, "vi-title"),
        ({"body": "{wheather}"}, "vi-body"),
        ({"body": "{"}, "vi-body"),
        ({"sms": "{office} da nhan"}, "vi-sms"),
        ({"sms": "Đã nhận"}, "vi-sms"),
        ({"sms": "mua " * 41}, "vi-sms"),
    ],
)
def test_words_that_cannot_be_sent_are_refused_beside_their_field(
    world: World, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        reword(NOTICE, new(**changes), by=world.officer("administrator"), at=AT)
    assert set(refused.value.errors) == {field}
    page = desk_of(world, "administrator").post(PAGE, form(new(**changes), preview="yes"))
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.content.decode()
    assert not TextVersion.objects.exists()


def test_what_is_typed_is_shown_with_sample_words_before_it_holds(world: World) -> None:
    shown = desk_of(world, "administrator").post(PAGE, form(new(), preview="yes")).content.decode()
    assert "Hồ sơ H12.39.32245-261123-10000 đã gửi" in shown
    assert "Sent H12.39.32245-261123-10000" in shown
    assert not TextVersion.objects.exists()


def test_a_change_stands_in_the_history_with_before_and_after(world: World) -> None:
    admin: Client = desk_of(world, "administrator")
    assert admin.post(PAGE, form(new(), save="yes", seen="0")).status_code == 302
    shown = admin.get(PAGE).content.decode()
    assert "Nguyễn Hữu Phước" in shown
    assert "Đã nhận được hồ sơ nộp trực tuyến {code}" in shown
    assert "Phiên bản 1" in admin.get("/desk/administration/texts/").content.decode()
    assert admin.post(f"{PAGE}versions/0/", {"seen": "1"}).status_code == 302
    assert "mẫu gốc của tỉnh" in admin.get(PAGE).content.decode()
    assert admin.post(f"{PAGE}versions/0/", {"seen": "1"}).status_code == 422
    assert admin.get(f"{PAGE}versions/7/").status_code == 404
    assert admin.get("/desk/administration/texts/NOTHING/").status_code == 404


def test_what_officers_read_in_the_app_has_no_sms(world: World) -> None:
    admin = desk_of(world, "administrator")
    path = "/desk/administration/texts/STEP_SOON/"
    assert 'name="vi-sms"' not in admin.get(path).content.decode()
    texts = {"vi": Text("Nhắc {code}", "Bước {step}", ""), "en": Text("{code}", "{step}", "")}
    assert admin.post(path, form(texts, save="yes")).status_code == 302
