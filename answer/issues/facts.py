"""Facts of a case: towns and countries, people, dates and sums, which no rule has to name.

An age is a fact as well; the words of the law for it are searched in its place (``index.query.thesaurus``).
"""

import re
import tomllib
from functools import cache
from pathlib import Path

_NAME = r"[A-Z][\w\u2019'-]*[a-z](?:\s+(?:of\s+|de\s+|la\s+|the\s+)*[A-Z][\w\u2019'-]*[a-z])*"
_TOWN = re.compile(
    r"(?P<before>(?:\b\w+)?)\s*\b(?P<by>(?i:in|from|to|at|near|outside|through|into|of|for))\s+(?:the\s+)?"
    rf"(?P<name>{_NAME}(?:,\s+{_NAME})*)"
)
_PERSON = re.compile(rf"\b(?:(?:Mr|Mrs|Ms|Mx|Dr|Miss)\b\.?\s+|(?i:named|called)\s+){_NAME}")
_YEAR = r"(?:19|20)\d{2}\b"
_SUM = re.compile(
    r"(?:\bUSD?\s?)?[$\u20ac\u00a3]\s?\d[\d,.]*(?<=\d)(?:\s(?:million|thousand))?(?:\s(?:a|an|per)\s\w+)?"
    r"|\b\d[\d,.]*\s(?:dollars|euros|pounds|pesos)\b(?:\s(?:a|an|per)\s\w+)?"
)
A_NAME = "a person\u2019s name"
"""What is said in place of a name."""


def without_facts(text: str) -> tuple[str, tuple[str, ...]]:
    """A clause without the towns, people, dates and sums in it, and these as typed; names of people are not repeated.

    Args:
        text: A clause of what is told. Capitals at its beginning tell nothing.
    """
    facts: list[str] = []

    def leave(match: re.Match[str]) -> str:
        named = match.groupdict()
        facts.append(" ".join((named.get("name") or named.get("behind") or match.group()).split()))
        return " "

    def leave_person(_: re.Match[str]) -> str:
        facts.append(A_NAME)
        return " "

    def leave_town(match: re.Match[str]) -> str:
        name = " ".join(match["name"].split())
        behind = match["by"].lower() in ("of", "for") and match["before"].lower() not in _words("before_names")
        if behind or not _words("no_towns").isdisjoint(re.findall(r"\w+", name)):
            return match.group()
        facts.append(name)
        return f"{match['before']} "

    plain = _PERSON.sub(leave_person, text)
    plain = _SUM.sub(leave, plain)
    plain = _dates().sub(leave, plain)
    plain = _TOWN.sub(leave_town, plain)
    return " ".join(plain.split()), tuple(dict.fromkeys(facts))


@cache
def _words(name: str) -> frozenset[str]:
    facts = tomllib.loads(Path(__file__).with_name("case.toml").read_text(encoding="utf-8"))["facts"]
    return frozenset(facts[name])


@cache
def _dates() -> re.Pattern[str]:
    days, other = _words("days"), _words("other_words")
    month, plain = f"(?:{'|'.join(sorted(days))})", f"(?:{'|'.join(sorted(days - other))})"
    by = r"\b(?i:in|on|since|until|by|from|to|before|after|during|of)\s+"
    part = r"(?:(?i:early|late|mid|last|next)[\s-])"
    return re.compile(
        rf"\s*(?:{by})?{part}?(?P<name>\b{month}\s+\d{{1,2}}\b(?:,?\s+{_YEAR})?|\b\d{{1,2}}\s+{month}\b(?:\s+{_YEAR})?"
        rf"|\b{month}\s+{_YEAR}|\b{plain}\b|\b{_YEAR})"
        rf"|\s*(?:{by}{part}?|\b{part})(?P<behind>{month})\b"
    )
