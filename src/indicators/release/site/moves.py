"""How the newest headline figures differ from those of the release before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indicators.model import Indicator
from indicators.release.edition import Edition
from indicators.release.site import series, words
from indicators.release.site.headlines import SECTIONS, Headline, Line
from indicators.release.site.reading import frame, place_names
from indicators.release.site.series import Point


@dataclass(frozen=True)
class Move:
    """The newest figure of one line, before and after; None where there was none."""

    headline: Headline
    meaning: Indicator
    before: Point | None
    after: Point

    @property
    def is_move(self) -> bool:
        """True where the figure is another, or of another period."""
        return self.before is None or (self.before.value, self.before.end) != (self.after.value, self.after.end)

    def told(self, point: Point | None) -> str:
        """A figure with its interval and period."""
        if point is None:
            return words.UNKNOWN
        unit = self.meaning.unit
        return f"{words.amount(point.value, unit)} ({words.between(point.lower, point.upper, unit)}), {point.period}"


def moves(edition: Edition) -> list[Move]:
    """Every headline figure that is another than in the release before; none in a first release."""
    stated = {indicator.id: indicator for indicator in edition.indicators}
    names = place_names(edition)
    then, now = ({}, {}) if edition.last is None else (_newest(edition.last.tables, names), _newest(edition.files, names))
    found = [
        Move(headline, stated[headline.indicator_id], then.get((headline, line)), point)
        for (headline, line), point in now.items()
        if headline.indicator_id in stated
    ]
    return [move for move in found if move.is_move]


def _newest(folder: Path, names: Mapping[str, str]) -> dict[tuple[Headline, Line], Point]:
    """The newest figure of every line that a folder of tables has one for."""
    values = frame(folder, "indicator_values")
    if values is None:
        return {}
    rows = series.rows_by_line(values)
    return {
        (headline, line): series.last(found)
        for headlines in SECTIONS.values()
        for headline in headlines
        for line, found in series.points(headline, rows, names, {}).items()
    }
