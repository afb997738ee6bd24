"""Indicators that moved between two releases: the newest figure of every series, and figures of the past that were restated.

A series is an indicator of one subject and one dimension. How large a move is: beside what is larger of half the figure's interval (no
more is known of it) and how much the indicator varies over the subjects and periods of that dimension (its standard deviation). So a
figure with a narrow interval is not news for being known well, and points of an index, shares and counts can stand in one list. A figure
that is known at last, or no longer, has no size and comes first.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

VALUES = "indicator_values"
SERIES = ("indicator_id", "subject_code", "dimension")
PERIOD = ("period_start", "period_end")
READ = (*SERIES, *PERIOD, "value", "lower", "upper", "n")
SIZE = "size"


@dataclass(frozen=True)
class Movements:
    """What the indicators of a release say otherwise than those of the one before; frames have `_before` columns beside the new ones."""

    before: pl.DataFrame
    after: pl.DataFrame

    @classmethod
    def read(cls, before: Path, after: Path) -> "Movements | None":
        """Of two folders of Parquet, None where either has no indicators, or has them in other columns."""
        files = [folder / f"{VALUES}.parquet" for folder in (before, after)]
        if not all(file.exists() and set(READ) <= set(pl.read_parquet_schema(file)) for file in files):
            return None
        return cls(*(pl.read_parquet(file, columns=list(READ)) for file in files))

    @cached_property
    def newest(self) -> pl.DataFrame:
        """Series whose newest figure is another one, largest move first."""
        return self._moved(_newest(self.after).join(_newest(self.before), on=SERIES, nulls_equal=True, suffix="_before"))

    @cached_property
    def restated(self) -> pl.DataFrame:
        """Figures of the same past period that are other ones now, largest move first."""
        both = self.after.join(self.before, on=(*SERIES, *PERIOD), nulls_equal=True, suffix="_before")
        return self._moved(both.join(_newest(self.after), on=(*SERIES, *PERIOD), how="anti", nulls_equal=True))

    @cached_property
    def begun(self) -> dict[str, int]:
        """How many series of an indicator are new."""
        return _only(self.after, self.before)

    @cached_property
    def ended(self) -> dict[str, int]:
        """How many series of an indicator are gone."""
        return _only(self.before, self.after)

    def _moved(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs that differ, with the size of the move."""
        value, before = pl.col("value"), pl.col("value_before")
        group = ("indicator_id", "dimension")
        spread = self.after.group_by(group).agg(spread=pl.coalesce(value.std().replace(0.0, None), value.abs().max()))
        half = pl.max_horizontal((pl.col(f"upper{side}") - pl.col(f"lower{side}")) / 2 for side in ("", "_before"))
        both = pairs.filter(value.ne_missing(before)).join(spread, on=group, how="left", nulls_equal=True)
        sized = both.with_columns(((value - before).abs() / pl.max_horizontal(half, "spread")).alias(SIZE))
        return sized.sort(SIZE, *SERIES, *PERIOD, descending=[True, *(False for _ in (*SERIES, *PERIOD))])


def _newest(values: pl.DataFrame) -> pl.DataFrame:
    """The figure of the last period of every series."""
    return values.sort(*SERIES, "period_end", "period_start").group_by(SERIES, maintain_order=True).last()


def _only(one: pl.DataFrame, other: pl.DataFrame) -> dict[str, int]:
    """How many series of an indicator are in one of two and not in the other."""
    alone = _newest(one).join(other, on=SERIES, how="anti", nulls_equal=True)
    return dict(alone.group_by("indicator_id").len().sort("indicator_id").iter_rows())
