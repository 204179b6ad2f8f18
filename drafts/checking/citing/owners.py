"""Of which text a section is that is cited without a code: of another law, or of the draft itself."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("owners.toml")
_BEFORE, _BEHIND = 120, 160
"""Characters before and behind a number in which is looked for the name of its text. Set by hand; not measured."""
_NAME = r"(?:[A-Z][\w.&'\u2019-]*,?\s(?:(?:of|and|for|to|in|the|on|against)\s){0,2}){1,8}?"
"""The words of a name before the one that says that it is a law."""
_YEAR = r"(?:,?\s(?:of\s)?(?:1[789]|20)\d\d)?"
_LIST = r"(?:(?:\s*(?:,|;|&|and|or|through|to|[-\u2013])\s*)+(?:\u00a7{1,2}\s?)?\d[\w.-]*(?:\s?\(\w{1,5}\))*)*"
"""Further numbers of a list: "sections 101 and 212 of"."""
_LED = re.compile(
    r"^(?:(?:See|Under|In|Per|By|And|With|From|Of|As|For|Cf\.|But|Both|Also|An?|the|The|of|and|for|to|in)\s)+"
)
"""Words that lead to the name of a law."""
_ACRONYM = r"[A-Z]{2,}[A-Z]+"


@dataclass(frozen=True, slots=True)
class Owner:
    """The text of which a section is.

    Attributes:
        name: Of another law, as the draft writes it; "" for the draft itself.
        start: Where the citation begins with that name.
        end: Where it ends with it.
    """

    name: str
    start: int
    end: int


def owner_of(text: str, start: int, end: int, number: str) -> Owner | None:
    """Find the text that what stands beside a section number names; None where it names none.

    Args:
        text: Of a part of a draft.
        start: Where the citation stands in it.
        end: See ``start``.
        number: Of the section. One with a point is of the CFR, or of a code: "236.1".
    """
    first = max(start - _BEFORE, 0)
    before, behind = text[first:start], text[end : end + _BEHIND]
    if _is_of_draft(before, behind, number):
        return Owner("", start, end)
    pointed = "." in number.rstrip(".")
    shouted = text[start:end][:1].isupper() and text[start:end].partition(" ")[0].isupper()
    match = _of(pointed=pointed).match(behind)
    if match and (name := _name(match["name"])):
        # The name stands behind the last number of a list.
        return Owner(name, start, end if match["list"] else end + match.end())
    match = None if shouted else _titled(pointed=pointed).search(before)
    if match and (name := _name(match["name"])):
        led = len(match["name"]) - len(_LED.sub("", match["name"]))
        return Owner(name, first + match.start() + led, end)
    return None


def _is_of_draft(before: str, behind: str, number: str) -> bool:
    """Whether a number is that of a section of the draft: "section 205 of this memo", "see § 212 below"."""
    division = _divisions().search(before)
    inside = division is not None and not number.startswith(f"{division['number']}.")
    return inside or bool(_self().match(behind))


def _name(written: str) -> str:
    """The name of a law without the words that lead to it; "" for one that can name nothing else."""
    name = " ".join(_LED.sub("", written).split())
    return "" if _known().fullmatch(name) else name


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _any(*names: str) -> str:
    return "|".join(word for name in names for word in _table()[name])


@cache
def _law(*, pointed: bool) -> str:
    """The name of a law; a number with a point is a section of the CFR behind "the Final Rule" or an acronym."""
    ends = _any("laws") if pointed else _any("laws", "rules")
    named = rf"{_NAME}(?:{ends})(?![\w]){_YEAR}|(?:Public\sLaw|Pub\.\s?L\.|P\.\s?L\.)(?:\sNo\.)?\s\d+-\d+"
    return named if pointed else rf"{named}|(?!(?:{_any('no_laws')})\b){_ACRONYM}\b{_YEAR}"


@cache
def _of(*, pointed: bool) -> re.Pattern[str]:
    return re.compile(rf"(?P<list>{_LIST}),?\s(?:of|in|under)\s(?:the\s)?(?P<name>{_law(pointed=pointed)})")


@cache
def _titled(*, pointed: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?P<name>{_law(pointed=pointed)})(?:'s|\u2019s)?,?\s(?:at\s)?$")


@cache
def _self() -> re.Pattern[str]:
    own = rf"(?:of|in|to)\s(?:this|our|the\s(?:present|attached|enclosed))\s(?:\w+\s){{0,2}}?(?:{_any('self')})\b"
    return re.compile(rf"{_LIST},?\s\(?(?:{own}|(?:above|below|infra|supra|hereof|herein)\b)", re.IGNORECASE)


@cache
def _divisions() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('divisions')})\s(?P<number>[A-Z0-9]{{1,5}}),\s?$")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('known')})")
