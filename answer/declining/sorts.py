"""Sorts: what a question asks for by sort, such as an e-mail address, and whether a sentence has one of that sort."""

import re
import tomllib
from collections.abc import Callable, Sequence, Set
from functools import cache
from pathlib import Path

from answer.declining.asked import asking_part
from answer.declining.holders import names_holder
from answer.records import Evidence, Question
from citations.parse import parse_citations
from index.query.analyzer import fold, terms

SORTS = Path(__file__).with_name("sorts.toml")
_DETAILS = 3
"""Best sentences one of which must have the contact detail that is asked for. Set by hand; not measured."""
_CONSIDERED = 5
"""Best sentences one of which must have anything else that is asked for. Set by hand; not measured."""
_BEHIND = 6
"""Words behind a number among which the thing stands that it counts. Set by hand; not measured."""
_YES_OR_NO = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)\b", re.IGNORECASE
)
_SOMEBODYS = r"(?<!his )(?<!her )(?<!safe )(?<!home )(?<!their )(?<!my )(?<!old )(?<!new )(?<!of )(?<!'s )(?<!\u2019s )"
_CONTACTS = (  # (asked for, how it looks in a text, its name)
    (
        r"\be-?mail\s+address\b|(?<!by )(?<!via )(?<!through )(?<!an )(?<!per )(?<!her )(?<!his )(?<!send )\be-?mail\b"
        r"(?!\s+(?:address|notice|notification|message|exchange|evidence|from|is|was|alert)|s\b)",
        r"\S+@\S+\.\w+",
        "an e-mail address",
    ),
    (
        r"\b(?:what|which)(?:['\u2019]s|\s+is|\s+are)?\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?" + _SOMEBODYS + r"address\b"
        r"(?!\s+(?:the|this|that|change))"
        r"|" + _SOMEBODYS + r"\b(?:mailing|street|postal|office|lockbox)\s+address\s+(?:where|of|for|to|in|at)\b"
        r"|\baddress\s+(?:where|to\s+(?:mail|send|file)|of\s+the)\b",
        r"\b[A-Z]{2}\.? \d{5}\b|\bP\.? ?O\.? Box\b|\b\d{1,5} (?:[NSEW]\.? )?[A-Z]\w+ (?:St|Street|Ave|Avenue|Road|Rd"
        r"|Drive|Dr|Blvd|Boulevard|Way|Lane|Court)\b",
        "a mailing address",
    ),
    (
        r"\b(?:tele)?phone\s+(?:number|no\b|of\b|for\b)|^\W*(?:(?:what|which|the|is|national|human)['\u2019s]*\s+|[\w-]+\s+){0,5}hot-?line\s+number\W*$|\bnumber\s+to\s+call\b|\bwhat\s+phone\b",
        r"\b\d{3}[-. )]+\d{3}[-. ]\d{4}\b|\b\d{3}[-.]\d{4}\b",
        "a telephone number",
    ),
    (r"\bfax\s+(?:number|no\b|line|of\b|for\b)|\bwhat\s+fax\b", r"\b[Ff]ax\b.*\d{3}[-. ]\d{4}", "a fax number"),
    (r"\bweb\s?site\s+address\b|\bweb\s+address\b|\burl\b", r"\bwww\.|https?://|\b\w+\.(?:gov|org|com)\b", "a web address"),
)
_MONEY = re.compile(
    r"\b(?:how\s+much\s+(?:money|cash|is|does|do|are|will)|(?:monthly|weekly|daily|annual|yearly)\s+(?:cash|payment|stipend"
    r"|allowance|salary|benefit)|what\s+amount\s+of\s+money|price|salary|minimum\s+wage|costs?|cash\s+(?:a|per)\s+\w+"
    r"|(?:fees?)(?!\s*(?:waiver|exempt|-|or\b)))",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[$\u20ac\u00a3]\s?\d|\b\d[\d,.]* (?:dollars|euros|pounds|percent)|\b[Nn]o (?:\w+ )?(?:fees?|costs?|charge)\b|\bfree\b"
    r"|\b(?:without|waive[sd]?|exempt\w*)\b[^.]{0,40}\b(?:fees?|cost|charge)|\bfees?[ -]exempt"
)
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety|hundred"
    "|thousand|million|dozen|half|both|no|none|single|once|twice"
)
_NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{_WORDS})\b", re.IGNORECASE)
_COUNT = re.compile(rf"\d[\d,.]*|\b(?:{_WORDS}|an?)\b", re.IGNORECASE)
"""A number before what it counts: "a year" is one."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_COUNTED = re.compile(
    r"\bhow\s+many\s+(?:more\s+|other\s+|such\s+)?(?P<many>[\w-]+(?:\s+[\w-]+){0,3})"
    r"|^\W*(?:what(?:['\u2019]s|\s+is|\s+are)\s+the\s+)?(?:(?:maximum|minimum|max|min|number\s+of)\s+){1,2}(?P<most>[\w-]+s)\b"
    r"|^\W*(?P<bare>[\w-]+s)\s+(?:an?|the|until|before|that|for|to|between)\b",
    re.IGNORECASE,
)
"""The words behind "how many", or "maximum pages", "years a first grant lasts"."""
_RATE = re.compile(r"\b(?:per|an?|each|every)\s+(?P<unit>hour|day|week|month|year)\b", re.IGNORECASE)
_LONG = re.compile(r"\bhow\s+(?:long|soon|fast|often)\b|\b(?:processing|waiting|wait)\s+times?\b", re.IGNORECASE)
_PERCENT = re.compile(r"\b(?:percent(?:age)?|per\s+cent)\b|%", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:must|can|could|may|might|will|would|should|shall|do|does|did|is|are|was|were|has|have|had|of|in|for|from|to|on"
    r"|at|after|before|a|an|the|per|within|with|by|under|get|gets|need|needs|per)\b.*$",
    re.IGNORECASE,
)


def lacking_sort(question: Question, evidence: Sequence[Evidence]) -> str:
    """A sentence on what a question asks for by sort and no best sentence has, "" if nothing."""
    asked = asking_part(fold(question.query.expanded.corrected or question.text))
    holder = names_holder(asked, [found.text for found in evidence])
    if holder:
        return holder
    texts = [fold(found.text) for found in evidence]
    if not _YES_OR_NO.match(asked):
        for wanted, look, name in _CONTACTS:
            if re.search(wanted, asked, re.IGNORECASE) and not any(re.search(look, text) for text in texts[:_DETAILS]):
                return f"The passages found do not give {name}."
        if _MONEY.search(asked) and not any(_SUM.search(text) for text in texts[:_CONSIDERED]):
            return "The passages found do not give an amount of money."
    gives, name = _counting(asked, question)
    if gives and not any(gives(text) for text in texts[:_CONSIDERED]):
        return f"The passages found do not give {name}."
    return ""


def _counting(asked: str, question: Question) -> tuple[Callable[[str], bool] | None, str]:
    """What a sentence must have that gives the number which is asked for, None if none is; and its name."""
    counted = _COUNTED.search(asked)
    things = _ENDS.sub("", next(filter(None, counted.groups()))).split() if counted else []
    found = {term for thing in things for term in terms(thing)}
    if found & _terms_of("time"):
        return _gives_time, "a length of time"
    if found & _terms_of("measured"):
        return lambda text: _counts(text, found & _terms_of("measured")), f"a number of {things[-1]}"
    rate = _RATE.search(asked) if counted and counted["many"] else None
    if rate:
        return lambda text: _gives_rate(text, rate["unit"].lower()), f"a number for each {rate['unit'].lower()}"
    if _LONG.search(asked):
        return _gives_time, "a length of time"
    if _PERCENT.search(asked) and question.kind == "number":
        return lambda text: bool(_PERCENT.search(text)), "a percentage"
    return (_gives_number, "a number") if question.kind == "number" else (None, "")


def _gives_number(text: str) -> bool:
    """Whether a sentence has a number, or "any"."""
    return bool(_NUMBER.search(text) or re.search(r"\bany\b", text, re.IGNORECASE))


def _gives_rate(text: str, unit: str) -> bool:
    """Whether a sentence has a number, and a unit of time as it stands in the question or as in "weekly"."""
    words = "|".join(["days?" if unit == "day" else f"{unit}s?", *(w.split()[0] for w in sorts()["rates"] if w.endswith(unit))])
    return _gives_number(text) and bool(re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def _gives_time(text: str) -> bool:
    """Whether a sentence has a number and a unit of time behind it, or a word such as "until"."""
    low = text.lower()
    return _counts(text, _terms_of("time")) or any(re.search(rf"\b{word}\b", low) for word in sorts()["lasting"])


def _counts(text: str, things: Set[str]) -> bool:
    """Whether a number stands shortly before one of some things, citations and years aside."""
    for cited in reversed(parse_citations(text)):
        text = text[: cited.start] + " " * (cited.end - cited.start) + text[cited.end :]
    plain = _YEAR.sub(" ", text)
    return any(
        not things.isdisjoint(terms(" ".join(plain[match.end() :].replace("-", " ").split()[:_BEHIND])))
        for match in _COUNT.finditer(plain)
    )


@cache
def _terms_of(name: str) -> frozenset[str]:
    """The words of a list as terms."""
    return frozenset(term for word in sorts()[name] for term in terms(word))


@cache
def sorts() -> dict[str, tuple[str, ...]]:
    """The lists of ``sorts.toml`` by name."""
    return {name: tuple(words) for name, words in tomllib.loads(SORTS.read_text(encoding="utf-8")).items()}
