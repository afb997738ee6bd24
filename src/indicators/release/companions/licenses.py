"""`LICENSES.md`: the terms of the data, of the tables that have their own, and of every source behind them, for people."""

from indicators.model import PROJECT_LICENSE, License, Table
from indicators.release.edition import Edition

TITLES: dict[License, str] = {
    "CC-BY-4.0": "Creative Commons Attribution 4.0",
    "CC-BY-SA-4.0": "Creative Commons Attribution-ShareAlike 4.0",
}
ADDRESSES: dict[License, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def text(edition: Edition) -> str:
    """The release's own terms, then those it rests on."""
    apart = [f"The table `{table.name}` is published under {_in_words(table.license)}.\n" for table in edition.tables if is_apart(table)]
    lines = [_line(entry) for entry in edition.credits]
    head = f"# Licences\n\nThis release is published under {_in_words(PROJECT_LICENSE)}.\n{''.join(apart)}It is built from these"
    return f"{head} sources, whose own terms and credits go with it:\n\n" + "\n".join(lines) + "\n"


def is_apart(table: Table) -> bool:
    """True where a table goes out under terms of its own."""
    return table.license != PROJECT_LICENSE


def stated(name: License) -> dict[str, str]:
    """A licence as a Data Package names it."""
    return {"name": name, "title": TITLES[name], "path": ADDRESSES[name]}


def _line(entry: dict[str, str]) -> str:
    return f"- **{entry['title']}** ({entry['license']}): {entry['attribution']}. {entry.get('path', '')}".rstrip()


def _in_words(name: License) -> str:
    return f"{TITLES[name]} <{ADDRESSES[name]}>"
