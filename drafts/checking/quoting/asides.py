"""What stands in quotation marks and is no quotation of a text: what a person said, titles, terms; numbers of rooms.

Such words are looked for, and found where they stand word for word; they are never called altered.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from citations.records import BARE, LegalCitation
from drafts.checking.quoting.quotations import Quotation
from drafts.records import DraftPart

WORDS = Path(__file__).with_name("asides.toml")
_BEFORE, _BEHIND = 90, 60
"""Characters before and behind a quotation in which is looked for who speaks. Set by hand; not measured."""
_FEW = 5
"""Words up to which words in quotation marks may be a term or only marked off. Set by hand; not measured."""
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))
"""Words that titles write without a capital."""
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019')\]]*\s+(?=[\"\u201c(\[]?[A-Z])")
_IT = re.compile(r"\b(?:it|this|that|these|those|which|there)\b\W*(?:\w+\W+){0,3}$|\d[\w().-]*\W+$", re.IGNORECASE)
"""What stands for a text before a verb: a pronoun, or a citation."""
_NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)\b(?!(?:It|This|That|The|These|Those|There|Section|Part|Title|Act|Form|Chapter)\b)[A-Z][a-z]+\s+(?:\w+ly\s+)?$"
)
"""The name of a person before a verb."""
_ENDED = re.compile(r"[.!?\u2026]\W*$")
_NEW_SENTENCE = re.compile(r"[\"\u201d\u2019')\]\u00bb\s]*[A-Z(\[]")
_NUMBER_ALONE = re.compile(r"\W*(?:[A-Z]{0,4}[-\s#]?)?\d[\d\s.,/:-]*\W*")


def aside(parts: Sequence[DraftPart], quotation: Quotation, words: int) -> str:
    """Say why words in quotation marks need not be those of a text; "" where they are a quotation.

    Args:
        parts: Those in which the quotation begins and ends.
        quotation: The words.
        words: How many they are.
    """
    if quotation.block:
        return ""
    before = _last_sentence(parts[0].text[max(quotation.start - _BEFORE, 0) : quotation.start])
    behind = parts[-1].text[quotation.last_end : quotation.last_end + _BEHIND]
    if _ENDED.search(quotation.text) and _NEW_SENTENCE.match(behind):
        behind = ""
    if _NUMBER_ALONE.fullmatch(quotation.text):
        return "It is a number."
    if speaks(before, behind):
        return "It is what a person said."
    if _pattern("titled").search(before) or _is_title(quotation.text):
        return "It is a title."
    if words <= _FEW:
        term = bool(_pattern("terms").search(before)) or before.rstrip("\u201c\"\u2018'").endswith("(")
        return (
            "It is a term, or words that are only marked off."
            if term
            else "It is too short to tell whose words they are."
        )
    return ""


def speaks(before: str, behind: str) -> bool:
    """Tell whether a person speaks: "she said", "the officer explained", as against "the rule states"."""
    return _says(before, ahead=True) or _says(_first_sentence(behind), ahead=False)


def _says(text: str, *, ahead: bool) -> bool:
    """Tell whether a person says something in a text before a quotation, or behind one."""
    verbs = list(_verb().finditer(text))
    if not verbs:
        return False
    verb = verbs[-1 if ahead else 0]
    # Who speaks stands before the verb, or behind it: "said the officer".
    before, behind = text[: verb.start()], text[verb.end() :]
    persons = [match.end() for match in _persons().finditer(before)]
    texts = [match.end() for match in _texts().finditer(before)]
    if persons or texts:
        return max(persons, default=-1) >= max(texts, default=-1)
    if _persons().match(behind.lstrip()) or _NAME.search(before):
        return True
    return verb.group("spoke") is not None and not _IT.search(before)


def numbered(text: str, start: int, citation: LegalCitation) -> bool:
    """Tell whether a number without a code is that of a room, a docket or a file."""
    return citation.code == BARE and bool(_pattern("numbered").search(text[max(start - 40, 0) : start]))


def turning_words(omitted: str) -> list[str]:
    """The words of an omission that may turn the sense of a sentence, each once."""
    found = _words("turning").findall(omitted)
    return list(dict.fromkeys(word.lower() for word in found))


def _is_title(text: str) -> bool:
    """Whether words are written as a title: all but the small ones with capitals, and no full sentence."""
    words = _WORD.findall(text)
    great = [word for word in words if word.lower() not in _SMALL]
    if len(words) < 2 or len(great) < 2 or text.rstrip()[-1:] in ".;":  # noqa: PLR2004 - one word is a name
        return False
    return all(word[0].isupper() for word in great) and not text.isupper()


def _last_sentence(text: str) -> str:
    return _SENTENCE_END.split(text)[-1]


def _first_sentence(text: str) -> str:
    ended = re.search(r"[.!?][\"\u201d\u2019')\]]*\s", text[2:])
    return text[: ended.start() + 2] if ended else text


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One of some words, at the end of what stands before."""
    return re.compile(rf"\b(?:{'|'.join(_table()[name])})[\s,:(#\"\u201c\u2018'\u201e\u00ab-]*$", re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_table()[name])})\b", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    spoke, said = "|".join(_table()["spoke"]), "|".join(_table()["said"])
    return re.compile(rf"\b(?:(?P<spoke>{spoke})|(?P<said>{said}))\b", re.IGNORECASE)


@cache
def _persons() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_table()['persons'])})\b", re.IGNORECASE)


@cache
def _texts() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_table()['texts'])})\b", re.IGNORECASE)
