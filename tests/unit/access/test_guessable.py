import pytest

from camaug.access.guessable import is_guessable


@pytest.mark.parametrize(
    ("password", "guessable"),
    [
        ("Cà Mau 2026", True),
        ("UBND-tinh.CaMau@1990", True),
        ("Quản trị CaMau-G 123456", True),
        ("mật khẩu 1111 admin", True),
        ("CaoThanhVu@Sgddt#2025", True),
        ("Cao Thanh Vũ 123 !!!", True),
        ("năm căn đất mũi 98765", True),
        ("Cà Mau quê hương tôi yêu", False),
        ("camau82640173956", False),
        ("rừng đước mùa gió chướng", False),
        ("tỉnh táo mỗi sớm mai", False),
        ("abcdefghijklm", False),
    ],
)
def test_which_passwords_anybody_here_would_try(password: str, guessable: bool) -> None:
    assert is_guessable(password, "sgddt_caothanhvu@camau.gov.vn") is guessable


def test_who_has_no_mailbox_has_no_words_of_his_own() -> None:
    assert is_guessable("Cà Mau 2026", "")
    assert not is_guessable("CaoThanhVu@Sgddt#2025", "")
