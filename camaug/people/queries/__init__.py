"""Questions about people, agencies and places; every answer is a frozen dataclass."""

from camaug.people.numbers import IdCard, PersonalNumber, TaxCode, display_phone, parse_card, parse_phone
from camaug.people.queries.businesses import BusinessView, business, find_businesses
from camaug.people.queries.directory import AgencyView, Directory, asked_once, directory
from camaug.people.queries.officers import (
    OfficerView,
    PositionView,
    every_officer,
    find_officers,
    holders,
    officer,
    officer_by_email,
    position,
    positions_of,
)
from camaug.people.queries.persons import PersonView, find_persons, person, person_by_number
from camaug.people.queries.places import PlaceView, place, place_by_code, provinces, search_places, subdivisions
from camaug.people.queries.roles import RoleView, kind_names, roles

__all__ = [
    "AgencyView",
    "BusinessView",
    "Directory",
    "IdCard",
    "OfficerView",
    "PersonView",
    "PersonalNumber",
    "PlaceView",
    "PositionView",
    "RoleView",
    "TaxCode",
    "asked_once",
    "business",
    "directory",
    "display_phone",
    "every_officer",
    "find_businesses",
    "find_officers",
    "find_persons",
    "holders",
    "kind_names",
    "officer",
    "officer_by_email",
    "parse_card",
    "parse_phone",
    "person",
    "person_by_number",
    "place",
    "place_by_code",
    "position",
    "positions_of",
    "provinces",
    "roles",
    "search_places",
    "subdivisions",
]
