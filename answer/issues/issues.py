"""The issues of a case: clauses that one rule governs, the rules in the order of the law's own list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answer.issues.elements import in_order
from answer.issues.folding import folded
from answer.issues.headings import ON_THE_MATTER
from answer.issues.rules import Rule, find, rules
from answer.issues.telling import searched
from answer.records import Case, Quote
from answer.statements.lists import list_items, with_lead
from index.documents.citable import leads
from index.ranking.preference import names_another
from index.search import HybridIndex
from pinpoint.records import Filters

_MOST = 6
"""Issues of one case. Set by hand; not measured."""
_FITS, _FITS_COVERED, _COVERED = 0.5, 0.4, 0.4
"""Cosine of clause and rule from which the rule fits, and a lower one that does where the rule has that share of the
clause's term weight. Set by hand; not measured."""
_FITS_WORDED, _WORDED = 0.35, 0.75
"""Cosine from which a rule fits that has that share of a phrase in which the law speaks of the clause. Set by hand."""
_ALSO = 0.97
"""Share of the score of a clause's best rule from which another provision is quoted for it too. Set by hand."""


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
    asked_on = " ".join((*case.clauses, *case.asks))
    if names_another(asked_on, filters.prefer, {document.collection for document in index.documents.values()}):
        filters = replace(filters, prefer=())
    case = searched(index, case)
    found = [*find(index, case.clauses, filters), *find(index, case.asks, filters, asked=True)]
    subjects = [ON_THE_MATTER if clause.text in case.asks else clause.text for clause in found]
    fitting = [
        [rule for rule in ranked if _fits(rule) and _says_something(index, rule)]
        for ranked in rules(index, found, filters)
    ]
    issues: list[Issue] = []
    for about, rule in sorted(_offered(subjects, fitting), key=lambda offer: -offer[1].evidence.score):
        _add(issues, about, rule)
    told = list(dict.fromkeys((*case.clauses, ON_THE_MATTER)))
    issues = [replace(issue, about=tuple(sorted(issue.about, key=told.index))) for issue in issues[:_MOST]]
    order = in_order(index, [issue.rule.section for issue in issues])
    return tuple(issues[position] for position in order)


def _offered(subjects: Sequence[str], fitting: Sequence[Sequence[Rule]]) -> Iterator[tuple[str, Rule]]:
    """The best rule of each clause, and those that fit it nearly as well and stand elsewhere."""
    for about, ranked in zip(subjects, fitting, strict=True):
        for rule in ranked:
            if rule is ranked[0] or (_fits_well(rule) and rule.evidence.score >= _ALSO * ranked[0].evidence.score):
                yield about, rule


def issue_quotes(index: HybridIndex, issues: Sequence[Issue], before: Sequence[Quote] = ()) -> list[Quote]:
    """The rules of issues as quotations, nothing twice.

    Args:
        index: Where they stand.
        issues: In the order in which they are shown.
        before: What is quoted above them.
    """
    return folded(index, issue_groups(index, issues, before))


def issue_groups(index: HybridIndex, issues: Sequence[Issue], before: Sequence[Quote] = ()) -> list[list[Quote]]:
    """The rules of issues as quotations, those of each issue together; as for ``issue_quotes``."""
    groups: list[list[Quote]] = []
    taken = [quote.span for quote in before]
    for issue in issues:
        group = [quote for quote in _quoted(index, issue.rule) if not any(map(quote.span.within, taken))]
        if any(not leads(index.store.text(quote.span)) for quote in group):  # a lead-in alone says nothing
            groups.append([replace(quote, about=" \u2026 ".join(issue.about)) for quote in group])
            taken += [quote.span for quote in group]
    return groups


def _quoted(index: HybridIndex, rule: Rule) -> list[Quote]:
    """A rule with the list that it leads into, or behind the lead-in of the list in which it stands."""
    found = rule.evidence
    return [Quote(found.passage, found.span), *list_items(index, found)] if found.leads else with_lead(index, found)


def _add(issues: list[Issue], about: str, rule: Rule) -> None:
    """Add a clause to the issue whose rule is of the same provision, or as an issue of its own."""
    for number, other in enumerate(issues):
        if other.rule.section == rule.section:
            issues[number] = replace(other, about=tuple(dict.fromkeys((*other.about, about))))
            return
    issues.append(Issue((about,), rule))


def _says_something(index: HybridIndex, rule: Rule) -> bool:
    """Whether a rule is no lead-in without a list."""
    return not rule.evidence.leads or bool(list_items(index, rule.evidence, 1))


def _fits_well(rule: Rule) -> bool:
    return rule.cosine >= _FITS and (rule.worded >= _WORDED or rule.covered >= _COVERED)


def _fits(rule: Rule) -> bool:
    worded = rule.cosine >= _FITS_WORDED and rule.worded >= _WORDED
    return rule.cosine >= _FITS or worded or (rule.cosine >= _FITS_COVERED and rule.covered >= _COVERED)
