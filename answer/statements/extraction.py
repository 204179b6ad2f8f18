"""From evidence to statements: whole lists with their lead-in, and the best sentences in the order of reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.conflicts.contradiction import difference, opposing
from answer.conflicts.modality import modalities
from answer.parts import parts
from answer.records import Evidence, Question, Quote
from answer.statements.lists import announced_rows, list_items, table_rows, with_lead
from index.documents.authority import authority_of
from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Span

SHOWN_WORDS, MOST_WORDS = 120, 300
"""Words of an answer before "more", and altogether; a list that is asked for is not cut and counts no more than the
former. A budget of 120 words without "more" quoted 43 of the 63 questions of tvisa-dev, this one 47 (docs/tried.md,
"Answers")."""
_MOST_STATEMENTS = 8
"""Statements of an answer; measured with the budget of words."""
_CLOSE, _FAR = 0.75, 0.7
"""Shares of the best score from which a further sentence is shown, and from which it is offered as more: at .75 and
.8 for the latter 51 and 48 questions were quoted, at .7 52 (docs/tried.md, "Answers")."""
_NEARLY = 0.92
"""Share of the best score from which sentences count as equally good, so that authority orders them. Set by hand; not
measured."""
_ALIKE = 0.85
"""Share of the best lead-in's score from which another of higher authority is taken. Set by hand; not measured."""
_REPEATS = 0.7
"""Share of the shorter of two sentences' terms from which they say the same. Set by hand; not measured."""
_LIMITS = re.compile(r"(?:However|But|Nevertheless|Nonetheless|Notwithstanding|Except|Unless|Provided)\b")


@dataclass(frozen=True, slots=True)
class _Group:
    """Quotations that are read together, the sentence for which they were chosen, and their length."""

    found: Evidence
    quotes: tuple[Quote, ...]
    words: int


def extract(
    index: HybridIndex, question: Question, evidence: Sequence[Evidence], first: Evidence | None = None
) -> list[Quote]:
    """Choose what to quote, in the order in which it reads best.

    A list question takes the best lead-in with all its items. Then come the best sentences, an item of a list behind
    its lead-in, and beside each the sentence of another source that differs from it. What is within
    ``SHOWN_WORDS`` and nearly as good as the best sentence comes first, higher authority first; the rest is "more".

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
            if candidate and len(groups) < _MOST_STATEMENTS:
                _add(index, groups, candidate)
    groups = groups or [_group(index, ranked[0], with_lead(index, ranked[0]))]
    shown, more = _divided(groups, best)
    if question.kind != "list":
        shown, over = _cut(index, shown)
        more = [*over, *more]
    pinned = groups[:1] if first or groups[0].found.leads else []
    quotes = [quote for group in _in_order(shown, pinned, best) for quote in group.quotes]
    rest = [quote for group in _in_order(more, pinned, best) for quote in group.quotes]
    return [*quotes, *(replace(quote, more=True) for quote in rest)]


def provision_quotes(hits: Sequence[Hit]) -> list[Quote]:
    """The text of provisions that a citation names: of each its own text, then its parts; more after a fair share."""
    quotes = []
    for hit in hits:
        words = 0
        for position, line in enumerate(re.finditer(r"[^\n]+", hit.text)):
            words += len(line.group().split())
            late = position > 0 and words > SHOWN_WORDS // len(hits)
            quotes.append(Quote(hit.span, hit.span.part(*line.span()), item=position > 0, more=late))
    return sorted(quotes, key=lambda quote: quote.more)


def _with_parts(index: HybridIndex, question: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence, behind its first sentence the one that holds the most of each part of a question with several."""
    query = question.query
    asked = [index.expand(query.text[start:end], query.cited_in(start, end)) for start, end in parts(query)]
    question_terms = [WeightedTerms(part, index.term_weight) for part in asked]
    near = [found for found in evidence if found.score >= _FAR * evidence[0].score]
    shares = [[part.share(set(terms(found.text))) for found in near] for part in question_terms]
    best = [near[share.index(max(share))] for share in shares]
    raised = [replace(found, score=max(found.score, _CLOSE * evidence[0].score)) for found in best]
    ordered: dict[tuple[Span, int], Evidence] = {}
    for found in (evidence[0], *raised, *evidence):
        ordered.setdefault((found.passage, found.span.start), found)
    return list(ordered.values())


def _list_first(index: HybridIndex, question: Question, ranked: Sequence[Evidence]) -> list[_Group]:
    """The list or the table that answers, as the first group; none when a sentence answers."""
    rows = announced_rows(index, ranked[0])
    if rows:
        own = _quote(ranked[0])
        return [_group(index, ranked[0], [own, *_limits(index, ranked[0]), *rows])]
    lead = _best_lead(question, ranked)
    if lead:
        items = list_items(index, lead)
        return [_group(index, lead, [_quote(lead), *items])] if items else []
    if question.kind != "list":
        return []
    near = (found for found in ranked if found.score >= _CLOSE * ranked[0].score)
    tables = ((found, table_rows(index, found, about=question.query.terms)) for found in near)
    return next(
        (
            [_group(index, found, [_quote(found), *rows])]
            for found, rows in tables if rows
        ),
        [],
    )  # fmt: skip


def _best_lead(question: Question, ranked: Sequence[Evidence]) -> Evidence | None:
    """The lead-in to answer with: for a list question the one of the highest authority of those that come near."""
    if question.kind != "list":
        return ranked[0] if ranked[0].leads else None
    near = [found for found in ranked if found.leads and found.score >= _CLOSE * ranked[0].score]
    alike = [found for found in near if found.score >= _ALIKE * near[0].score]
    return min(alike, key=lambda found: authority_of(found.kind).rank, default=None)


def _add(index: HybridIndex, groups: list[_Group], found: Evidence) -> None:
    """Add a sentence, or a lead-in with its list, unless it is quoted already, repeats one, or would be too much."""
    quoted = [quote.span for group in groups for quote in group.quotes]
    if any(found.span.within(span) for span in quoted) or any(_same(found, group) for group in groups):
        return
    if found.leads:
        items = list_items(index, found)
        if not items:
            return
        quotes = [_quote(found), *items]
    else:
        behind = (*_limits(index, found), *announced_rows(index, found))
        quotes = [*with_lead(index, found), *(quote for quote in behind if quote.span not in quoted)]
    group = _group(index, found, quotes)
    first = group.quotes[0].span
    for number, other in enumerate(groups):
        if len(group.quotes) > 1 and group.quotes[1].item and other.quotes[0].span == first:
            groups[number] = _group(index, other.found, _items_in_order(other.quotes, group.quotes[1]))
            return
    # A long list leaves room for what another source says of its matter.
    if sum(min(other.words, SHOWN_WORDS) for other in groups) + group.words <= MOST_WORDS or not groups:
        groups.append(group)


def _limits(index: HybridIndex, found: Evidence) -> list[Quote]:
    """The sentence behind another one that limits it ("However, …"): a rule is not quoted without it."""
    text, behind = index.passage(found.passage).text, found.span.end - found.passage.start
    return [
        Quote(found.passage, found.passage.part(start, end))
        for start, end in sentence_spans(text)
        if start >= behind and not text[behind:start].strip() and "\n" not in text[behind:start]
        and _LIMITS.match(text[start:end])
    ]  # fmt: skip


def _divided(groups: Sequence[_Group], best: float) -> tuple[list[_Group], list[_Group]]:
    """The groups that are shown at once, and those that are more."""
    shown, more, words = [], [], 0
    for position, group in enumerate(groups):
        fits = words + group.words <= SHOWN_WORDS and group.found.score >= _CLOSE * best
        if position == 0 or fits:
            shown.append(group)
            words += group.words
        else:
            more.append(group)
    return shown, more


def _cut(index: HybridIndex, shown: Sequence[_Group]) -> tuple[list[_Group], list[_Group]]:
    """A list for which nobody asked, cut after ``SHOWN_WORDS``: the groups shown, and the rest of its items."""
    first, words, count = shown[0], 0, 0
    for quote in first.quotes:
        words += _words(index, quote)
        if count and words > SHOWN_WORDS:
            break
        count += 1
    if count == len(first.quotes):
        return list(shown), []
    parts = (_group(index, first.found, quotes) for quotes in (first.quotes[:count], first.quotes[count:]))
    whole, rest = parts
    return [whole, *shown[1:]], [rest]


def _in_order(groups: Sequence[_Group], pinned: Sequence[_Group], best: float) -> list[_Group]:
    """Groups as they read best: equally good ones by authority, and those of one passage together in its order."""
    heads = {group.found for group in pinned}

    def weight(group: _Group) -> tuple[bool, bool, int]:
        found = group.found
        return found not in heads, found.score < _NEARLY * best, authority_of(found.kind).rank

    ordered = sorted(groups, key=weight)
    first = {group.found.passage: position for position, group in reversed(list(enumerate(ordered)))}
    return sorted(ordered, key=lambda group: (first[group.found.passage], group.found.span.start))


def _group(index: HybridIndex, found: Evidence, quotes: Sequence[Quote]) -> _Group:
    return _Group(found, tuple(quotes), sum(_words(index, quote) for quote in quotes))


def _quote(found: Evidence) -> Quote:
    return Quote(found.passage, found.span)


def _words(index: HybridIndex, quote: Quote) -> int:
    return len(index.store.text(quote.span).split())


def _items_in_order(quotes: Sequence[Quote], new: Quote) -> list[Quote]:
    """A lead-in with its items, a new one among them, as they stand in the document."""
    lead, *items = quotes
    return [lead, *sorted([*items, new], key=lambda quote: quote.span.start)]


def _same(found: Evidence, group: _Group) -> bool:
    """Whether a sentence says the same as that of a group in nearly the same terms; "must" and "need not" differ."""
    mine, yours = found.text, group.found.text
    one, other = set(terms(mine)), set(terms(yours))
    alike = len(one & other) >= _REPEATS * min(len(one), len(other))
    return alike and modalities(mine) == modalities(yours) and not any(difference(mine, yours))
