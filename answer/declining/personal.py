"""Does a question hold details of a person? Seen by their form alone, on this machine; nothing is looked up or stored.

It sees what is written as such details usually are: numbers in their forms, a date that is said to be somebody's
birthday, a name after a title, beside a word for a person in a case or before such a number. A name alone, or in
small letters, is not seen.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

_LETTER = r"[^\W\d_]"
_NAME = rf"(?:{_LETTER}[\w'\u2019.-]*)"
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{1,2}-\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?\s+(?:19|20)\d{2}"
    r"|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:19|20)\d{2})"
)
_SIX_TO_NINE = r"(?=(?:[A-Z]?\d|\d)\w*)[A-Z]{0,2}\d{6,9}\b"
_ANY_CASE = re.IGNORECASE
_LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an A-number", re.compile(r"\bA(?:[\s#-]|\s*#\s*)?\d{2,3}[\s-]?\d{3}[\s-]?\d{3}\b|\ba\d{8,9}\b")),
    (
        "an A-number",
        re.compile(
            r"\b(?:A|alien|alien registration|USCIS)[\s-]*(?:no\b\.?|number|#)\s*(?:is|:)?\s*A?-?\d(?:[\s-]?\d){7,8}\b",
            _ANY_CASE,
        ),
    ),
    (
        "a receipt number",
        re.compile(
            r"\b(?:EAC|WAC|LIN|SRC|MSC|IOE|NBC|YSC|VSC|TSC|CSC|NSC)[\s*-]?\d{2}[\s-]?\d{3}"
            r"[\s-]?\d{5}\b",
            _ANY_CASE,
        ),
    ),
    (
        "a Social Security number",
        re.compile(
            r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\b(?:ssn|social security"
            r"(?: number| no\.?)?)\s*(?:is|:|#)?\s*\d{3}[\s-]?\d{2}[\s-]?\d{4}\b",
            _ANY_CASE,
        ),
    ),
    ("an e-mail address", re.compile(r"\b[\w.+-]+@(?![\w.-]*\.(?:gov|mil)\b)[\w-]+(?:\.[\w-]+)+", _ANY_CASE)),
    (
        "a telephone number",
        re.compile(
            r"(?<![\w.-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[.-])\d{3}[\s.-]\d{4}(?![\w-])"
            r"|(?<![\w.-])\+\d{1,3}(?:[\s.-]?\d{2,4}){3,5}(?![\w-])"
        ),
    ),
    ("a passport number", re.compile(rf"\bpassport\s*(?:no\b\.?|number|#)?\s*(?:is|:)?\s*{_SIX_TO_NINE}", _ANY_CASE)),
    (
        "a date of birth",
        re.compile(
            rf"\b(?:born|date of birth|d\.?o\.?b\b\.?|birth\s?date|birthday)(?!\s+(?:on or )?(?:before|after|between))"
            rf"[^.?!\d]{{0,30}}?{_DATE}|{_DATE}\s*\(?(?:dob|date of birth)\b",
            _ANY_CASE,
        ),
    ),
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Mx|Dr|Se[nñ]ora?|Sra?|Miss)\b\.?\s+({_NAME})")
_IN_A_CASE = re.compile(
    r"\b(?i:(?P<mine>(?:my|our|his|her)\s+)?(?:clients?|applicant|petitioner|beneficiary|victim|survivor|derivative|"
    r"principal|spouse|wife|husband|son|daughter|mother|father|sister|brother|respondent|alien|noncitizen|witness))"
    rf"(?:\s*[,:]\s*|\s+)(?i:(?:named|called|is|name is)\s+)?({_NAME})(?:\s+({_NAME}))?"
)
_NAMED = re.compile(rf"(?i:\bnamed|\bcalled|\bname\s+is|\b(?:sur)?name\s*:)\s+({_NAME})\s+({_NAME})")
_BESIDE = re.compile(
    rf"({_NAME})\s+({_NAME})\s*[,;:(\u2013\u2014-]?\s*(?i:(?:receipt|a|alien|case|file)[\s-]*(?:number|no\b\.?|#)\s*)?$"
)
"""A name right before the number of a file."""
_FILES = {"an A-number", "a receipt number"}
_FEW, _CAPITALISED = 4, 0.7
"""A question of more words than these, of which this share has a capital, is a heading: its capitals tell nothing.
Set by hand; not measured."""


def personal_details(question: str) -> tuple[str, ...]:
    """Sorts of personal details that a question seems to hold, each named once with its article; empty for none.

    Args:
        question: As typed.

    Returns:
        Such as ``("an A-number", "a person's name")``, in the order in which they are looked for.
    """
    found = [name for name, looks in _LOOKS if looks.search(question)]
    if _names_a_person(question) or _names_beside_a_number(question):
        found.append("a person\u2019s name")
    return tuple(dict.fromkeys(found))


def is_heading(question: str) -> bool:
    """Whether a question is written like a heading, or in capitals: its capitals tell nothing."""
    words = re.findall(_NAME, question)
    return len(words) > _FEW and sum(word[0].isupper() for word in words) / len(words) >= _CAPITALISED


def _names_a_person(question: str) -> bool:
    if any(_is_name(match[1]) for match in _TITLED.finditer(question)):
        return True
    if is_heading(question):
        return False
    if any(_is_name(match[1]) and _is_name(match[2]) for match in _NAMED.finditer(question)):
        return True
    for match in _IN_A_CASE.finditer(question):
        first, second = match[2], match[3] or ""
        if _is_name(first) and (_is_name(second) or match["mine"]):
            return True
    return False


def _names_beside_a_number(question: str) -> bool:
    numbers = [match.start() for name, looks in _LOOKS if name in _FILES for match in looks.finditer(question)]
    beside = [_BESIDE.search(question[:start]) for start in numbers]
    return any(name and _is_name(name[1]) and _is_name(name[2]) for name in beside)


def _is_name(word: str) -> bool:
    """Whether a word may be part of a name: a capital, then small letters, and no word of the field."""
    bare = word.rstrip(".'\u2019-").removesuffix("\u2019s").removesuffix("'s")
    return bare[:1].isupper() and (not bare.isupper() or len(bare) == 1) and bare.lower() not in _not_names()


@cache
def _not_names() -> frozenset[str]:
    file = Path(__file__).with_suffix(".toml")
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))["not_names"].split())
