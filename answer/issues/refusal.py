"""What is shown beside a refusal to decide: what the law requires, and the rule on what is asked, all quoted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from answer.issues.elements import governing_list, own_list, quoted_list
from answer.issues.folding import folded
from answer.issues.governing import governs
from answer.issues.headings import REQUIRED
from answer.issues.issues import Issue, issue_groups
from answer.records import Evidence, Quote
from answer.statements.lists import list_items
from index.documents.authority import authority_of
from index.search import HybridIndex
from pinpoint.stored import StoredSection

_LEAST_ITEMS = 2
"""Items that make a list of requirements out of a lead-in. Set by hand; not measured."""
_LEAST_RULES = 2
"""Rules of one section that make a list in it the one of what is required. Set by hand; not measured."""
_NEAR = 0.75
"""Share of the best lead-in's score from which one of higher authority is quoted. Set by hand; not measured."""

_SHOWN = 3
"""Rules of which a sentence is shown at once beside the elements; the rest is more. Set by hand; not measured."""


def refusal_quotes(index: HybridIndex, issues: Sequence[Issue], evidence: Sequence[Evidence]) -> list[Quote]:
    """The governing elements, then the rules of the case and of the matter; empty when the documents have neither.

    Args:
        index: Where they stand.
        issues: The issues of the case, and the matter that is to be decided.
        evidence: Sentences found for the requirements, best first.
    """
    if not issues:
        return []
    rules = [issue.rule.section for issue in issues]
    listed = governing_list(index, rules) or _list_of_most(index, rules)
    elements = (quoted_list(index, listed) if listed else []) or _best_list(index, evidence)
    elements = [replace(quote, about=REQUIRED) for quote in elements]
    # The lead-in goes with the first element; of every element the first sentence is shown.
    required = [elements[:2], *([quote] for quote in elements[2:])] if elements else []
    return folded(index, [*required, *issue_groups(index, issues, elements)], len(required) + _SHOWN)


def _list_of_most(index: HybridIndex, rules: Sequence[StoredSection]) -> StoredSection | None:
    """A list in which one of the rules stands, of the section that most of them are of."""
    sections = [index.store.enclosing_section(rule) for rule in rules]
    most, count = Counter((section.document_id, section.number) for section in sections).most_common(1)[0]
    if count < _LEAST_RULES and len(rules) > 1:
        return None
    of_most = (rule for rule, own in zip(rules, sections, strict=True) if (own.document_id, own.number) == most)
    return next((found for rule in of_most if (found := own_list(index, rule))), None)


def _best_list(index: HybridIndex, evidence: Sequence[Evidence]) -> list[Quote]:
    """The list of the highest authority among those whose lead-ins come nearest to the requirements asked for."""
    leading = [found for found in evidence if found.leads and governs(found.text, index.store.deepest(found.span).path)]
    near = [found for found in leading if found.score >= _NEAR * leading[0].score]
    for found in sorted(near, key=lambda found: authority_of(found.kind).rank):
        items = list_items(index, found)
        if len(items) >= _LEAST_ITEMS:
            return [Quote(found.passage, found.span), *items]
    return []
