"""Holders: whether a question asks who holds an office, and whether the sentences found say it.

Who *heads* a body may be answered by an office ("the Secretary of State shall chair the Task Force"). Who *is* the
holder, or who holds it now, is answered by the name of a person alone.
"""

import re
from collections.abc import Sequence
from functools import cache

from answer.declining.counting import sorts
from answer.declining.verdicts import question_words

_HOLDERS = 8
"""Best sentences one of which must name the holder of an office. Set by hand; not measured."""
_NEAR = 40
"""Characters beside an office in which the name of its holder stands. Set by hand; not measured."""
_NAMED = r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"
_NOW = r"\b(?:right now|now|at the moment|at present|presently|today|currently|current|this year|new|present)\b"
_REASON = "The documents do not say who this is: no name stands beside the office in the passages found."


def names_holder(asked: str, texts: Sequence[str]) -> str:
    """A sentence when a question asks for the holder of an office and no best sentence names them, else ""."""
    by_verb, by_name = _looks()
    heads, named = by_verb.search(asked), by_name.search(asked)
    if not heads and not named:
        return ""
    texts = texts[:_HOLDERS]
    if heads and not re.search(_NOW, asked, re.IGNORECASE) and any(_office_heads(text) for text in texts):
        return ""
    body = _bare(
        next(filter(None, (found["body"] for found in (heads, named) if found)), named["signer"] if named else "") or ""
    )
    return "" if any(_named_beside(body, text) for text in texts) else _REASON


def _office_heads(text: str) -> bool:
    """Whether a sentence says of an office that it heads something."""
    return bool(_office().search(text)) and any(
        re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in sorts()["heading"]
    )


def _named_beside(body: str, text: str) -> bool:
    office = re.escape(body)
    looks = (
        rf"(?-i:{_NAMED}), (?:the )?{office}",
        rf"{office}(?:,| is| was| under)? (?-i:{_NAMED})",
        rf"{office}\b.{{0,{_NEAR}}}\b(?:by|under) (?-i:{_NAMED})",
    )
    return any(re.search(look, text, re.IGNORECASE) for look in looks)


def _bare(body: str) -> str:
    """An office or a body without words of time: "Center" of "Center right now"."""
    return re.sub(r"^the\s+", "", re.sub(_NOW, "", body, flags=re.IGNORECASE).strip(" ?."))


@cache
def _looks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = "|".join(re.escape(words) for words in question_words()["person"]["holds"])
    offices = "|".join(re.escape(office) for office in sorts()["offices"])
    now = r"(?:current\s+|present\s+|new\s+)"
    office = rf"(?:[\w'\u2019.-]+\s+){{0,4}}?(?:{offices})\b(?!['\u2019]s\s+\w)[^?.;]*"
    return (
        re.compile(rf"\bwho\s+(?:{verbs})\s+(?:the\s+)?(?P<body>[^?.;]+)", re.IGNORECASE),
        re.compile(
            rf"(?:\bwho\s+(?:is|was)\s+(?:the\s+)?{now}?|\bnames?\s+of\s+(?:the\s+)?{now}?)(?P<body>{office})"
            rf"|\bwhich\s+(?:[\w-]+\s+){{0,2}}?(?P<signer>{offices})\s+(?:\w+ly\s+)?(?:signed|approved|issued|wrote|ordered|announced)\b"
            rf"|\b(?:who\s+(?:is|was)\s+(?:the\s+)?|name\s+of\s+the\s+){now}\w+",
            re.IGNORECASE,
        ),
    )


@cache
def _office() -> re.Pattern[str]:
    listed = "|".join(re.escape(office.title()) for office in sorts()["offices"])
    return re.compile(rf"\b(?:{listed})\b")
