"""The words of the project: Source, Table, Indicator, Claim, Folders, and the errors.

What belongs here: facts every other layer names. What does not: fetching, building, judging, publishing.
Know before editing: this layer imports nothing from the project, and every other layer may import it.
"""

from indicators.model.claim import EVALUATIONS, Claim
from indicators.model.difference import difference
from indicators.model.errors import (
    AuditFailed,
    BadPayload,
    Busy,
    ContractBroken,
    FetchFailed,
    IndicatorsError,
    NotFresh,
    ReleaseRefused,
)
from indicators.model.figures import figure
from indicators.model.folders import Folders, sql_text
from indicators.model.indicator import Indicator
from indicators.model.project import PROJECT_NAME, PROJECT_TITLE, SCHEMA_VERSION
from indicators.model.source import File, Parser, Redistribution, Source
from indicators.model.table import PROJECT_LICENSE, Column, License, Rule, Table


def is_new_major(earlier: str) -> bool:
    """True where the schema's major version is newer than an earlier one: a break is announced."""
    return int(SCHEMA_VERSION.split(".", maxsplit=1)[0]) > int(earlier.split(".", maxsplit=1)[0])


__all__ = [
    "EVALUATIONS",
    "PROJECT_LICENSE",
    "PROJECT_NAME",
    "PROJECT_TITLE",
    "SCHEMA_VERSION",
    "AuditFailed",
    "BadPayload",
    "Busy",
    "Claim",
    "Column",
    "ContractBroken",
    "FetchFailed",
    "File",
    "Folders",
    "Indicator",
    "IndicatorsError",
    "License",
    "NotFresh",
    "Parser",
    "Redistribution",
    "ReleaseRefused",
    "Rule",
    "Source",
    "Table",
    "difference",
    "figure",
    "is_new_major",
    "sql_text",
]
