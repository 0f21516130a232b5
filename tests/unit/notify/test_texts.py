from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils import translation

from camaug.kernel.clock import LOCAL
from camaug.notify.notices import Notice, Said, Word, declared
from camaug.notify.profile import TextsWrong, read_profile
from camaug.notify.wording import SMS_LENGTH, Text, plain_letters, say, strange_letters

NOTICE = Notice("RAIN", {"place": Word("Năm Căn", in_sms=True), "name": Word("Nguyễn Thị Lan")})
RIGHT = {"title": "Mưa ở {place}", "body": "{name} ơi, {place} có mưa.", "sms": "Co mua o {place}"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def write(folder: Path, **changes: str) -> Path:
    """A profile with one notice, right but for the changes."""
    texts = {"notice": "RAIN", "valid_from": "2022-01-01", "texts": {"vi": RIGHT | changes}}
    (folder / "messages.yaml").write_text(yaml.safe_dump({"messages": [texts]}))
    return folder


def test_a_profile_without_fault_is_read(tmp_path: Path) -> None:
    assert read_profile(write(tmp_path), {"RAIN": NOTICE}).messages[0].texts["vi"].title == "Mưa ở {place}"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"body": "{where} có mưa"}, "the word {where} is not known here"),
        ({"title": "{place.__class__}"}, "braces hold more than a name"),
        ({"title": "{place!r}"}, "braces hold more than a name"),
        ({"body": "{place:>9}"}, "braces hold more than a name"),
        ({"sms": "{name} oi"}, "the word {name} may not stand in an SMS"),
        ({"sms": "Có mưa"}, "the SMS has letters that need two parts: óư"),
        ({"sms": "mua " * 41}, "the SMS can have 164 letters; 160 fit"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_with_its_fault(
    tmp_path: Path, changes: dict[str, str], complaint: str
) -> None:
    with pytest.raises(TextsWrong) as refused:
        read_profile(write(tmp_path, **changes), {"RAIN": NOTICE})
    assert complaint in str(refused.value)


def test_a_text_that_nothing_sends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextsWrong, match="RAIN: nothing sends this notice"):
        read_profile(write(tmp_path), {})


def test_the_province_has_texts_for_every_notice_in_both_languages() -> None:
    found = read_profile(settings.PROFILE, declared())
    assert {text.notice: set(text.texts) for text in found.messages} == {code: {"vi", "en"} for code in declared()}


def test_every_text_of_the_province_is_filled_and_every_sms_fits_in_one_part() -> None:
    notices = declared()
    for texts in read_profile(settings.PROFILE, notices).messages:
        words: dict[str, Said] = {name: word.sample for name, word in notices[texts.notice].words.items()}
        for language, wording in texts.texts.items():
            filled = Text(wording.title, wording.body, wording.sms).filled(words, language=language)
            assert not set("{}") & set(filled.title + filled.body + filled.sms)
            if notices[texts.notice].in_app_only:
                assert filled.sms == ""
                continue
            code = str(words.get("code", ""))  # what happens to a draft is told without one
            assert code in filled.title
            assert code in filled.sms
            assert len(filled.sms) <= SMS_LENGTH
            assert not strange_letters(filled.sms)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (1_500_000, "1.500.000 đồng", "1,500,000 VND"),
        (0, "0 đồng", "0 VND"),
        (datetime(2026, 11, 25, 17, tzinfo=LOCAL), "17:00 ngày 25/11/2026", "17:00 on 25/11/2026"),
        ("Giấy khai sinh", "Giấy khai sinh", "Giấy khai sinh"),
        ({"vi": "Đăng ký khai sinh", "en": "Birth registration"}, "Đăng ký khai sinh", "Birth registration"),
        ({"vi": "Đăng ký khai sinh", "en": ""}, "Đăng ký khai sinh", "Đăng ký khai sinh"),
    ],
)
def test_amounts_times_and_names_are_said_as_the_language_writes_them(
    value: Said, vietnamese: str, english: str
) -> None:
    assert (say(value, "vi"), say(value, "en")) == (vietnamese, english)


def test_plain_letters_keep_the_case() -> None:
    assert plain_letters("Đất Mũi, huyện Ngọc Hiển; đồng") == "Dat Mui, huyen Ngoc Hien; dong"
