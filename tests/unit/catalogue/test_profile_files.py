from pathlib import Path
from shutil import copytree

import pytest

from camaug.catalogue.checking import report
from camaug.catalogue.profile_files import ProfileInvalid, read_catalogue, read_yaml
from tests.unit.catalogue.samples import PROFILE

BIRTH = "procedures/dang-ky-khai-sinh.yaml"


def written(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A copy of the profile's catalogue, to be spoiled."""
    copy = tmp_path / "profile"
    copytree(PROFILE, copy)
    return copy


def spoil(profile: Path, file: str, old: str, new: str) -> None:
    path = profile / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_words_stay_words(tmp_path: Path) -> None:
    text = "{a: YES, b: no, c: on, d: 1.001193, e: 0.5, f: 15:00, g: 007, h: true, i: 12, j: null, k: ~, l: 1e3}"
    assert read_yaml(written(tmp_path, text)) == {
        "a": "YES", "b": "no", "c": "on", "d": "1.001193", "e": "0.5", "f": "15:00", "g": "007", "h": True, "i": 12,
        "j": None, "k": None, "l": "1e3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x [1]\nb: *x", "file.yaml, line 2: aliases are not used here"),
        ("a: 1\nb: 2\na: 3", "file.yaml, line 3: “a” is given twice"),
        ("a: {b: 1, b: 2}", "file.yaml, line 1: “b” is given twice"),
        ("[" * 40 + "]" * 40, "file.yaml, line 1: deeper than 24 levels"),
        ("a: !!python/object:os.system x", "file.yaml, line 1: could not determine a constructor"),
        ("a: [1", "file.yaml, line 1: did not find expected ',' or ']'"),
        ("a: " + "x" * 300_000, "file.yaml, file: larger than 256 KB"),
        ("a: \x07", "file.yaml, file: unacceptable character"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ProfileInvalid) as refusal:
        read_yaml(written(tmp_path, text))
    assert str(refusal.value).startswith(sentence)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes("a: Cà Mau".encode("cp1258"))
    with pytest.raises(ProfileInvalid, match=r"file.yaml, byte \d+: not UTF-8"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            BIRTH,
            "confidence: H\nversion",
            "confidence: X\nversion",
            "dang-ky-khai-sinh.yaml, national_code > confidence:",
        ),
        (BIRTH, "field: ho-tich", "field: ho-tic", "dang-ky-khai-sinh.yaml, field: “ho-tic” is not in catalogue.yaml"),
        (BIRTH, "[sinh-con]", "[sinh-coN]", "dang-ky-khai-sinh.yaml, life_events: unknown: sinh-coN"),
        (BIRTH, "code: dang-ky-khai-sinh", "code: khai-sinh", "dang-ky-khai-sinh.yaml, code: “khai-sinh” is not the"),
        (BIRTH, "{list: sexes}", "{list: sex}", "dang-ky-khai-sinh.yaml, list: “sex” is not in catalogue.yaml"),
        (BIRTH, "originals: 1", "originals: many", "dang-ky-khai-sinh.yaml, papers > to-khai > originals:"),
        (BIRTH, "is: WITNESS", "equals: WITNESS", "dang-ky-khai-sinh.yaml, papers > van-ban-nguoi-lam-chung > when"),
        (BIRTH, "next: [tham-dinh]", "next: [xet]", "dang-ky-khai-sinh.yaml, process: unknown steps: xet"),
        ("catalogue.yaml", "code: ho-tich", "kode: ho-tich", "catalogue.yaml, fields > 1 > code:"),
    ],
)
def test_a_slip_is_told_in_one_sentence_with_file_and_place(
    profile: Path, file: str, old: str, new: str, sentence: str
) -> None:
    spoil(profile, file, old, new)
    with pytest.raises(ProfileInvalid) as refusal:
        read_catalogue(profile)
    told = str(refusal.value)
    assert told.startswith(sentence)
    assert "\n" not in told


def test_the_check_counts_what_is_sourced_and_what_waits_for_a_text() -> None:
    found = report(PROFILE)
    assert found["errors"] == []
    assert found["facts"] == found["verified"] + found["to_verify"]
    assert found["verified"] == sum(found["by_confidence"].values())
    assert found["share_verified"] == round(found["verified"] / found["facts"], 4)
    assert found["procedures"]["dang-ky-khai-sinh"]["to_verify_at"] == [
        "fees > le-phi-qua-han",
        "basis > Thời gian chờ xác nhận bản dự thảo",
        "basis > Luật Hộ tịch năm 2026",
    ]
    for code in ("ho-tro-mai-tang", "tro-cap-xa-hoi-hang-thang"):  # known for districts only, which are no more
        assert any(one.startswith("limits") for one in found["procedures"][code]["to_verify_at"])
    assert found["procedures"]["chung-thuc-ban-sao"]["share_verified"] == 1


def test_the_check_goes_on_after_a_file_that_is_wrong(profile: Path) -> None:
    spoil(profile, BIRTH, "field: ho-tich", "field: ho-tic")
    spoil(profile, "procedures/dang-ky-ho-kinh-doanh.yaml", "role: UNIT_HEAD", "role: SPECIALIST")
    found = report(profile)
    assert [error["file"] for error in found["errors"]] == ["dang-ky-ho-kinh-doanh.yaml", "dang-ky-khai-sinh.yaml"]
    all_codes = {path.stem for path in (profile / "procedures").glob("*.yaml")}
    assert set(found["procedures"]) == all_codes - {"dang-ky-khai-sinh"}
