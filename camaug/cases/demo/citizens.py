"""Invented applicants."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.contacts import parse_contact
from camaug.access.queries import actor_of
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import LOCAL
from camaug.people.actions.register_person import register_person
from camaug.people.queries import AgencyView, place, subdivisions


@dataclass(frozen=True, slots=True)
class Citizen:
    """An applicant: who he is, as an actor online, and where he lives."""

    person_id: UUID
    name: str
    number: str
    phone: str
    birth_date: date
    sex: str
    home: dict[str, str]
    actor: Actor


class Citizens:
    """Makes citizens of an agency's place; the same seed makes the same ones."""

    def __init__(self, names: dict[str, Any], hamlets: list[str], chance: Random) -> None:
        self._names, self._hamlets, self._chance = names, hamlets, chance
        self._taken = 0

    def full_name(self, sex: str) -> str:
        """A believable name."""
        lists = self._names[sex.lower()]
        surname = self._draw(self._names["surnames"])
        return f"{surname} {self._draw(lists['middle'])} {self._chance.choice(lists['given'])}"

    def make(self, agency: AgencyView, *, at: datetime, sex: str = "") -> Citizen:
        """Register a new citizen who lives where the agency is, with an account for his phone."""
        self._taken += 1
        chosen = sex or self._chance.choice(("MALE", "FEMALE"))
        born = date(self._chance.randint(1968, 2003), self._chance.randint(1, 12), self._chance.randint(1, 28))
        century = (0 if born.year < 2000 else 2) + (chosen == "FEMALE")
        number = f"096{century}{born:%y}{600000 + self._taken:06d}"
        name, phone = self.full_name(chosen), f"+8494{4000000 + self._taken:07d}"
        person = register_person(
            name,
            personal_number=number,
            birth_date=born,
            sex=chosen,
            phone=phone,
            place_id=agency.place_id,
            address=self._chance.choice(self._hamlets),
            ethnicity="Kinh",
            synthetic=True,
            by=SYSTEM,
            at=at,
        )
        account = open_citizen_account(person.id, contact=parse_contact(phone), by=SYSTEM, at=at)
        return Citizen(
            person_id=person.id,
            name=name,
            number=number,
            phone=phone,
            birth_date=born,
            sex=chosen,
            home=self._home(agency, person.address, at),
            actor=actor_of(account, at=at + timedelta(seconds=1), origin="demo"),
        )

    def _draw(self, weights: dict[str, int]) -> str:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _home(self, agency: AgencyView, detail: str, at: datetime) -> dict[str, str]:
        if agency.place_id is None:
            return {"detail": detail, "text": detail}
        here = place(agency.place_id)
        if here.kind == "DISTRICT":
            here = self._chance.choice(subdivisions(here.id, at.astimezone(LOCAL).date()))
        codes, above = {here.kind.lower(): here.code}, here
        while above.parent_id is not None:
            above = place(above.parent_id)
            codes[above.kind.lower()] = above.code
        return {**codes, "detail": detail, "text": f"{detail}, {here.full_name}"}
