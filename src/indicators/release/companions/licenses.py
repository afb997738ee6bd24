"""`LICENSES.md`: the terms of the data, of the tables that have their own, and of every source behind them, for people.

Know before editing: CC BY and CC BY-SA ask for title, author, source, licence with its address, and a note of changes; the World Bank
for its own form of credit, passed on; the MIT licence for its notice, with the copyright line of whoever gave it.
"""

import re
from typing import Any

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
TERMS = ADDRESSES | {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://opensource.org/license/mit",
    "ODC-PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
    "US-public-domain": "https://www.usa.gov/government-copyright",
}
"""Where the licences that sources state are written down."""
CLASSES = {
    "open": "Rows of these sources are published, with credit",
    "share_alike": "Rows of these sources are published in tables under the same licence",
    "aggregates_only": "Of these sources, only counts and shares that we made are published, and no row",
}
NOTICES = {
    "indiaml_tracker": "Copyright (c) 2025 Sohan Basak",
    "ms_ai_diffusion": "Copyright (c) 2026 Microsoft",
    "university_domains": "Copyright (c) 2015 Hipo",
}
"""The copyright line of each source under the MIT licence, as its file LICENSE has it."""
MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
OWN = """\
# Licences

This release is published under {license}: use it for any purpose, and credit it (`CITATION.cff`).
{apart}It was made from the sources below. If you publish what comes from one of them, pass its credit on too, and ask the same of those
you pass it to (the World Bank makes this a condition). No source endorses this dataset, and all give their data without warranty.

**Changes.** No file of a source is published as it was. Columns were chosen, renamed and brought to one unit; countries became ISO 3166-1
codes; names were linked between sources; some values were corrected, each with its reason in the project's `data/reference`; sums, shares
and indicators are ours, and so are their errors. `sources.json` has the address, day and sha256 of the very bytes that were read.
"""


def text(edition: Edition) -> str:
    """The release's own terms, those of each source by what they allow, and the notices that go with them."""
    once = {row["source_id"]: row for row in edition.sources}
    rows = [row for _, row in sorted(once.items())]
    sections = [_section(told, [row for row in rows if row["redistribution_code"] == code]) for code, told in CLASSES.items()]
    apart = [_apart(table, edition) for table in edition.tables if is_apart(table)]
    return OWN.format(license=in_words(PROJECT_LICENSE), apart="".join(apart)) + "".join(sections) + _notice(rows)


def _apart(table: Table, edition: Edition) -> str:
    """The terms of a table that has its own, which go with all that is made from it."""
    read = [f"`{indicator.id}`" for indicator in edition.indicators if re.search(rf"\b{table.name}\b", indicator.sql)]
    told = f"The table `{table.name}`, and what `audit.json` and `changes.parquet` quote of it"
    derived = f", and the figures of {', '.join(read)} wherever they stand (`indicator_values`, `claims`, `claim_evidence`)" if read else ""
    return f"{told}{derived}, are published under {in_words(table.license)}.\n"


def _section(title: str, rows: list[dict[str, Any]]) -> str:
    """The sources of one class, with all that their licences ask for; nothing where there are none."""
    return f"\n## {title}\n\n" + "".join(map(_line, rows)) if rows else ""


def _line(row: dict[str, Any]) -> str:
    terms = f"[{row['license_name']}]({TERMS[row['license_name']]})" if row["license_name"] in TERMS else row["license_name"]
    address = f" <{row['homepage_url']}>" if row["homepage_url"] else ""
    return f"- **{row['source_title']}**, {row['publisher_name']}.{address} Licence: {terms}. Credit: {row['attribution']}.\n"


def _notice(rows: list[dict[str, Any]]) -> str:
    """The MIT licence's notice, once, with the copyright line of each source under it; nothing where there is none."""
    lines = [f"- {row['source_title']}: {NOTICES[row['source_id']]}\n" for row in rows if row["license_name"] == "MIT"]
    return f"\n## Notice of the MIT licence\n\n{''.join(lines)}\n{MIT}" if lines else ""


def is_apart(table: Table) -> bool:
    """True where a table goes out under terms of its own."""
    return table.license != PROJECT_LICENSE


def stated(name: License) -> dict[str, str]:
    """A licence as a Data Package names it."""
    return {"name": name, "title": TITLES[name], "path": ADDRESSES[name]}


def in_words(name: License) -> str:
    """A licence with its address, as people write it."""
    return f"{TITLES[name]} <{ADDRESSES[name]}>"
