from datetime import timedelta

import pytest

from camaug.cases.models import Case
from camaug.cases.models.finding import APART, Sought, Words, cut
from camaug.cases.queries import case_page, follow, inbox, my_cases, progress_of, search
from camaug.cases.words import find_by
from camaug.catalogue.queries import definition
from camaug.kernel.actors import ANONYMOUS
from camaug.kernel.errors import NotFound
from tests.applications import carry, send_birth
from tests.world import AT, World

OFFICERS_WHO_SEE = ("clerk", "specialist", "chairman", "registrar")
OFFICERS_WHO_DO_NOT = ("other_clerk", "district_clerk", "district_specialist", "administrator")


def test_a_case_is_seen_by_its_agencies_and_its_applicant_alone(world: World) -> None:
    case = send_birth(world)
    seers = {key for key in world.officers if Case.objects.visible_to(world.officer(key)).filter(pk=case.pk)}
    assert seers & {*OFFICERS_WHO_SEE, *OFFICERS_WHO_DO_NOT} == set(OFFICERS_WHO_SEE)
    assert {k for k in world.citizens if Case.objects.visible_to(world.citizen(k)).filter(pk=case.pk)} == {"mother"}
    assert not Case.objects.visible_to(ANONYMOUS).exists()


@pytest.mark.parametrize("key", OFFICERS_WHO_DO_NOT)
def test_a_stranger_finds_nothing_anywhere(world: World, key: str) -> None:
    case, stranger = send_birth(world), world.officer(key)
    with pytest.raises(NotFound):
        case_page(str(case.code), stranger, at=AT)
    assert search(stranger, "Nguyễn Thị Lan", at=AT).rows == ()
    assert search(stranger, str(case.code), at=AT).rows == ()
    assert inbox(stranger, "receive", at=AT).rows == ()


def test_another_citizen_does_not_reach_it(world: World) -> None:
    case = send_birth(world)
    with pytest.raises(NotFound):
        progress_of(case.id, world.citizen("shopkeeper"), at=AT)
    assert my_cases(world.citizen("shopkeeper"), at=AT) == ()
    assert [row.code for row in my_cases(world.citizen("mother"), at=AT)] == [case.code]


@pytest.mark.parametrize(
    ("fact", "found"), [("0123", True), ("0124", False), ("", False), ("----", False), ("ờ", False)]
)
def test_a_case_is_followed_with_its_code_and_a_second_fact(world: World, fact: str, found: bool) -> None:
    case = send_birth(world)
    assert (follow(str(case.code), fact, at=AT) is not None) is found
    assert follow("H12.39.32245-261123-0999", fact, at=AT) is None


def test_the_applicant_does_not_read_internal_words(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    progress = progress_of(case.id, world.citizen("mother"), at=AT)
    assert {entry.name for entry in progress.timeline} >= {"CaseSubmitted", "CaseReceived", "DecisionProposed"}
    assert all(not entry.words for entry in progress.timeline)


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("nguyen thi lan", True),
        ("Nguyễn Thị Lan", True),
        ("LAN khai sinh", True),
        ("096194000123", True),
        ("0918 000 123", True),
        ("H12.39.32245-261123-0001", True),
        ("261123-0001", True),
        ("h12.39.32245", True),
        ("h12.39.3224", True),
        ("h12.39.32246", False),
        ("Nguyễn Thị Lán", True),
        ("Trần", False),
        ("%", False),
    ],
)
def test_search_by_code_number_phone_and_words(world: World, words: str, finds: bool) -> None:
    send_birth(world)
    assert bool(search(world.officer("clerk"), words, at=AT).rows) is finds


@pytest.mark.parametrize("words", ["Minh Phú", "minh phu", "Đất Mũi - Rạch Gốc", "Hợp tác xã Đất Mũi - Rạch Gốc"])
def test_words_are_found_whatever_stands_around_them(world: World, words: str) -> None:
    case = send_birth(world)
    case.applicant_name = "Hợp tác xã “Minh Phú” & 'Đất Mũi'–Rạch Gốc"
    find_by(case, definition(case.version_id))
    case.save(update_fields=["applicant_name", "folded", "accented"])
    assert [row.code for row in search(world.officer("clerk"), words, at=AT).rows] == [case.code]


def test_the_database_and_the_page_part_words_alike(world: World) -> None:
    case = send_birth(world)
    Case.objects.filter(pk=case.pk).update(folded="x".join(["", *APART, ""]))
    kept = Case.objects.filter(pk=case.pk).values_list(Words("participants", "folded", "version"), flat=True).get()
    assert {word[-1] for word in kept if word and "#" not in word} == {"x"}
    assert cut("x".join(["", *APART, ""])) == ["x"] * (len(APART) + 1)


def test_the_inbox_knows_whose_turn_it_is(world: World) -> None:
    case = send_birth(world)
    assert [row.code for row in inbox(world.officer("clerk"), "receive", at=AT).rows] == [case.code]
    assert inbox(world.officer("specialist"), "todo", at=AT).rows == ()
    carry(world, case, to="EXAMINE")
    assert inbox(world.officer("clerk"), "receive", at=AT).rows == ()
    assert [row.code for row in inbox(world.officer("specialist"), "todo", at=AT).rows] == [case.code]
    assert inbox(world.officer("specialist"), "todo", at=AT).counts["todo"] == 1


def test_pages_of_a_list_follow_each_other_without_gap_or_double(world: World) -> None:
    codes = [send_birth(world).code for _ in range(7)]
    seen: list[str] = []
    place = ""
    while True:
        page = inbox(world.officer("clerk"), "receive", at=AT, place=place, size=3)
        seen += [row.code for row in page.rows]
        if not page.older:
            break
        place = page.older
    assert sorted(seen) == sorted(str(code) for code in codes)
    back = inbox(world.officer("clerk"), "receive", at=AT, place=page.newer, size=3)
    assert [row.code for row in back.rows] == seen[3:6]


def test_a_list_costs_the_same_number_of_queries_however_long(
    world: World, django_assert_num_queries: object, django_assert_max_num_queries: object
) -> None:
    clerk = world.officer("clerk")
    send_birth(world)
    inbox(clerk, "receive", at=AT)
    with django_assert_max_num_queries(6) as few:  # type: ignore[operator]
        inbox(clerk, "receive", at=AT)
    for _ in range(5):
        send_birth(world)
    with django_assert_num_queries(len(few)):  # type: ignore[operator]
        inbox(clerk, "receive", at=AT)


def test_the_database_cuts_words_as_the_search_does(world: World) -> None:
    case = send_birth(world)
    case.folded = "h12.39-0001 (le, van) a/b;c  nguyen:lan"
    case.save(update_fields=["folded"])
    (held,) = Case.objects.filter(pk=case.pk).values_list(Words("participants", "folded", "version"), flat=True)
    told = {
        form for word in cut(case.folded) for form in Sought(word, frozenset({case.version_id})).at(case.participants)
    }
    assert told == set(held) - {"", *Sought("").at(case.participants)}
    assert cut(case.folded) == ["h12", "39", "0001", "le", "van", "a", "b", "c", "nguyen", "lan"]


def test_words_are_found_whole_and_older_quarters_too(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    assert not search(clerk, "nguy", at=AT).rows
    for years in (0, 1, 5, -1):
        found = search(clerk, "nguyen lan", at=AT + timedelta(days=365 * years))
        assert [row.code for row in found.rows] == [case.code], years
    assert search(clerk, "-", at=AT).rows == ()


def test_a_case_is_found_by_its_procedure_s_names_and_ranked_by_their_accents(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    assert "khai" not in case.folded
    for words in ("khai sinh", "Khai sinh Nguyễn Thị Lan", "dang ky"):
        assert [row.code for row in search(clerk, words, at=AT).rows] == [case.code], words
    for words in ("khai tu", "khai sinh nobody", "#" + str(case.version_id)[-8:]):
        assert search(clerk, words, at=AT).rows == (), words
    other = send_birth(world)
    other.authorised_name = "Lê Đang"
    find_by(other, definition(other.version_id))
    other.save(update_fields=["authorised_name", "folded", "accented"])
    Case.objects.filter(pk=case.pk).update(submitted_at=other.submitted_at + timedelta(hours=1))
    assert [row.code for row in search(clerk, "Đang", at=AT).rows] == [other.code, case.code]
