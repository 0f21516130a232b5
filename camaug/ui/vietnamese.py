"""Vietnamese in words: numbers, sums of money, dates and hours as official papers write them."""

from datetime import date, datetime

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ", "tỷ tỷ")
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def number_in_words(number: int) -> str:
    """A whole number below 10^21 in words: 1_230_000 gives "một triệu hai trăm ba mươi nghìn". ValueError above."""
    if number < 0:
        return f"âm {number_in_words(-number)}"
    if number == 0:
        return DIGITS[0]
    groups: list[int] = []
    rest = number
    while rest:
        rest, group = divmod(rest, 1000)
        groups.append(group)
    if len(groups) > len(SCALES):
        raise ValueError(f"too large to be said: {number}")
    return " ".join(_groups_in_words(groups))


def _groups_in_words(groups: list[int]) -> list[str]:
    words: list[str] = []
    top = len(groups) - 1
    for index in range(top, -1, -1):
        if groups[index]:
            words += _group_in_words(groups[index], whole=index < top)
            words += [_scale(index, groups)] if index else []
    return words


def _scale(index: int, groups: list[int]) -> str:
    """Above a billion, "tỷ" is said once, after the last of its groups: 1.500 tỷ is "một nghìn năm trăm tỷ"."""
    if index > 3 and index < 6 and any(groups[3:index]):
        return SCALES[index - 3]
    return SCALES[index]


def _group_in_words(group: int, *, whole: bool) -> list[str]:
    """Three digits; `whole` says the hundred even where it is zero ("không trăm linh năm")."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 0:
        return [*words, *((["linh"] if words else []) + [DIGITS[ones]] if ones else [])]
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return [*words, _last_digit(tens, ones)] if ones else words


def _last_digit(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    if ones == 5:
        return "lăm"
    return DIGITS[ones]


def money_in_words(dong: int) -> str:
    """A sum in đồng as a receipt says it: "Một triệu hai trăm ba mươi nghìn đồng"."""
    said = f"{number_in_words(dong)} đồng"
    return said[0].upper() + said[1:]


def date_in_words(day: date) -> str:
    """As certificates write dates of birth: "Ngày mười tám tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    month = {1: "một", 4: "tư"}.get(day.month, number_in_words(day.month))
    return f"Ngày {_day_of_month(day.day)} tháng {month} năm {number_in_words(day.year)}"


def _day_of_month(day: int) -> str:
    return f"mồng {number_in_words(day)}" if day <= 10 else number_in_words(day)


def long_date(day: date) -> str:
    """As official papers date themselves, with a zero before 1 to 9 in the day and before 1, 2 in the month.

    Source: decree 30/2020/NĐ-CP, annex I: "ngày 05 tháng 02 năm 2026".
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def long_time(local: datetime) -> str:
    """ "08 giờ 05 phút, ngày 05 tháng 02 năm 2026", of what is in local time already."""
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {long_date(local.date())}"


def grouped(number: int) -> str:
    """Thousands set apart by points, as Vietnamese writes them: 1.234.567."""
    return f"{number:,}".replace(",", ".")
