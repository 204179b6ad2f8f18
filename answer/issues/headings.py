"""What stands above quotations, where an answer has several subjects."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from answer.records import Statement

REQUIRED = "What is required"
"""Stands above the elements that are quoted beside a refusal to decide."""
ON_THE_MATTER = "On what is asked"
"""Stands above the rule that is quoted there on the matter of the question."""
NEUTRAL = ("", REQUIRED, ON_THE_MATTER)
"""What may stand above quotations and repeats nothing of the question."""


def by_subject(statements: Sequence[Statement]) -> list[tuple[str, tuple[Statement, ...]]]:
    """Statements with what stands above them, in order; one group without a heading for an answer to one question."""
    return [(about, tuple(group)) for about, group in groupby(statements, key=lambda statement: statement.about)]


def without_words(subjects: Iterable[str]) -> dict[str, str]:
    """What stands above quotations where nothing of the question may: "Issue 1", "Issue 2" for what was typed."""
    found = dict.fromkeys(subjects)
    typed = [about for about in found if about not in NEUTRAL]
    return {about: f"Issue {typed.index(about) + 1}" if about in typed else about for about in found}
