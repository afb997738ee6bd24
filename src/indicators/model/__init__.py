"""The words of the project: Source, Table, Indicator, Claim, Folders, and the errors.

What belongs here: facts every other layer names. What does not: fetching, building, judging, publishing.
Know before editing: this layer imports nothing from the project, and every other layer may import it.
"""

from indicators.model.claim import EVALUATIONS, Claim
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
from indicators.model.source import File, Parser, Redistribution, Source
from indicators.model.table import PROJECT_LICENSE, Column, License, Rule, Table

SCHEMA_VERSION = "2.2.0"
"""SemVer of the released schema: removing, renaming, retyping or redefining a column is MAJOR, adding one MINOR."""


def is_new_major(earlier: str) -> bool:
    """True where the schema's major version is newer than an earlier one: a break is announced."""
    return int(SCHEMA_VERSION.split(".", maxsplit=1)[0]) > int(earlier.split(".", maxsplit=1)[0])


PROJECT_NAME = "ai-competition-indicators"
PROJECT_TITLE = "AI-competition indicators"

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
    "figure",
    "is_new_major",
    "sql_text",
]
