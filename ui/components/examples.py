"""Example questions: those of a list that the documents in use answer, then headings that they answer."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st

from index.search import HybridIndex
from pinpoint.errors import ConfigurationError
from pinpoint.stored import StoredSection
from ui.state import resources
from ui.state.answered import COUNT, Answered

_LISTED = Path(__file__).with_suffix(".toml")
_DEEPEST = 4  # levels of headings that are looked at; set by hand; not measured
_WORDS = range(2, 11)  # words of a heading that makes a question; set by hand; not measured
_TRIED = 5 * COUNT
"""Headings that are tried at most, beside the list. Set by hand; not measured."""
_DESIGNATOR = re.compile(r"^(?:§+\s*[\d.a-z-]+|\(?[\divxA-Za-z]{1,4}[.)]|\d+(?:\.\d+)*\.?)\s+")
_PREFIX = re.compile(r"^[^:]{1,40}:\s+")
# Both lists were chosen by reading the headings of the starter corpus. The first puts those of our subject first; the
# second leaves out those that name no subject at all.
_TOPIC = re.compile(
    r"\bt-\d\b|\bt visa|\bt nonimmigrant|traffick|bona fide|eligib|evidence|hardship|annual cap|waiting list|"
    r"declaration|family|reasonable request|missions|strategy|adjustment|confidential|victim-centered|forced labor",
    re.IGNORECASE,
)
_DULL = re.compile(
    r"\btrap\b|footnote|\bnotes?\b|content|purpose|volume|part [a-z]\b|chapter|subpart|\btitle\b|form i-|edition|"
    r"\bmap\b|\bu nonimmigrant",
    re.IGNORECASE,
)
_LIST = re.compile(r"^(?:eligibility|requirements|criteria)\b", re.IGNORECASE)


def examples(index: HybridIndex, generation: str) -> Answered:
    """The examples of a generation, which are found behind the page: nobody waits for them."""
    found = _examples(index, generation)
    found.resume()
    return found


@st.cache_resource(max_entries=2, show_spinner=False)
def _examples(_index: HybridIndex, generation: str) -> Answered:  # noqa: ARG001 - the generation is the cache's key
    return Answered(_index, _candidates(_index), resources.background())


@cache
def listed(file: Path = _LISTED) -> tuple[str, ...]:
    """The questions of the list.

    Raises:
        ConfigurationError: It is not TOML with a list ``questions`` of texts.
    """
    try:
        questions = tomllib.loads(file.read_text(encoding="utf-8"))["questions"]
        return tuple(" ".join(question.split()) for question in questions)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f'{file} cannot be read: {error!r}. It must be TOML with questions = ["A question?"].'
        ) from error


def _candidates(index: HybridIndex) -> Iterator[str]:
    yield from listed()
    yield from _from_headings(index)


def _from_headings(index: HybridIndex) -> list[str]:
    """At most one question a document in force, those that name most subjects first."""
    best: dict[str, int] = {}
    for document in index.documents.values():
        if document.effective_to is None:
            root = index.store.section(document.id, 0)
            topics = [_PREFIX.sub("", document.title), *(s.heading for s in _below(index, root, 0))]
            questions = {question: _worth(question) for topic in topics if (question := _question(topic))}
            if questions:
                chosen = max(questions, key=questions.__getitem__)
                best[chosen] = questions[chosen]
    return sorted(best, key=lambda question: -best[question])[:_TRIED]


def _below(index: HybridIndex, section: StoredSection, depth: int) -> Iterator[StoredSection]:
    for child in index.store.children(section):
        yield child
        if depth < _DEEPEST and child.kind == "heading":
            yield from _below(index, child, depth + 1)


def _question(topic: str) -> str:
    """The question that a title or heading suggests; "" for one that says too little or too much."""
    heading = _DESIGNATOR.sub("", " ".join(topic.split())).rstrip(" .:;")
    if len(heading.split()) not in _WORDS or _DULL.search(heading):
        return ""
    heading = heading.capitalize() if heading.isupper() else heading
    if not _LIST.match(heading):
        return heading
    subject = heading[0].lower() + heading[1:]
    return f"What are the {'' if subject.startswith(('req', 'cri')) else 'requirements for '}{subject}?"


def _worth(question: str) -> int:
    subjects = {re.sub(r"\d", "", found.lower()) for found in _TOPIC.findall(question)}
    return 2 * len(subjects) + question.endswith("?")
