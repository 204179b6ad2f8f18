"""From evidence to statements: whole lists with their lead-in, and the best sentences in the order of reading."""

from collections.abc import Sequence
from dataclasses import replace

from answer.conflicts.contradiction import opposing
from answer.parts import parts
from answer.records import Evidence, Question, Quote
from answer.statements.groups import Group, gathered, group_of, quote_of
from answer.statements.limits import limits_of
from answer.statements.lists import list_items, with_lead
from answer.statements.order import CLOSE, SHOWN_WORDS, by_authority, cut, divided, in_reading_order
from answer.statements.repetition import joined_with_twin, nearly_same, repeats
from answer.statements.tables import announced_rows, table_rows
from index.documents.authority import authority_of
from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms
from index.search import HybridIndex
from pinpoint.records import Span

MOST_WORDS = 300
"""Words of an answer altogether, "more" included; a list counts no more than ``SHOWN_WORDS``. A budget of 120 words
without "more" quoted 43 of the 63 questions of tvisa-dev, this one 47 (docs/tried.md, "Answers")."""
_MOST_GROUPS = 8
"""Sentences for which an answer quotes; measured with the budget of words."""
_FAR = 0.7
"""Share of the best score from which a further sentence is offered as more; see ``CLOSE``."""


def extract(
    index: HybridIndex, question: Question, evidence: Sequence[Evidence], first: Evidence | None = None
) -> list[Quote]:
    """Choose what to quote, in the order in which it reads best.

    A list question takes the best lead-in with its items. Then come the best sentences, an item of a list behind its
    lead-in, and beside each the sentence of another source that differs from it. The best sentence comes first. At most
    three statements in ``SHOWN_WORDS`` that are nearly as good are shown at once; the rest is "more".

    Args:
        index: Where the evidence stands.
        question: As it was read.
        evidence: Best first.
        first: A sentence that has to come first, whatever its score.
    """
    if not evidence:
        return []
    best = evidence[0].score
    ranked = _with_parts(index, question, evidence)
    ranked = [first, *(found for found in ranked if found != first)] if first else ranked
    groups = [] if first else _list_first(index, question, ranked)
    for found in ranked:
        if found.score < _FAR * best and found != first:
            break
        for candidate in (found, opposing(found, ranked)):
            if candidate and len(groups) < _MOST_GROUPS:
                groups = _with(index, question, groups, candidate, ranked)
    groups = groups or [group_of(index, ranked[0], with_lead(index, ranked[0]))]
    shown, more = divided(groups if first else by_authority(groups), best)
    shown[0], rest = cut(index, shown[0])
    quotes = in_reading_order([*([rest] if rest else []), *more])
    return [*in_reading_order(shown), *(replace(quote, more=True) for quote in quotes)]


def _with_parts(index: HybridIndex, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, behind its first sentence the one that holds the most of each part of a question with several."""
    query = question.query
    asked = [index.expand(query.text[start:end], query.cited_in(start, end)) for start, end in parts(query)]
    question_terms = [WeightedTerms(part, index.term_weight) for part in asked]
    near = [found for found in evidence if found.score >= _FAR * evidence[0].score]
    shares = [[part.share(set(terms(found.text))) for found in near] for part in question_terms]
    best = [near[share.index(max(share))] for share in shares]
    raised = [replace(found, score=max(found.score, CLOSE * evidence[0].score)) for found in best]
    ordered: dict[tuple[Span, int], Evidence] = {}
    for found in (evidence[0], *raised, *evidence):
        ordered.setdefault((found.passage, found.span.start), found)
    return list(ordered.values())


def _list_first(index: HybridIndex, question: Question, ranked: Sequence[Evidence]) -> list[Group]:
    """The list or the table that answers, as the first group; none when a sentence answers."""
    rows = announced_rows(index, ranked[0])
    if rows:
        return [group_of(index, ranked[0], [quote_of(ranked[0]), *limits_of(index, ranked[0]), *rows])]
    lead = _best_lead(question, ranked)
    if lead:
        items = list_items(index, lead)
        return [group_of(index, lead, [quote_of(lead), *items])] if items else []
    if question.kind != "list":
        return []
    near = (found for found in ranked if found.score >= CLOSE * ranked[0].score)
    tables = ((found, table_rows(index, found, about=question.query.terms)) for found in near)
    return next(
        (
            [group_of(index, found, [quote_of(found), *rows])]
            for found, rows in tables if rows
        ),
        [],
    )  # fmt: skip


def _best_lead(question: Question, ranked: Sequence[Evidence]) -> Evidence | None:
    """The lead-in to answer with: for a list question the best that comes near, of one text that which binds most."""
    if question.kind != "list":
        return ranked[0] if ranked[0].leads else None
    near = [found for found in ranked if found.leads and found.score >= CLOSE * ranked[0].score]
    alike = [found for found in near if nearly_same(found.text, near[0].text)]
    return min(alike, key=lambda found: authority_of(found.kind).rank, default=None)


def _with(
    index: HybridIndex, question: Question, groups: list[Group], found: Evidence, evidence: Sequence[Evidence]
) -> list[Group]:
    """The groups with one for a sentence, unless it is quoted already, repeats one, or would be too much."""
    quoted = [quote.span for group in groups for quote in group.quotes]
    if any(found.span.within(span) or span.within(found.span) for span in quoted):
        return groups
    named = joined_with_twin(index, groups, found, question.as_of)
    if named is not None:
        return named
    group = None if any(repeats(found, group) for group in groups) else gathered(index, found, evidence)
    if group is None:
        return groups
    for number, other in enumerate(groups):
        if _same_list(other, group):
            return [*groups[:number], _in_one(index, other, group), *groups[number + 1 :]]
    fresh = [quote for quote in group.quotes if quote.span not in quoted]
    group = group if len(fresh) == len(group.quotes) else group_of(index, found, fresh)
    # A long list leaves room for what another source says of its matter.
    if not groups or sum(min(other.words, SHOWN_WORDS) for other in groups) + group.words <= MOST_WORDS:
        return [*groups, group]
    return groups


def _same_list(one: Group, other: Group) -> bool:
    """Tell whether a group is an item, or a row, of the list or table that another begins with."""
    items = [quote for quote in other.quotes if quote.item]
    return bool(items) and one.quotes[0].span == other.quotes[0].span and not other.quotes[0].item


def _in_one(index: HybridIndex, group: Group, other: Group) -> Group:
    """A lead-in with the items of two groups, as they stand in the document."""
    lead, *items = {quote.span: quote for quote in (*other.quotes, *group.quotes)}.values()
    return group_of(index, group.found, [lead, *sorted(items, key=lambda quote: quote.span.start)])
