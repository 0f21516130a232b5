"""What invented applicants ask for: answers that the procedures' forms accept."""

from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from camaug.cases.demo.citizens import Citizen, Citizens
from camaug.cases.intake import Intake, PaperTaken
from camaug.catalogue.definition.limits import Channel
from camaug.kernel.ids import uuid7
from camaug.people.queries import AgencyView


def birth(
    mother: Citizen, citizens: Citizens, words: dict[str, Any], chance: Random, *, at: datetime
) -> dict[str, Any]:
    """A mother registers a child born in the weeks before."""
    sex = chance.choice(("MALE", "FEMALE"))
    father = citizens.full_name("MALE")
    child = f"{father.split(' ')[0]} {' '.join(citizens.full_name(sex).split(' ')[1:])}"
    born = (at - timedelta(days=chance.randint(3, 40))).date()
    return {
        "birth_proof": "CERTIFICATE",
        "surrogacy": "NO",
        "requester_name": mother.name,
        "requester_birth_date": mother.birth_date.isoformat(),
        "requester_paper": "PERSONAL_NUMBER",
        "requester_number": mother.number,
        "relation": "MOTHER",
        "child_name": child,
        "child_birth_date": born.isoformat(),
        "child_sex": sex,
        "child_ethnicity": "KINH",
        "child_nationality": "VIET_NAM",
        "birth_place": chance.choice(words["birth_places"]),
        "home_town": mother.home,
        "parents_declared": "BOTH",
        "mother": _parent(mother.name, mother.birth_date.isoformat()) | {"personal_number": mother.number},
        "father": _parent(father, f"{mother.birth_date.year - chance.randint(0, 6)}-04-0{chance.randint(1, 9)}"),
        "parents_married": "YES",
        "marriage_number": str(chance.randint(1, 90)),
        "marriage_date": f"{born.year - chance.randint(1, 5)}-05-{chance.randint(10, 28)}",
        "marriage_office": chance.choice(("Ủy ban nhân dân xã Tân Ân", "Ủy ban nhân dân xã Tam Giang")),
        "copies_wanted": "YES",
        "copies": chance.randint(1, 4),
        "waiver_group": "NONE",
    }


def shop(owner: Citizen, words: dict[str, Any], chance: Random) -> dict[str, Any]:
    """A citizen opens a small business at home."""
    trade = chance.choice(words["trades"])
    return {
        "owner": {
            "full_name": owner.name,
            "birth_date": owner.birth_date.isoformat(),
            "sex": owner.sex,
            "personal_number": owner.number,
        },
        "owner_phone": owner.phone,
        "by_proxy": "NO",
        "business_name": f"{chance.choice(words['first_names_of_shops'])} {owner.name.split(' ')[-1]}",
        "seat": owner.home,
        "no_trade_at_seat": "TRADES_THERE",
        "seat_phone": owner.phone,
        "lines": [{**trade, "main": True}],
        "capital": chance.choice((30, 50, 80, 120, 200)) * 1_000_000,
        "tax_address_differs": "NO",
        "workers": chance.randint(1, 6),
        "founders": "PERSON",
        "not_barred": True,
        "lawful_seat": True,
        "data_shared": True,
    }


def copies(owner: Citizen, words: dict[str, Any], chance: Random) -> dict[str, Any]:
    """A citizen brings an original and wants certified copies."""
    return {
        "requester_name": owner.name,
        "document_name": chance.choice(words["documents"]),
        "issuer": "VIETNAMESE",
        "original_pages": chance.randint(1, 4),
        "copies": chance.randint(1, 6),
    }


def intake(procedure: str, agency: AgencyView, who: Citizen, answers: dict[str, Any], *, paid: bool) -> Intake:
    """What the clerk typed for him."""
    papers = {"giay-de-nghi": PaperTaken(originals=1)} if procedure == "dang-ky-ho-kinh-doanh" else {}
    return Intake(
        request_key=uuid7(),
        procedure=procedure,
        receiving_agency=agency.id,
        channel=Channel.COUNTER,
        applicant=who.person_id,
        name=who.name,
        number=who.number,
        phone=who.phone,
        address=who.home["text"],
        answers=answers,
        papers=papers,
        payment_way="CASH" if paid else "",
    )


def scan(title: str, name: str) -> bytes:
    """A picture of a paper, as a phone would send it, marked as a sample."""
    sheet = Image.new("RGB", (900, 1270), "#fdfcf8")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((40, 40, 860, 1230), outline="#0a5a48", width=4)
    font = ImageFont.truetype("Tinos-Regular.ttf", 38)
    for line, y in ((title, 150), (name, 260), ("MẪU TRÌNH DIỄN", 1120)):
        draw.text((450, y), line, fill="#14211d", anchor="mm", font=font)
    content = BytesIO()
    sheet.save(content, "JPEG", quality=60)
    return content.getvalue()


def _parent(name: str, born: str) -> dict[str, str]:
    return {"full_name": name, "birth_date": born, "ethnicity": "Kinh", "nationality": "Việt Nam"}
