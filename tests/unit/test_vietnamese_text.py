"""Folding for search, tone placement, and the order of a Vietnamese dictionary and of a list of people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camaug.kernel.text import accented, clean, fold, name_sort_key, sort_key
from camaug.notify.wording import plain_letters

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ĐÂÔ"
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hoà", "dang thi hoa"),
        ("  Cà   Mau ", "ca mau"),
        ("ƯỜNG", "uong"),
        ("Trần Văn Thời", "tran van thoi"),
        ("Năm Căn", "nam can"),
    ],
)
def test_folding_leaves_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("old", "new"), [("Hoà", "Hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("tuý", "túy")])
def test_old_and_new_tone_placement_are_the_same(old: str, new: str) -> None:
    assert accented(old) == accented(new)


@pytest.mark.parametrize(("one", "other"), [("ma", "má"), ("tan", "tân"), ("dau", "đau"), ("hỏi", "hõi")])
def test_accents_tell_words_apart(one: str, other: str) -> None:
    assert accented(one) != accented(other)


@pytest.mark.parametrize(("typed", "meant"), [("Ðặng", "Đặng"), ("ÐÔNG", "Đông"), ("bạc ðiền", "Bạc Điền")])
def test_the_icelandic_letter_is_the_one_that_it_is_typed_for(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)
    assert accented(typed) == accented(meant)
    assert sort_key(typed) == sort_key(meant)
    assert name_sort_key(typed) == name_sort_key(meant)
    assert plain_letters(typed).lower() == plain_letters(meant).lower() == fold(meant)


def test_a_dictionary_puts_letters_before_tones() -> None:
    ordered = [
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "bai",
        "băng",
        "bâng",
        "cá",
        "dân",
        "đan",
        "em",
        "êm",
        "oan",
        "ôn",
        "ơn",
        "un",
        "ưng",
    ]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_a_shorter_word_comes_first() -> None:
    assert sorted(["Cà Mau", "Cà", "Cái Nước"], key=sort_key) == ["Cà", "Cà Mau", "Cái Nước"]


def test_people_sort_by_given_name_then_family_name_then_middle_names() -> None:
    ordered = ["Trần Ái", "Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Phạm Bình", "Đỗ Văn Ước"]
    assert sorted(set(ordered), key=name_sort_key) == ordered


@given(VIETNAMESE)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_depend_on_the_normal_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_accented_form_and_sort_key_do_not_depend_on_the_normal_form(text: str) -> None:
    other = unicodedata.normalize("NFD", text)
    assert (accented(other), sort_key(other)) == (accented(text), sort_key(text))


@given(VIETNAMESE)
def test_cleaning_leaves_single_spaces(text: str) -> None:
    assert "  " not in clean(text)
    assert clean(text) == clean(text).strip()
