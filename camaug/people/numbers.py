"""Numbers that the law or the network gives out: personal number, tax code, telephone, the card's QR text. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import phonenumbers
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from camaug.kernel.errors import DomainError
from camaug.kernel.text import clean

# TT 59/2021/TT-BCA: where the birth was registered. Never shortened when provinces merge: numbers keep the old codes.
_PROVINCES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042
    044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087
    089 091 092 093 094 095 096
"""
PROVINCE_CODES = frozenset(_PROVINCES.split())
FOREIGN_PREFIX = "1"
_SEPARATORS = re.compile(r"[\s.\-]+")


class OldIdentityCardNumber(DomainError):
    """A nine-digit number of the identity card that is no longer valid."""

    sentence = _("This is the nine-digit number of an old identity card. Enter the 12-digit personal number.")


class NotAPersonalNumber(DomainError):
    """Not 12 digits, or the digits do not fit each other."""

    sentence = _("A personal number has 12 digits, as printed on the identity card. Check “{number}”.")


class NotATaxCode(DomainError):
    """Neither a tax code nor a personal number that serves as one."""

    sentence = _("“{number}” is not a tax code. Check the digits.")


class NotAPhone(DomainError):
    """Not a telephone number that can be reached."""

    sentence = _("“{number}” is not a telephone number. Enter it as in 0918 000 123.")


class NotACard(DomainError):
    """Text that is not the QR text of an identity card."""

    sentence = _("This is not the QR code of an identity card.")


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """The 12-digit số định danh cá nhân (Law 26/2023; structure of TT 59/2021/TT-BCA); no check digit."""

    digits: str

    @property
    def birth_code(self) -> str:
        """Where the birth was registered: a former province (001 to 096) or a foreign country (1xx)."""
        return self.digits[:3]

    @property
    def sex(self) -> str:
        """MALE or FEMALE: an even or odd fourth digit."""
        return "FEMALE" if int(self.digits[3]) % 2 else "MALE"

    @property
    def birth_year(self) -> int:
        """Full year: the fourth digit gives the century from 19xx on, two more give the year."""
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    def __str__(self) -> str:
        return self.digits

    @classmethod
    def parse(cls, text: str) -> "PersonalNumber":
        """Read a number typed with or without spaces. Raises OldIdentityCardNumber or NotAPersonalNumber."""
        digits = _SEPARATORS.sub("", clean(text))
        if re.fullmatch(r"[0-9]{9}", digits):
            raise OldIdentityCardNumber
        known = digits[:3] in PROVINCE_CODES or digits[:1] == FOREIGN_PREFIX
        if not re.fullmatch(r"[0-9]{12}", digits) or not known:
            raise NotAPersonalNumber(number=clean(text)[:30])
        return cls(digits)


@dataclass(frozen=True, slots=True)
class TaxCode:
    """10 digits with checksum, a branch `NNNNNNNNNN-NNN`, or, since 1 July 2025 (TT 86/2024/TT-BTC), a personal number.

    `doubtful`: the checksum formula gives 10, which some registers write as 0; accepted, worth a look.
    """

    text: str
    doubtful: bool = False

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> "TaxCode":
        """Read a tax code. Raises NotATaxCode."""
        digits = mst.compact(clean(text))
        if len(digits) == 12:
            try:
                return cls(PersonalNumber.parse(digits).digits)
            except NotAPersonalNumber:
                raise NotATaxCode(number=clean(text)[:30]) from None
        try:
            return cls(mst.format(mst.validate(digits)))
        except InvalidChecksum:
            if mst.calc_check_digit(digits) == "10" and digits[9] == "0":
                return cls(mst.format(digits), doubtful=True)
            raise NotATaxCode(number=clean(text)[:30]) from None
        except ValidationError:
            raise NotATaxCode(number=clean(text)[:30]) from None


def parse_phone(text: str) -> str:
    """E.164 of a number as typed: '0918 000 123' gives '+84918000123'. Raises NotAPhone."""
    try:
        number = phonenumbers.parse(clean(text), "VN")
    except phonenumbers.NumberParseException:
        raise NotAPhone(number=clean(text)[:30]) from None
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone(number=clean(text)[:30])
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(e164: str) -> str:
    """As people write it: '+84918000123' gives '0918 000 123'; foreign numbers keep their country code."""
    try:
        number = phonenumbers.parse(e164, "VN")
    except phonenumbers.NumberParseException:
        return e164
    domestic = number.country_code == 84
    form = phonenumbers.PhoneNumberFormat.NATIONAL if domestic else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


@dataclass(frozen=True, slots=True)
class IdCard:
    """What the identity card's QR code says. `sex` is MALE, FEMALE or empty; `old_number` the nine digits or empty."""

    number: PersonalNumber
    old_number: str
    full_name: str
    birth_date: date
    sex: str
    address: str
    issued_date: date | None


def parse_card(text: str) -> IdCard:
    """Read `CCCD|CMND|Họ tên|ddMMyyyy|Giới tính|Địa chỉ|ddMMyyyy`; newer cards append more, which is passed over.

    Raises NotACard, or what PersonalNumber.parse raises.
    """
    if len(text) > 1000 or text.count("|") < 6:
        raise NotACard
    number, old, name, born, sex, address, issued = (clean(part) for part in text.split("|")[:7])
    birth_date = _day(born)
    if not name or birth_date is None:
        raise NotACard
    return IdCard(
        number=PersonalNumber.parse(number),
        old_number=old,
        full_name=name,
        birth_date=birth_date,
        sex={"nam": "MALE", "nữ": "FEMALE"}.get(sex.lower(), ""),
        address=address,
        issued_date=_day(issued),
    )


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d%m%Y").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None
