"""A rule and its limit, which are never quoted without one another when they stand side by side."""

import re

from answer.records import Evidence, Quote
from index.documents.citable import citable_spans
from index.documents.sentences import sentence_spans
from index.search import HybridIndex

_LIMITS = re.compile(r"(?:However|But|Nevertheless|Nonetheless|Notwithstanding|Except|Unless|Provided)\b")
_EXCEPTION = re.compile(r"\s*\n\s*(?=(?:\([a-zA-Z0-9]{1,5}\)\s*)?(?:Exceptions?|Except)\b)")
_LONGEST = 60
"""Words of the longest paragraph of an exception that is quoted beside its rule. Set by hand; not measured."""


def limits_of(index: HybridIndex, found: Evidence) -> list[Quote]:
    """What limits a sentence: the sentence behind it ("However, …"), or the paragraph ("(2) Exception. …")."""
    text, behind = index.passage(found.passage).text, found.span.end - found.passage.start
    limits = [
        Quote(found.passage, found.passage.part(start, end))
        for start, end in sentence_spans(text)
        if start >= behind and not text[behind:start].strip() and "\n" not in text[behind:start]
        and _LIMITS.match(text[start:end])
    ]  # fmt: skip
    exception = _EXCEPTION.match(text, behind)
    if limits or exception is None:
        return limits
    return [
        Quote(found.passage, found.passage.part(start, end))
        for start, end in citable_spans(text, ())
        if start == exception.end() and len(text[start:end].split()) <= _LONGEST
    ]


def rule_before(index: HybridIndex, found: Evidence) -> list[Quote]:
    """The sentence before one that begins as a limit ("However, …"): the rule that it limits; empty for all others."""
    if not _LIMITS.match(found.text):
        return []
    text, begin = index.passage(found.passage).text, found.span.start - found.passage.start
    before = [
        Quote(found.passage, found.passage.part(start, end))
        for start, end in citable_spans(text, ())
        if end <= begin and not text[end:begin].strip() and "\n" not in text[end:begin]
    ]
    return before[-1:]
