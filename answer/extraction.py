"""From evidence to statements: whole lists with their lead-in, else the few best sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.evidence import leads
from answer.records import Evidence, Question
from index.authority import authority_of
from index.hybrid import HybridIndex
from index.records import Hit, Passage, StoredSection

MAX_WORDS = 120
_MAX_STATEMENTS = 4
_MAX_ITEMS = 24
_LEAST_ROWS = 3
_CLOSE = 0.82
"""Share of the best score from which a further sentence is worth showing."""
_NEARLY = 0.92
"""Share of the best score from which sentences count as equally good, so that authority orders them."""
_LONG_ITEM = 60
_ITEM_START = re.compile(r"^(?:\([a-zA-Z0-9]{1,5}\)|\d{1,2}\.|[a-z]\.)\s")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a passage chosen for the answer; ``item`` if it belongs to the list before it."""

    passage_id: str
    start: int
    end: int
    item: bool = False


def extract(index: HybridIndex, question: Question, evidence: Sequence[Evidence]) -> list[Quote]:
    """Choose what to quote, in the order in which it reads best.

    A list question takes the best lead-in with all its items. Anything else takes the best
    sentence, followed by others nearly as good while ``MAX_WORDS`` lasts, higher authority first.
    An item of a list is quoted behind its lead-in.
    """
    if not evidence:
        return []
    best = evidence[0]
    lead = _best_lead(question, evidence)
    if lead:
        items = list_items(index, lead)
        if items:
            others = [e for e in evidence if e.document_id != lead.document_id and e.score >= _NEARLY * best.score]
            rest = _others(index, others, best.score, words=60)
            return [Quote(lead.passage_id, lead.start, lead.end), *items, *rest]
    table = table_rows(index, best) if question.kind == "list" else []
    return [Quote(best.passage_id, best.start, best.end), *table] if table else _sentences(index, evidence)


def _sentences(index: HybridIndex, evidence: Sequence[Evidence]) -> list[Quote]:
    return _others(index, evidence, evidence[0].score, words=MAX_WORDS)


def table_rows(index: HybridIndex, evidence: Evidence) -> list[Quote]:
    """The rows of the table in whose section a sentence stands, header first; empty without a table of three rows."""
    passage = index.passage(evidence.passage_id)
    start, end = passage.start + evidence.start, passage.start + evidence.end
    section = index.provisions.finest(passage.document_id, start, end)
    rows = [
        index.provisions.cut(f"{passage.document_id}:{first}-{last}")
        for kind, first, last, _, _ in index.documents[passage.document_id].blocks
        if kind in ("table_header", "table_row") and section.start <= first and last <= section.own_end
    ]
    known = any(row.id == evidence.passage_id or row.start <= start < row.end for row in rows)
    return [_whole(row) for row in rows[:_MAX_ITEMS]] if len(rows) > _LEAST_ROWS and not known else []


def provision_quotes(index: HybridIndex, hit: Hit) -> list[Quote]:
    """The text of a provision that a citation names: its own text, then its parts."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", hit.text)]
    return [Quote(hit.passage_id, start, end, item=place > 0) for place, (start, end) in enumerate(lines)]


def list_items(index: HybridIndex, lead: Evidence) -> list[Quote]:
    """All items of the list that a sentence leads into, each with its own pinpoint; empty if there is none."""
    passage = index.passage(lead.passage_id)
    start, end = passage.start + lead.start, passage.start + lead.end
    section = index.provisions.finest(passage.document_id, start, end)
    parts = [part for part in index.provisions.children(section) if part.start >= end and part.kind == "provision"]
    if parts and section.own_end - end <= 2:  # noqa: PLR2004 - white space at most between lead-in and list
        return [quote for part in parts for quote in _provision_items(index, part)][:_MAX_ITEMS]
    return _block_items(index, passage, end)[:_MAX_ITEMS]


def _best_lead(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """The lead-in to answer with: the best sentence itself, or for a list question one that comes near."""
    if evidence[0].leads:
        return evidence[0]
    if question.kind != "list":
        return None
    near = (e for e in evidence if e.leads and e.score >= _CLOSE * evidence[0].score)
    return next(near, None)


def _provision_items(index: HybridIndex, part: StoredSection) -> list[Quote]:
    """A paragraph as one item; a long one as its own text and its parts."""
    whole = index.provisions.cut(f"{part.document_id}:{part.start}-{part.end}", part)
    below = [child for child in index.provisions.children(part) if child.kind == "provision"]
    if not below or len(whole.text.split()) <= _LONG_ITEM:
        return [_whole(whole)]
    own = index.provisions.cut(f"{part.document_id}:{part.start}-{part.own_end}", part)
    return [_whole(own), *(quote for child in below for quote in _provision_items(index, child))]


def _block_items(index: HybridIndex, passage: Passage, end: int) -> list[Quote]:
    """List items that follow a lead-in as blocks of their own, until the running text goes on."""
    document = index.documents[passage.document_id]
    items: list[Quote] = []
    for kind, start, block_end, _, _ in document.blocks:
        if start < end or block_end - start < 2:  # noqa: PLR2004
            continue
        cut = index.provisions.cut(f"{passage.document_id}:{start}-{block_end}")
        goes_on = bool(items) and cut.text[:1].islower()
        if kind == "heading" or (kind != "list_item" and not _ITEM_START.match(cut.text) and not goes_on):
            break
        items.append(_whole(cut))
    return items


def _whole(passage: Passage) -> Quote:
    text = passage.text
    return Quote(passage.id, len(text) - len(text.lstrip()), len(text.rstrip()), item=True)


def _others(index: HybridIndex, evidence: Sequence[Evidence], best: float, *, words: int) -> list[Quote]:
    """The best sentences nearly as good as the best one, without repeats, higher authority first."""
    chosen: list[Evidence] = []
    spent = 0
    for candidate in evidence:
        length = len(candidate.text.split())
        if candidate.score < _CLOSE * best or len(chosen) == _MAX_STATEMENTS:
            break
        if any(_same(candidate, other) for other in chosen) or (chosen and spent + length > words) or candidate.leads:
            continue
        chosen.append(candidate)
        spent += length
    chosen.sort(key=lambda e: (e.score < _NEARLY * best, authority_of(e.kind).rank))
    return [quote for candidate in chosen for quote in _with_lead(index, candidate)]


def _with_lead(index: HybridIndex, candidate: Evidence) -> list[Quote]:
    """A sentence; behind its lead-in if it is an item of a list that would not be understood alone."""
    own = Quote(candidate.passage_id, candidate.start, candidate.end)
    if not _ITEM_START.match(candidate.text) and candidate.text[:1].isupper():
        return [own]
    passage = index.passage(candidate.passage_id)
    start = passage.start + candidate.start
    section = index.provisions.finest(passage.document_id, start, passage.start + candidate.end)
    parent = index.provisions.section(section.document_id, section.parent) if section.parent >= 0 else section
    if parent.kind not in ("provision", "definition", "heading") or parent.start == section.start:
        return [own]
    above = index.provisions.cut(f"{parent.document_id}:{parent.start}-{parent.own_end}", parent)
    last = above.text.rstrip().rpartition("\n")[2]
    if not leads(last):
        return [own]
    at = above.text.rindex(last)
    return [Quote(above.id, at, at + len(last)), Quote(own.passage_id, own.start, own.end, item=True)]


def _same(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = set(one.text.lower().split()), set(other.text.lower().split())
    return len(a & b) >= 0.7 * min(len(a), len(b))
