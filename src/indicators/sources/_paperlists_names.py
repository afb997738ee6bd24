"""What one cell of an affiliation names: an institution as printed, repaired where a PDF broke it, or nothing; and its host name.

Know before editing:
- Cells hold whatever stood near a name in a PDF. A cell is dropped whole where it holds an address, an author of the paper (the
  `author` field is read for this comparison alone), a remark on the work or a post, a placeholder, or a piece of a torn name.
- Repairs: ligatures and wide letters (NFKC), accents that a PDF prints before their letter ("Universit ´e"), footnote signs
  ("2Google", "Amazon†"; where one stands between two names, a comma does). NUMERIC_NAMES are names that begin with a number.
- An entity may be escaped twice ("&amp;#x27;") and ends in a semicolon, so it is resolved before a list is split. What looks like one and
  is none stays: "Texas A&M;".
"""

import html
import re
import unicodedata
from functools import lru_cache

ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|amp|quot|apos|lt|gt|nbsp);", re.IGNORECASE)
MARKS = "[†‡§¶∗*⇤♣♡♢ψ]"
NUMERIC_NAMES = r"(?!\d{1,2}(?:Paradigm|QB|DUniversum|Dwe))"
CAPITAL = "[A-ZÀ-Ý]"
JOINT = re.compile(rf"(?:(?<=[A-Za-z]{{2}})(?<!Style)(?<!AI)(?<!ML)|(?<=\)))(?:{MARKS}+|\d)(?={CAPITAL}[A-Za-z]{{2}})")
STRAY = re.compile(
    rf"{MARKS}+(?!\w)|(?:^|(?<=[\s,])){MARKS}+|(?:^|(?<=[,.])|(?<=, )){NUMERIC_NAMES}\d{{1,2}}(?={CAPITAL}[A-Za-z])"
    rf"|(?:^|(?<=, ))(?!01\.)\d{{1,2}}\. ?(?={CAPITAL})|(?<=[a-z]{{3}})(?<!Layer)\d(?=,|$)"
)
CEDILLA = re.compile(r"([csCS]) *\u0327")
ACCENT = re.compile(r"( *)([\u0300-\u036f]) *([^\W\d_])")
NOT_PRINTED = re.compile(r"[\u200b\u200e\ufeff\x00-\x08\x0e-\x1f]")
REMARK = re.compile(
    r"\b(?:works? (?:was |were )?(?:done|conducted)|interned|internship|interning|(?:summer|former|labs) intern|currently|formerly"
    r"|now (?:at|with)|contributed|contribution|corresponding author|this work|double-blind|under review|published version"
    r"|at the time of|(?:assistant|associate|full|chair) professor|professor (?:at|of)|ph\.?d\.? (?:student|candidate)|phd/postdoc"
    r"|student at)\b",
    re.IGNORECASE,
)
NO_INSTITUTION = re.compile(
    r"\(?(?:not (?:provided|specified).*|none|n/?a|unknown(?: (?:institution|university|affiliation))?|no affiliation.*|personal|university"
    r"|university affiliation(?: not specified)?|institution (?:not specified|name not provided)|private contact|self-employed"
    r"|(?:second )?affiliation(?: (?:one|two|of|not) ?.*)?|(?:an )?independent(?: researcher| consultant)?)\)?\.?",
    re.IGNORECASE,
)
TORN = re.compile(r"[^(]*\)[^)]*\(.*")
GROUP = re.compile(r"universit|institut|college|cent(?:er|re)\b|laborator")
"""An author that is none."""
LETTER = re.compile(r"[^\W\d_]")
HOST = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}")


def cells(text: str) -> list[str]:
    """The cells of a list written with semicolons, as printed."""
    while ENTITY.search(text):
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return [unicodedata.normalize("NFKC", cell).strip() for cell in text.split(";")]


def author_names(text: str) -> list[str]:
    """An author field as names of persons to compare with: in small letters, of two words at least."""
    names = (" ".join(unicodedata.normalize("NFKC", name).split()).casefold() for name in re.split("[;,]", text))
    return [name for name in names if " " in name and not GROUP.search(name)]


def institution(cell: str, authors: list[str]) -> str | None:
    """The institution that a cell names; null where it names none, or a person."""
    name = _repaired(cell)
    return None if name is None or any(author in name.casefold() for author in authors) else name


def host(cell: str) -> str | None:
    """A well-formed host name in lower case; null for anything else."""
    name = cell.strip().lower().removeprefix("@")
    return name if HOST.fullmatch(name) else None


def unsigned(domain: str | None, authors: list[str]) -> str | None:
    """A domain, of which only the last label stays where it spells an author's whole name."""
    letters = re.sub(r"[^a-z]", "", domain or "")
    spelled = (name.replace(" ", "") for author in authors for name in (author, " ".join(reversed(author.split()))))
    return domain.rsplit(".", 1)[-1] if domain and any(name in letters for name in spelled) else domain


@lru_cache(maxsize=10_000)
def _repaired(cell: str) -> str | None:
    """A cell without what a PDF added; null where no institution is left."""
    text = NOT_PRINTED.sub("", unicodedata.normalize("NFKC", cell)).replace("ˆ", "\u0302")
    text = re.sub(r" ?` ?(?=[aeiou])", "\u0300", text)
    text = ACCENT.sub(_accented, CEDILLA.sub(lambda found: unicodedata.normalize("NFC", found[1] + "\u0327"), text))
    text = STRAY.sub("", JOINT.sub(", ", text))
    name = " ".join(unicodedata.normalize("NFC", text).split()).strip(" ,")
    is_other = "@" in name or "//" in name or REMARK.search(name) or NO_INSTITUTION.fullmatch(name) or TORN.fullmatch(name)
    return None if is_other or not LETTER.search(name) else name


def _accented(found: re.Match[str]) -> str:
    """An accent and the letter after it as one letter; a capital begins a word of its own."""
    letter = unicodedata.normalize("NFC", found[3] + found[2])
    return f" {letter}" if found[1] and found[3].isupper() else letter
