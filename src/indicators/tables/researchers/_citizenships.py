"""Whose citizenship and which field a row of the doctorate tables is about. Only for the modules of this folder.

Know before editing: each table has its own hierarchy, so each has its own reading here, and a label that none knows stops the build.
Names of countries are not read here; what is not a region, an `Other` or unknown is a country.
"""

from dataclasses import dataclass

from indicators.model import ContractBroken

EVERYBODY = "All citizenships"
UNKNOWN = "Unknown"
KINDS = ("all", "region", "country", "other", "unknown")
REGIONS = ("Africa", "Americas", "Asia", "Australia-Oceania", "Europe", "Middle East")
UNKNOWN_LABELS = ("Region and country or economy unknown", "Country or economy unknown", "Unknown foreign country")
COMPUTING = "Computer and information sciences"
FIELDS = {
    "All SEH fields": "science_engineering_and_health",
    "Science and engineering": "science_and_engineering",
    "Non-science and engineering": "non_science_and_engineering",
    "Agricultural sciences and natural resources": "agricultural_sciences",
    "Biological and biomedical sciences": "biological_sciences",
    COMPUTING: "computer_and_information_sciences",
    "Engineering": "engineering",
    "Geosciences, atmospheric sciences, and ocean sciences": "geosciences",
    "Health sciences": "health_sciences",
    "Mathematics and statistics": "mathematics_and_statistics",
    "Physical sciences": "physical_sciences",
    "Psychology": "psychology",
    "Social sciences": "social_sciences",
}
FIELD_CODES = ("all", *FIELDS.values())


@dataclass(frozen=True)
class Place:
    """What a path of labels stands for."""

    citizenship_name: str
    citizenship_kind_code: str
    field_code: str
    has_footnote: bool


def place(table_code: str, path: list[str], marks: list[str | None]) -> Place | None:
    """The citizenship and field of a row, None where it is about others than holders of temporary visas; raises ContractBroken."""
    if table_code == "2-8":
        return _of_region(path, marks)
    if table_code == "7-7":
        return Place(path[0], "country", _field(path[1]) if len(path) > 1 else "all", marks[0] is not None)
    if table_code == "SLBR-28":
        is_field = path[0] in FIELDS
        name, kind = (EVERYBODY, "all") if is_field else _origin(path[1])
        return Place(name, kind, _field(path[-1] if is_field else "All SEH fields"), not is_field and marks[1] is not None)
    if table_code == "1-7":
        return _of_status(path)
    raise ContractBroken(f"doctorates: nobody knows table {table_code!r}; add its reading to _citizenships.place")


def _of_region(path: list[str], marks: list[str | None]) -> Place:
    """Table 2-8: everybody, then regions, then countries and an `Other` of each region."""
    if not path[1:]:
        return Place(EVERYBODY, "all", "all", has_footnote=False)
    region, countries = path[1], path[2:]
    if region in UNKNOWN_LABELS and not countries:
        return Place(UNKNOWN, "unknown", "all", has_footnote=False)
    if region not in REGIONS:
        raise ContractBroken(f"doctorates: unknown region {region!r} in table 2-8; add it to _citizenships.REGIONS")
    if not countries:
        return Place(region, "region", "all", has_footnote=False)
    if countries == ["Other"]:
        return Place(f"{region}: other", "other", "all", has_footnote=False)
    return Place(countries[0], "country", "all", marks[2] is not None)


def _origin(label: str) -> tuple[str, str]:
    """Table SLBR-28: a country or economy, or what is left."""
    if label in UNKNOWN_LABELS:
        return UNKNOWN, "unknown"
    return (label, "other") if label == "Other" else (label, "country")


def _of_status(path: list[str]) -> Place | None:
    """Table 1-7: of the holders of temporary visas, all fields and computer sciences."""
    if path[1:] == ["Temporary visa holder"]:
        return Place(EVERYBODY, "all", "all", has_footnote=False)
    if path[1:2] == ["Temporary visa holder"] and path[-1] == COMPUTING:
        return Place(EVERYBODY, "all", FIELDS[COMPUTING], has_footnote=False)
    return None


def _field(label: str) -> str:
    if label not in FIELDS:
        raise ContractBroken(f"doctorates: unknown field {label!r}; add it to _citizenships.FIELDS")
    return FIELDS[label]
