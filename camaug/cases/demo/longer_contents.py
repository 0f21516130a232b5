"""What invented applicants of the longer procedures ask for: answers that the forms accept."""

from datetime import datetime, timedelta
from typing import Any

from camaug.cases.demo import contents
from camaug.cases.demo.citizens import Citizen
from camaug.cases.demo.stories import Scene


def record(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
    """Somebody needs a criminal-record certificate for a job."""
    chance, born = scene.chance, who.birth_date
    return {
        "filed_by": "SELF",
        "subject_name": who.name,
        "birth_date": born.isoformat(),
        "sex": who.sex,
        "birth_place": who.home["text"],
        "nationality": "VIET_NAM",
        "ethnicity": "KINH",
        "personal_number": who.number,
        "permanent_residence": who.home,
        "lives_elsewhere": "NO",
        "phone": who.phone,
        "father": {"full_name": scene.citizens.full_name("MALE"), "birth_year": born.year - chance.randint(22, 35)},
        "mother": {"full_name": scene.citizens.full_name("FEMALE"), "birth_year": born.year - chance.randint(20, 32)},
        "married": "NO",
        "residences": [
            {
                "from_month": f"{born.month:02d}/{born.year + 14}",
                "to_month": "nay",
                "where": who.home["text"],
                "work": chance.choice(scene.words["work"]),
            }
        ],
        "has_record": "NO",
        "certificate": "NO_1",
        "ban_statement": "NO",
        "purpose": chance.choice(scene.words["purposes"]),
        "copies": chance.randint(1, 3),
        "fee_group": "NONE" if at.year - born.year > 23 else "STUDENT",
    }


def house(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:  # noqa: ARG001 (one shape for contents)
    """Somebody builds a house at home."""
    chance = scene.chance
    ground, floors = chance.randint(6, 14) * 10, chance.randint(1, 3)
    return {
        "kind": "HOUSE",
        "owner_kind": "PERSON",
        "owner": {"full_name": who.name, "personal_number": who.number, "residence": who.home},
        "phone": who.phone,
        "plot": f"thửa {chance.randint(3, 420)}, tờ bản đồ {chance.randint(1, 38)}",
        "plot_area": ground + chance.randint(3, 20) * 10,
        "site": who.home,
        "land_proof": "DATABASE",
        "neighbours": chance.choice(("YES", "NO")),
        "heritage": "NO",
        "designer": chance.choice(scene.words["designers"]),
        "reviewed": "NO",
        "class": "IV" if floors == 1 else "III",
        "level": "+0,45",
        "setback": "2,5",
        "ground_area": ground,
        "floor_area": ground * floors,
        "floors": floors,
        "height": f"{4 * floors},2",
        "months": chance.randint(4, 10),
    }


def allowance(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
    """Somebody with a disability asks for the monthly allowance."""
    chance = scene.chance
    return {
        "group": "DISABLED",
        "person": {
            "full_name": who.name,
            "birth_date": who.birth_date.isoformat(),
            "sex": who.sex,
            "ethnicity": "Kinh",
            "personal_number": who.number,
        },
        "residence": who.home,
        "lives_with": f"ở với gia đình, {who.home['detail'].lower()}",
        "schooling": "LEFT",
        "insured": "YES",
        "poverty": chance.choice(("POOR", "NEAR_POOR", "NEITHER")),
        "benefits": ["NONE"],
        "disability_number": f"{chance.randint(1, 60):02d}/{at.year}",
        "disability_date": (at - timedelta(days=chance.randint(20, 200))).date().isoformat(),
        "disability_office": "Ủy ban nhân dân xã",
        "disability_kind": [chance.choice(("MOVING", "HEARING", "SEEING", "MENTAL"))],
        "disability_level": chance.choice(("SEVERE", "SEVERE", "VERY_SEVERE")),
        "works": "NO",
        "self_care": chance.choice(("ALONE", "HELPED")),
        "carer": {"full_name": scene.citizens.full_name("FEMALE")},
        "marriage": chance.choice(("NEVER", "MARRIED", "WIDOWED")),
        "by_other": "SELF",
        "pay_way": "POST",
    }


def land(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
    """Somebody bought land or was given it."""
    chance = scene.chance
    bought = chance.random() < 0.7
    answers = {
        "change": "BOUGHT" if bought else "GIVEN",
        "whole_plot": "WHOLE",
        "remeasure": "NO",
        "mortgaged": "NO",
        "asset_only": "NO",
        "disputed": "NO",
        "receiver": {"full_name": who.name, "personal_number": who.number, "residence": who.home},
        "receiver_phone": who.phone,
        "receivers": "ONE",
        "by_proxy": "NO",
        "book_number": f"CH {chance.randint(100, 9900):05d}",
        "serial": f"DK {chance.randint(100_000, 999_999)}",
        "issued": f"{chance.randint(2014, 2023)}-06-{chance.randint(10, 28)}",
        "giver": f"{scene.citizens.full_name('MALE')} và {scene.citizens.full_name('FEMALE')}",
        "plot": str(chance.randint(3, 420)),
        "sheet": str(chance.randint(1, 38)),
        "area": f"{chance.randint(1, 18)}.{chance.randint(100, 990)}",
        "land_use": chance.choice(("NTS", "NTS", "CLN", "ONT")),
        "term": "đến tháng 10 năm 2063",
        "site": who.home,
        "contract": f"{chance.randint(100, 2400)}/{at.year}",
        "contract_date": (at - timedelta(days=chance.randint(2, 25))).date().isoformat(),
        "notary": "Phòng Công chứng số 1 tỉnh Cà Mau",
        "price": chance.randint(9, 80) * 10_000_000,
        "relief": "NONE" if bought else "FAMILY",
        "new_certificate": "YES",
    }
    return answers if bought else {name: value for name, value in answers.items() if name != "price"}


def marriage(who: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
    """Somebody marries an invented person of nearly the same age."""
    bride, years = who.sex == "FEMALE", scene.chance.randint(-1, 4)
    born = min(at.year - 22, who.birth_date.year + (-years if bride else years))
    own = {**_spouse(who.name, who.birth_date.isoformat(), who), "personal_number": who.number}
    other = scene.citizens.full_name("MALE" if bride else "FEMALE")
    invented = _spouse(other, f"{born}-04-1{scene.chance.randint(0, 9)}", who)
    passport = f"Hộ chiếu số C{scene.chance.randint(1_000_000, 9_999_999)}, Cục Quản lý xuất nhập cảnh"
    return {
        "wife": own if bride else invented,
        "husband": invented if bride else own,
        "husband_paper" if bride else "wife_paper": passport,
        "wife_times": 1,
        "husband_times": 1,
        "related": "NO",
        "contact_phone": who.phone,
        "copies_wanted": "YES",
        "copies": scene.chance.randint(1, 3),
    }


def _spouse(name: str, born: str, who: Citizen) -> dict[str, Any]:
    return {
        "full_name": name,
        "birth_date": born,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "residence": who.home,
    }


def family(mother: Citizen, scene: Scene, at: datetime) -> dict[str, Any]:
    """A mother asks for the birth, the residence and the insurance of her child at once."""
    birth = contents.birth(mother, scene.citizens, scene.words, scene.chance, at=at)
    return {
        **birth,
        "residence_with": "MOTHER",
        "residence_address": mother.home,
        "household_head": mother.name,
        "household_head_number": mother.number,
        "household_relation": "con",
        "clinic": scene.chance.choice(scene.words["clinics"]),
    }
