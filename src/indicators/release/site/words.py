"""How the page writes amounts, intervals, periods and places.

Know before editing: unknown is written `unknown`, never 0 and never nothing.
"""

from collections.abc import Mapping
from datetime import date, timedelta

UNKNOWN = "unknown"
FLOP = "FLOP"
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def amount(value: float | None, unit: str) -> str:
    """A figure without its unit, which stands beside it: a share in percent, FLOP as a power of ten, else with two decimals at most."""
    if value is None:
        return UNKNOWN
    if unit == FLOP:
        return _power(value)
    shown = _rounded(100 * value, f"{100 * value:,.1f}") + "%" if is_share(unit) else _rounded(value, _trimmed(f"{value:,.2f}"))
    return shown.replace("-", "−")


def is_share(unit: str) -> bool:
    """True where amounts are parts of one, which are shown in percent."""
    return unit.startswith("share")


def in_words(unit: str) -> str:
    """A unit as it stands beside its amounts."""
    return unit.replace("share", "percent", 1) if is_share(unit) else unit


def between(lower: float | None, upper: float | None, unit: str) -> str:
    """An interval in words; unknown where neither bound is known."""
    if lower is None and upper is None:
        return UNKNOWN
    return f"{amount(lower, unit)} to {amount(upper, unit)}"


def percent(share: float | None) -> str:
    """A share of coverage, in whole percent; what is not the whole is never rounded to it."""
    if share is None:
        return UNKNOWN
    return f"{min(100 * share, 99):.0f}%" if share < 1 else "100%"


def period(start: date, end: date) -> str:
    """A span of days as people name it: a day, a month, a year, or its ends."""
    if start == end:
        return day(end)
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return str(end.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and is_month_end(end) and start.year == end.year:
        return f"{end:%b %Y}" if start.month == end.month else f"{start:%b}–{end:%b %Y}"
    return f"{day(start)} to {day(end)}"


def day(found: date | None) -> str:
    """A day in words."""
    return f"{found.day} {found:%b %Y}" if found else UNKNOWN


def is_month_end(found: date) -> bool:
    """True on the last day of a month."""
    return (found + timedelta(days=1)).day == 1


def is_year(start: date, end: date) -> bool:
    """True where a period is one calendar year."""
    return start == date(end.year, 1, 1) and end == date(end.year, 12, 31)


def place(code: str, names: Mapping[str, str]) -> str:
    """A country or group by name with its code; the code alone where nothing names it."""
    return f"{names[code]} ({code})" if code in names else code


def size(count: int) -> str:
    """Bytes as people read them."""
    for unit, many in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= many:
            return f"{count / many:,.1f} {unit}"
    return f"{count} bytes"


def opened(sentence: str) -> str:
    """A sentence with a capital letter; nothing else of it changes."""
    return sentence[:1].upper() + sentence[1:]


def _rounded(value: float, shown: str) -> str:
    """As shown, unless what is not zero would be shown as zero."""
    return shown if value == 0 or float(shown.replace(",", "")) else f"{value:.2g}"


def _trimmed(shown: str) -> str:
    return shown.rstrip("0").rstrip(".")


def _power(value: float) -> str:
    digits, _, exponent = f"{value:.2e}".partition("e")
    return f"{_trimmed(digits)} × 10{str(int(exponent)).translate(RAISED)}"
