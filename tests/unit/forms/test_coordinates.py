import pytest

from camaug.catalogue.forms.coordinates import NotAPosition, parse_position


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8.6512, 105.0417", "8.6512, 105.0417"),
        ("8.6512,105.0417", "8.6512, 105.0417"),
        ("8,6512; 105,0417", "8.6512, 105.0417"),
        ("8,6512 105,0417", "8.6512, 105.0417"),
        ("105.0417, 8.6512", "8.6512, 105.0417"),
        ("8.6512° B, 105.0417° Đ", "8.6512, 105.0417"),
        ("8°39'04\"N 105°02'30\"E", "8.651111, 105.041667"),
        ("8°39’04,5” B; 105°02’30” Đ", "8.65125, 105.041667"),
        ("9, 105", "9, 105"),
    ],
)
def test_a_position_is_understood_however_it_is_written(typed: str, kept: str) -> None:
    assert parse_position(typed) == kept
    assert parse_position(kept) == kept


@pytest.mark.parametrize(
    "typed", ["8.6512", "gần cầu", "8.6512, 15.0417", "48.85, 2.35", "1, 2, 3", "", "8.6.5, 105.1"]
)
def test_what_is_no_position_in_the_country_is_refused(typed: str) -> None:
    with pytest.raises(NotAPosition):
        parse_position(typed)
