"""The issues of a case: clauses that one rule governs, the rules in the order of the law's own list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from answer.issues.clauses import asks_of_substance
from answer.issues.elements import in_order
from answer.issues.headings import ON_THE_MATTER
from answer.issues.rules import Rule, find, rules
from answer.records import Case, Quote
from answer.statements.lists import list_items, with_lead
from index.search import HybridIndex
from pinpoint.records import Filters

if TYPE_CHECKING:
    from pinpoint.stored import StoredSection

_MOST = 6
"""Issues of one case. Set by hand; not measured."""
_FITS, _FITS_COVERED, _COVERED = 0.5, 0.4, 0.4
"""Cosine of clause and rule from which the rule fits, and a lower one that does where the rule has that share of the
clause's term weight. Set by hand; not measured."""
_WORDS = 120
"""Words of a rule with its list that are shown at once; the rest is more. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Clauses of a case and the rule that governs them.

    Attributes:
        about: The clauses as typed.
        rule: The sentence of the law.
    """

    about: tuple[str, ...]
    rule: Rule


def issues_of(index: HybridIndex, case: Case, filters: Filters) -> tuple[Issue, ...]:
    """The issues of a case, each with its rule, in the order of the law; empty when no rule fits.

    Args:
        index: Where the rules stand.
        case: What is told and asked.
        filters: What may be quoted.
    """
    asks = asks_of_substance(case)
    found = find(index, (*case.clauses, *asks), filters)
    about = dict.fromkeys(asks, ON_THE_MATTER)
    issues: list[Issue] = []
    for clause, ranked in sorted(zip(found, rules(index, found), strict=True), key=lambda pair: -_best(pair[1])):
        fitting = [rule for rule in ranked if _fits(rule)]
        if fitting:
            _add(issues, about.get(clause.text, clause.text), fitting[0])
    told = [*case.clauses, ON_THE_MATTER]
    issues = [replace(issue, about=tuple(sorted(issue.about, key=told.index))) for issue in issues[:_MOST]]
    order = in_order(index, [issue.rule.section for issue in issues])
    return tuple(issues[position] for position in order)


def issue_quotes(index: HybridIndex, issues: Sequence[Issue], before: Sequence[Quote] = ()) -> list[Quote]:
    """The rules of issues as quotations, nothing twice.

    Args:
        index: Where they stand.
        issues: In the order in which they are shown.
        before: What is quoted above them.
    """
    quotes: list[Quote] = []
    for issue in issues:
        found = issue.rule.evidence
        group = (
            [Quote(found.passage, found.span), *list_items(index, found)] if found.leads else with_lead(index, found)
        )
        taken = [quote.span for quote in (*before, *quotes)]
        words = 0
        for quote in group:
            if any(quote.span.within(span) for span in taken):
                continue
            more = words > _WORDS
            words += len(index.store.text(quote.span).split())
            quotes.append(replace(quote, more=more, about=" \u2026 ".join(issue.about)))
    return quotes


def _add(issues: list[Issue], about: str, rule: Rule) -> None:
    """Add a clause to the issue whose rule is of the same provision, or as an issue of its own."""
    for number, other in enumerate(issues):
        if _same_provision(other.rule.section, rule.section):
            issues[number] = replace(other, about=tuple(dict.fromkeys((*other.about, about))))
            return
    issues.append(Issue((about,), rule))


def _same_provision(one: "StoredSection", other: "StoredSection") -> bool:
    return one.span.within(other.span) or other.span.within(one.span)


def _best(ranked: Sequence[Rule]) -> float:
    return ranked[0].evidence.score if ranked else 0.0


def _fits(rule: Rule) -> bool:
    return rule.cosine >= _FITS or (rule.cosine >= _FITS_COVERED and rule.covered >= _COVERED)
