"""Notes on how a case was read: nothing is decided, and what was left aside is said."""

from collections.abc import Sequence

from answer.issues.issues import Issue
from answer.records import Case, Question
from pinpoint.text import listed

READ = "The facts are read for their issues. For each the rule is quoted; whether it is met is not decided."
_NAMED = 3
"""Clauses without a rule that are named; the rest are counted. Set by hand; not measured."""


def case_notes(question: Question, issues: Sequence[Issue], searched: Case | None = None) -> tuple[str, ...]:
    """How a case was read, the facts that were left aside, and the clauses for which no rule was found.

    Args:
        question: As it was read; what was typed is repeated, but no name of a person.
        issues: Those that were found.
        searched: What of the case was searched; all of it when not given.
    """
    notes = [READ] if issues and question.case and question.case.clauses else []
    if question.aside:
        notes.append(f"Left aside as facts: {listed(question.aside)}.")
    read = {clause for issue in issues for clause in issue.about}
    told = question.case.clauses if question.case else ()
    looked_for = searched.clauses if searched else told
    aside = len(set(told).difference(looked_for))
    if issues and aside:
        most = f"{len(looked_for)} that tell most" if len(looked_for) > 1 else "one that tells most"
        count = aside + len(looked_for)
        notes.append(f"Of {count} statements the {most} were searched for rules; the other {aside} were left aside.")
    without = [clause.rstrip(" .") for clause in looked_for if clause not in read]
    if issues and without:
        quoted = [f"\u201c{clause}\u201d" for clause in without[:_NAMED]]
        others = [f"{len(without) - _NAMED} more"] if len(without) > _NAMED else []
        notes.append(f"No rule was found for {listed([*quoted, *others])}.")
    return tuple(notes)
