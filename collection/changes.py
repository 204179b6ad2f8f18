"""Excerpts compared with the documents in use: still there, moved, in other words, replaced, or gone.

An excerpt is looked for in its own document first, at its section and then anywhere, and then under its citation in
the other documents. Two texts are versions of one another from the likeness on that
``index.documents.crosswalk`` asks for.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from citations.parse import ancestors, parse_citations
from collection.excerpts import stands
from collection.records import Excerpt
from index.documents.comparison import Change as Run
from index.documents.comparison import changed_words
from index.documents.crosswalk import ALIKE
from index.documents.sentences import sentence_spans
from index.documents.similarity import similarity
from index.query.analyzer import terms
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters, Span
from pinpoint.stored import StoredSection
from pinpoint.text import day

Kind = Literal["unchanged", "moved", "changed", "replaced", "gone", "unverified"]
FLAGGED: tuple[Kind, ...] = ("changed", "replaced", "gone", "unverified")
NEVER_VERIFIED = "From a file, never verified here"
_WIDEST = 300_000
"""Characters of a section that are read for the text most like an excerpt: those around where it stood.

Set by hand; not measured.
"""
_SENTENCES_MORE = 4
"""Sentences by which a changed text may be longer than the excerpt. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of an excerpt since it was saved.

    Attributes:
        sentence: What happened, in plain words; "" when nothing did.
        now: Where the text stands in the documents in use, or what replaces it; None when nothing does.
        words: The saved text and the one of today with the words that were removed and added; () when they are alike.
    """

    kind: Kind
    sentence: str = ""
    now: Hit | None = None
    words: tuple[tuple[Run, str], ...] = ()


def compare_excerpt(index: HybridIndex, excerpt: Excerpt, today: date) -> Change:
    """Compare an excerpt with the documents in use, on a day; one that only a file claims is "unverified"."""
    found = _compared(index, excerpt, today)
    return found if excerpt.checked else _claimed(found)


def confirmed_now(excerpt: Excerpt, change: Change) -> bool | None:
    """Tell whether a second reading of the page sees the words of an excerpt, None when there was none.

    It is that of the page where these very words stand now; of what only replaces them, or is like them, it would say
    nothing of them. Of an excerpt that only a file claims nothing is known.
    """
    if not excerpt.checked:
        return None
    stands_now = change.now is not None and change.now.text == excerpt.text
    return change.now.confirmed if change.now is not None and stands_now else excerpt.confirmed


def standing(index: HybridIndex, excerpt: Excerpt, today: date) -> Hit:
    """An excerpt that stands in the documents in use, with its status on a day."""
    return _hit(index, excerpt.span, today)


def standing_at(index: HybridIndex, excerpt: Excerpt, today: date) -> Hit | None:
    """Find the very words of an excerpt: in its document, else under its citation in others; None for nowhere.

    It rests on the words alone: of the document, the section and the offsets that the excerpt names, none has to be
    right.
    """
    here = _verbatim_here(index, excerpt) if excerpt.document_id in index.documents else None
    if here:
        return _hit(index, here, today)
    for section in _sections_elsewhere(index, excerpt, today):
        span = _verbatim(index, excerpt, section)
        if span:
            return _hit(index, span, today)
    return None


def _claimed(found: Change) -> Change:
    """The change that is reported of an excerpt that only a file claims."""
    under = found.now.section if found.now else ""
    said = {
        "unchanged": f"The documents in use have these words under {under}; what else the file says is not verified.",
        "moved": f"The documents in use have these words under {under}; what else the file says is not verified.",
        "changed": f"{under} reads differently in the documents in use.",
        "replaced": f"What comes nearest in the documents in use is {under}." if under else "",
    }.get(found.kind, "The documents in use do not hold these words where the file says.")
    return Change("unverified", f"{NEVER_VERIFIED}. {said}".strip(), found.now, found.words)


def _compared(index: HybridIndex, excerpt: Excerpt, today: date) -> Change:
    found = _found(index, excerpt, today)
    if found is None:
        return _elsewhere(index, excerpt, today)
    if found.now is None or found.kind == "changed":
        return found
    return _replaced(index, excerpt, found.now, today) or found


def _found(index: HybridIndex, excerpt: Excerpt, today: date) -> Change | None:
    """The excerpt in its own document; None when the document, or anything like the text under its section, is not."""
    if excerpt.document_id not in index.documents:
        return None
    if stands(index, excerpt):
        now = _hit(index, excerpt.span, today)
        return _moved(excerpt, now) if now.section != excerpt.section else Change("unchanged", now=now)
    span = _verbatim_here(index, excerpt)
    if span:
        return _moved(excerpt, _hit(index, span, today))
    sections = index.store.with_citation(excerpt.document_id, excerpt.section)
    return _changed(index, excerpt, sections, today)


def _moved(excerpt: Excerpt, now: Hit) -> Change:
    if now.document_id != excerpt.document_id:
        where = f"It stands in {now.title} now, word for word, under {now.section}."
    elif now.section != excerpt.section:
        where = f"It stands word for word under {now.section} now."
    else:
        where = "It stands word for word at another place of the document now."
    return Change("moved", where, now)


def _changed(index: HybridIndex, excerpt: Excerpt, sections: Iterable[StoredSection], today: date) -> Change | None:
    """The text most like the excerpt in sections; None where nothing is like it."""
    spans = [(section, *_nearest(index, excerpt, section)) for section in sections]
    alike = [(score, section, span) for section, score, span in spans if score >= ALIKE]
    if not alike:
        return None
    _, section, span = max(alike, key=lambda one: one[0])
    now = _hit(index, span, today)
    where = f" in {now.title}" if now.document_id != excerpt.document_id else ""
    words = changed_words(excerpt.text, now.text)
    return Change("changed", f"{section.citation} reads differently{where} than when you saved it.", now, words)


def _replaced(index: HybridIndex, excerpt: Excerpt, standing: Hit, today: date) -> Change | None:
    """The change of text that stands as it was and is no longer in force; None where it is."""
    if standing.in_force or standing.effective_to is None or today < standing.effective_to:
        return None
    section = index.store.deepest(standing.span)
    successor = index.crosswalk.moved_to(section)
    since = f" since {day(standing.effective_to)}"
    late = excerpt.effective_to is not None and excerpt.effective_to <= excerpt.saved
    known = " It was out of force when you saved it." if late else ""
    if not successor:
        return Change("replaced", f"No longer in force{since}.{known}", standing)
    return _successor(index, excerpt, successor, f"Not in force{since}; replaced by {successor}.{known}", today)


def _elsewhere(index: HybridIndex, excerpt: Excerpt, today: date) -> Change:
    """The excerpt under its citation in other documents, or where the crosswalk says that it went."""
    here = excerpt.document_id in index.documents
    missing = (
        f"{excerpt.section} of {excerpt.title} no longer holds this text or anything like it."
        if here
        else f"{excerpt.title} is no longer among the documents in use."
    )
    for citation in parse_citations(excerpt.section)[:1]:
        sections = _sections_elsewhere(index, excerpt, today)
        for section in sections:
            span = _verbatim(index, excerpt, section)
            if span:
                now = _hit(index, span, today)
                moved = _replaced(index, excerpt, now, today) or _moved(excerpt, now)
                return Change(moved.kind, f"{missing} {moved.sentence}", moved.now, moved.words)
        changed = _changed(index, excerpt, sections, today)
        if changed:
            return Change("changed", f"{missing} {changed.sentence}", changed.now, changed.words)
        lines = [str(level) for level in ancestors(citation)]
        entries = [entry for entry in index.crosswalk.entries if entry.old in lines and entry.effective <= today]
        for entry in sorted(entries, key=lambda entry: lines.index(entry.old)):
            sentence = f"{missing} Replaced on {day(entry.effective)} by {entry.new}."
            found = _successor(index, excerpt, entry.new, sentence, today)
            if found.now:
                return found
    return Change("gone", missing)


def _successor(index: HybridIndex, excerpt: Excerpt, successor: str, sentence: str, today: date) -> Change:
    """The part most like an excerpt of the provision that replaces it."""
    named = parse_citations(successor)
    sections = index.resolver.named(named[:1], Filters(today))
    if not sections:
        return Change("replaced", sentence)
    below = index.store.descendants(sections[0])
    # The most alike paragraph; the provision as a whole where the excerpt is more than one paragraph of it.
    parts = [(similarity(excerpt.text, index.store.own_text(part)), -n, part.own_span) for n, part in enumerate(below)]
    score, span = _nearest(index, excerpt, sections[0])
    best = max(parts)
    if best[0] >= score:
        span = best[2]
    if max(score, best[0]) < ALIKE:
        return Change("replaced", sentence, _hit(index, sections[0].span, today))
    now = _hit(index, span, today)
    return Change("replaced", sentence, now, changed_words(excerpt.text, now.text.strip()))


def _hit(index: HybridIndex, span: Span, today: date) -> Hit:
    """A span of a document, however long, with its address, dates and status."""
    source = index.locate(span, today)
    return Hit(source=source, rank=1, score=0.0, text=index.store.text(span), note=source.note)


def _sections_elsewhere(index: HybridIndex, excerpt: Excerpt, today: date) -> list[StoredSection]:
    """The sections of other documents that bear the citation of an excerpt."""
    return [
        section
        for citation in parse_citations(excerpt.section)[:1]
        for section in index.resolver.exactly(citation, Filters(today, any_date=True))
        if section.document_id != excerpt.document_id
    ]


def _verbatim_here(index: HybridIndex, excerpt: Excerpt) -> Span | None:
    """The span of an excerpt word for word in its own document: where it was, in its section, or anywhere."""
    if stands(index, excerpt):
        return excerpt.span
    sections = index.store.with_citation(excerpt.document_id, excerpt.section)
    spans = (_verbatim(index, excerpt, section) for section in (*sections, index.store.section(excerpt.document_id, 0)))
    return next((span for span in spans if span), None)


def _verbatim(index: HybridIndex, excerpt: Excerpt, section: StoredSection) -> Span | None:
    position = index.store.text(section.span).find(excerpt.text)
    return section.span.part(position, position + len(excerpt.text)) if position >= 0 else None


def _nearest(index: HybridIndex, excerpt: Excerpt, section: StoredSection) -> tuple[float, Span]:
    """The run of whole sentences of a section that shares most with an excerpt, after its likeness (Dice 1945)."""
    begin, end = section.start, section.end
    if end - begin > _WIDEST:
        begin = min(max(begin, excerpt.start - _WIDEST // 2), end - _WIDEST)
        end = begin + _WIDEST
    whole = Span(section.document_id, begin, end)
    within = index.store.text(whole)
    spans = sentence_spans(within)
    counted = [Counter(terms(within[first:last])) for first, last in spans]
    own = Counter(terms(excerpt.text))
    longest = len(sentence_spans(excerpt.text)) + _SENTENCES_MORE
    best = (0.0, whole)
    for first, opening in enumerate(counted):
        if opening.keys().isdisjoint(own):
            continue
        run: Counter[str] = Counter()
        for last in range(first, min(first + longest, len(spans))):
            run += counted[last]
            total = run.total() + own.total()
            score = 2 * (run & own).total() / total if total else 0.0
            if score > best[0]:
                best = (score, whole.part(spans[first][0], spans[last][1]))
    return best
