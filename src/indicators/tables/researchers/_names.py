"""Names of institutions and places as words: what makes two spellings one, and where a printed affiliation may be cut.

Only for the modules of this folder. Equality of words is all there is: no distance, no prefix of a word, no abbreviation is guessed.
"""

import re
import unicodedata

ACCENT = re.compile(r"\s*[\u0300-\u036f]")
"""With the space that a PDF puts before an accent ("Universit ̈at")."""
FOOTNOTE = re.compile(r"^[\d\W_]+(?=[A-Za-z])|(?<=[a-z])\d+$")
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "&": " and "} | dict.fromkeys("’‘'`´", ""))
CUTS = re.compile(r"[,;/|+()\[\]\n•·]|\.\s|\s[-–—]+\s|[–—]")
WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a name: lower case, without accents, punctuation and a leading article."""
    letters = ACCENT.sub("", unicodedata.normalize("NFKD", text.translate(LETTERS)))
    return " ".join(WORD.findall(letters.casefold())).removeprefix("the ")


def without_digits(words: str) -> str:
    """Words without those that hold a digit: a postal code is no part of a city's name."""
    return " ".join(word for word in words.split() if not any(sign.isdigit() for sign in word))


def parts(text: str) -> list[str]:
    """The words of each part of a printed affiliation, cut at commas, brackets, slashes, full stops and dashes between spaces."""
    return [words for part in CUTS.split(text) if (words := plain(part))]


def unfooted(text: str) -> str:
    """A printed name without the footnote sign that a PDF left before or behind it ("2Google", "POSTECH1")."""
    return FOOTNOTE.sub("", text)
