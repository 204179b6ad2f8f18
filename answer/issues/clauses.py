"""What a text tells of a case and what it asks: its sentences, and the clauses in which issues are looked for."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from answer.declining.verdicts import question_words
from answer.issues.facts import without_facts
from answer.parts import ASKING
from answer.records import Case
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms

WORDS = Path(__file__).with_name("case.toml")
_LEAST_TOLD = 2
"""Sentences of telling that make a case out of a question. Set by hand; not measured."""
_LEAST_TERMS = 2
"""Terms beside its facts that a clause needs to raise an issue. Set by hand; not measured."""
_ITEM = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014]|\(?\d{1,2}[.)])\s+")
_ENDS = re.compile(r"[.?!:;][\"\u201d')]*\s*$")
_TELLS_THEN_ASKS = re.compile(
    rf"(?:\s*[,;:\u2014\u2013]\s*|\s+-+\s+)(?:and\s+|so\s+|but\s+)?(?={ASKING}[^?]*\?\W*$)", re.I
)
_BETWEEN = re.compile(
    r"\s*[;:\u2014]\s+|\s*,\s+(?:and|but|so|because|then|who|which|when|while|after|before)\s+"
    r"|\s+(?:and|but|because)\s+(?=(?:he|she|they|it|then|never|was|were|is|has|had|did|does|came|went|told|took|kept|filed)\b)"
    r"|\s*,\s+(?=(?:was|were|is|has|had|did|told|took|kept|filed|came|went|made|left)\b)",
    re.IGNORECASE,
)


def read_case(text: str, *, verdict: bool = False) -> Case | None:
    """Read a text that tells the facts of somebody's case; None for a question, keywords or anything else.

    Args:
        text: As typed, on one line or several.
        verdict: Whether it asks for a decision: then one sentence of facts makes a case.
    """
    if not _people().search(text):  # most texts: no sentence is looked for
        return None
    told: list[str] = []
    asks: list[str] = []
    for sentence in _sentences(text):
        if _asks(sentence):
            asks.append(sentence)
        else:
            told.append(sentence)
    least = 1 if verdict else _LEAST_TOLD
    if len(told) < max(least, len(asks)) or not _people().search(" ".join(told)):
        return None
    return Case(tuple(clause for sentence in told for clause in _clauses(sentence)), tuple(asks))


def told_before_asked(text: str) -> tuple[str, str]:
    """A question's story and what it asks: "trafficked at 16 \u2014 must she help?"; "" and all of it without one."""
    *told, asked = (_sentences(text) if _people().search(text) else []) or [text]
    if told and _asks(asked) and not any(map(_asks, told)):
        return " ".join(told), asked
    return "", text


def asks_of_substance(case: Case) -> tuple[str, ...]:
    """What a case asks, without sentences that only ask for the rules on what it tells."""
    generic = set(terms(" ".join(_words()["asks"]["generic"])))
    least = _LEAST_TERMS if case.clauses else 1  # "Should I revoke?" tells all that there is in one word.
    return tuple(ask for ask in case.asks if len(set(terms(without_facts(ask)[0])) - generic) >= least)


def _sentences(text: str) -> list[str]:
    """The sentences of a text, one that tells first and then asks as two."""
    found = []
    for line in _lines(text):
        for start, end in sentence_spans(line):
            sentence = line[start:end]
            divided = _TELLS_THEN_ASKS.split(sentence, maxsplit=1) if not _asking().match(sentence) else [sentence]
            found += [part for part in divided if part.strip()]
    return found


def _lines(text: str) -> Iterator[str]:
    """Runs of text: an item, a line that ends a sentence and an empty line end one; a wrapped line goes on."""
    run = ""
    for line in text.splitlines():
        item = _ITEM.match(line)
        if run and (item or not line.strip()):
            yield run
            run = ""
        words = " ".join(line[item.end() if item else 0 :].split())
        run = f"{run} {words}".strip()
    if run:
        yield run


def _clauses(sentence: str) -> list[str]:
    """The clauses of a sentence; one that says too little beside its facts goes with the one before it."""
    clauses: list[str] = []
    start = 0
    for separator in [*_BETWEEN.finditer(sentence), None]:
        clause = sentence[start : separator.start() if separator else len(sentence)]
        if clauses and (_is_thin(clause) or _is_thin(clauses[-1])):
            clauses[-1] = f"{clauses[-1]}, {clause}"
        else:
            clauses.append(clause)
        start = separator.end() if separator else start
    return clauses


def _is_thin(clause: str) -> bool:
    return len(set(terms(without_facts(clause)[0]))) < _LEAST_TERMS


def _asks(sentence: str) -> bool:
    return sentence.rstrip(" \"\u201d')").endswith("?") or bool(_asking().match(sentence))


@cache
def _asking() -> re.Pattern[str]:
    begins = "|".join(map(re.escape, _words()["asks"]["begins"]))
    return re.compile(rf"\s*(?:and\s+|or\s+|but\s+|so\s+)?(?:{ASKING}|(?:{begins})\b)", re.IGNORECASE)


@cache
def _people() -> re.Pattern[str]:
    lists = question_words()
    words = [*lists["person"]["people"], *lists["verdict"]["cases"], *_words()["people"]["words"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
