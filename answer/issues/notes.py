"""Notes on how a case was read: nothing is decided, and what was left aside is said."""

from collections.abc import Sequence

from answer.issues.issues import Issue
from answer.records import Question
from pinpoint.text import listed

READ = "The facts are read for their issues. For each the rule is quoted; whether it is met is not decided."
_NAMED = 3
"""Clauses without a rule that are named; the rest are counted. Set by hand; not measured."""


def case_notes(question: Question, issues: Sequence[Issue]) -> tuple[str, ...]:
    """How a case was read, the facts that were left aside, and the clauses for which no rule was found.

    Args:
        question: As it was read; what was typed is repeated, but no name of a person.
        issues: Those that were found.
    """
    notes = [READ] if issues and question.case and question.case.clauses else []
    if question.aside:
        notes.append(f"Left aside as facts: {listed(question.aside)}.")
    read = {clause for issue in issues for clause in issue.about}
    without = [clause.rstrip(" .") for clause in (question.case.clauses if question.case else ()) if clause not in read]
    if issues and without:
        quoted = [f"\u201c{clause}\u201d" for clause in without[:_NAMED]]
        others = [f"{len(without) - _NAMED} more"] if len(without) > _NAMED else []
        notes.append(f"No rule was found for {listed([*quoted, *others])}.")
    return tuple(notes)
