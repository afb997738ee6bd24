"""A figure in words: with its interval and unit, as people write it."""

TRILLION = 1e12
DIGITS = 4
PLAIN = ("", "ratio", "rank", "correlation")
"""Units that a number stands for by itself."""


def figure(value: float | None, lower: float | None, upper: float | None, unit: str | None) -> str:
    """The figure, its interval where both bounds are known and apart, and its unit; unknown where there is none."""
    if value is None:
        return "unknown"
    scale, sign = _scale(unit or "")
    between = ""
    if lower is not None and upper is not None and lower < upper:
        between = f" ({_number(lower * scale)} to {_number(upper * scale)})"
    return f"{_number(value * scale)}{sign}{between}"


def _scale(unit: str) -> tuple[float, str]:
    """What a figure is multiplied by, and what stands behind it."""
    if unit == "share":
        return 100, "%"
    if unit == "difference of shares":
        return 100, " percentage points"
    if unit == "US dollars":
        return 1 / TRILLION, " trillion US dollars"
    return 1, "" if unit in PLAIN else f" {unit}"


def _number(shown: float) -> str:
    """Up to four digits that count, without zeros that do not, and never in powers of ten."""
    whole = f"{shown:.{DIGITS}g}"
    return f"{shown:,.0f}" if "e+" in whole else whole
