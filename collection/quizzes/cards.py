"""Cards to learn with, made from documents only: what is shown and what is revealed are verbatim.

A card asks for the meaning of a term that a document defines, or for the items of a list that a sentence leads into.
Cards that ask by citation are made in ``collection.quizzes.provisions``.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from answer.records import Evidence
from answer.statements.lists import list_items
from collection.changes import standing
from collection.citation_text import legal_form, status
from collection.excerpts import make_excerpt, stands
from collection.records import LONGEST_EXCERPT, Excerpt
from index.documents.citable import leads
from index.documents.sentences import sentence_spans
from index.query.abbreviations import find_abbreviations
from index.search import HybridIndex
from pinpoint.errors import ExcerptError
from pinpoint.records import Span
from pinpoint.stored import StoredSection
from pinpoint.text import NOT_CONFIRMED

MOST_CARDS = 60
"""Cards made from one document or collection; the first in its order. Set by hand; not measured."""
_ITEMS = range(2, 16)  # parts of a list that can be learnt; set by hand; not measured
_LONGEST_ANSWER = 2_500  # characters; set by hand; not measured
_TERM = r"[\"\u201c\u2018']?(?P<term>[A-Za-z(][^.,;:\"\u201c\u201d]{1,60}?)[\"\u201d\u2019']?,?"
_MEANS = re.compile(
    rf"^(?:\([A-Za-z0-9]{{1,5}}\)\s*)*(?:The term |(?=[\"\u201c\u2018']?[A-Z(])){_TERM}\s"
    r"(?:means|refers to|is defined as)\b(?! (?:that|and|or|of)\b)(?=,? \w)"
)
_NO_TERM = re.compile(
    r"^(?:This|That|It|These|Those|Which|What|They|He|She|Each|Such|Section|Paragraph)\b|"
    r"\b(?:a|all|an|and|any|as|both|by|her|his|its|no|not|of|or|other|such|that|the|their|these|this|those|what)$"
)
_DESIGNATOR = re.compile(r"^(?:\([A-Za-z0-9]{1,5}\)\s*)+")


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its answer.

    Attributes:
        task: What to do, in the program's words.
        shown: A term or a lead-in, verbatim; a text with its citations masked; or a citation.
        answer: The text that is revealed, with all that its citation needs.
        status: Whether that text is in force, in words and with the style of its badge.
        choices: Provisions to choose from, the answer among them; () where it has to be said.
    """

    kind: Literal["definition", "abbreviation", "list", "provision", "text"]
    task: str
    shown: str
    answer: Excerpt
    status: tuple[str, str] = ("", "")
    choices: tuple[Excerpt, ...] = ()

    @property
    def right(self) -> int:
        """Which of its choices is the answer, from 0."""
        return self.choices.index(self.answer)


def cards_of_collection(index: HybridIndex, excerpts: Iterable[Excerpt], today: date) -> tuple[Card, ...]:
    """Cards from what stands within saved excerpts; one that the documents in use no longer have gives none.

    Args:
        index: The documents in use.
        excerpts: What was saved.
        today: Day whose status the cards state.
    """
    cards = (
        card for excerpt in excerpts if stands(index, excerpt) for card in _cards(index, excerpt.span, excerpt.as_of)
    )
    return _first(index, cards, today)


def cards_of_document(index: HybridIndex, document_id: str, as_of: date) -> tuple[Card, ...]:
    """Cards from a document, in the order of its text, with its status on a day."""
    return _first(index, _cards(index, index.store.section(document_id, 0).span, as_of), as_of)


def shuffled(cards: Sequence[Card], seed: int) -> tuple[Card, ...]:
    """Cards, and the choices of each, in the order that a seed gives."""
    order = random.Random(seed)  # noqa: S311 - an order to learn in
    return tuple(
        replace(card, choices=tuple(order.sample(card.choices, len(card.choices))))
        for card in order.sample(list(cards), len(cards))
    )


def source_of(card: Card) -> str:
    """Citation of the answer, and whether its page does not confirm it."""
    return legal_form(card.answer) + (f" ({NOT_CONFIRMED})" if card.answer.confirmed is False else "")


def _first(index: HybridIndex, cards: Iterable[Card], today: date) -> tuple[Card, ...]:
    """The first cards, each question and each answer once; a defined term comes before its sentence elsewhere."""
    chosen: dict[tuple[str, str], Card] = {}
    for card in cards:
        chosen.setdefault((card.kind, card.shown.casefold()), card)
        if len(chosen) == MOST_CARDS:
            break
    return tuple(replace(card, status=status(standing(index, card.answer, today), today)) for card in chosen.values())


def _cards(index: HybridIndex, span: Span, as_of: date) -> Iterator[Card]:
    """Cards from a span of a document: in the order of the blocks of its text."""
    sections = {section.start: section for section in index.store.of_kind(span.document_id, "definition")}
    for block in index.store.blocks(span.document_id):
        whole = Span(span.document_id, block.start, block.end)
        if not whole.overlaps(span) or block.kind in ("heading", "table_header", "table_row"):
            continue
        shown = Span(span.document_id, max(block.start, span.start), min(block.end, span.end))
        section = sections.get(shown.start)
        if section and section.end <= span.end:
            yield from _defined(index, section, as_of)
        else:
            yield from _in_block(index, shown, as_of)
        yield from _listed(index, shown, span.end, as_of)


def _defined(index: HybridIndex, section: StoredSection, as_of: date) -> Iterator[Card]:
    term = section.heading.strip().rstrip(".:")
    answer = _answer(index, section.span, as_of)
    if term and answer:
        yield Card("definition", "What does this term mean?", term, answer)


def _in_block(index: HybridIndex, block: Span, as_of: date) -> Iterator[Card]:
    """Sentences of a block that say what a term means, and those that spell an abbreviation out."""
    text = index.store.text(block)
    for first, last in sentence_spans(text) if " " in text else ():
        sentence = text[first:last]
        means = _MEANS.match(sentence)
        term = means["term"].strip() if means else ""
        if term and not _NO_TERM.search(term) and not leads(sentence):
            answer = _answer(index, block.part(first, last), as_of)
            if answer:
                yield Card("definition", "What does this term mean?", term, answer)
        for found in find_abbreviations(sentence) if "(" in sentence else ():
            answer = _answer(index, block.part(first, last), as_of)
            if answer and found.short in sentence:
                yield Card("abbreviation", "What does this short form stand for?", found.short, answer)


def _listed(index: HybridIndex, block: Span, limit: int, as_of: date) -> Iterator[Card]:
    """The list that the last sentence of a block leads into, where all of it ends before ``limit``."""
    text = index.store.text(block)
    spans = sentence_spans(text) if leads(text) and text.rstrip().endswith((":", "\u2014", "\u2013")) else []
    if not spans:
        return
    lead = index.store.passage(block.part(*spans[-1]))
    found = Evidence(passage=lead.span, span=lead.span, kind="", text=lead.text, score=0.0, leads=True)
    items = [item.passage for item in list_items(index, found, None)]
    last = max((item.end for item in items), default=0)
    if not items or last > limit:
        return
    # A long paragraph of a list comes as its own text and its parts; what is asked for are the paragraphs.
    below = index.store.children(index.store.deepest(lead.span))
    count = sum(part.kind == "provision" and lead.end <= part.start < items[-1].end for part in below) or len(items)
    answer = _answer(index, Span(block.document_id, lead.start, last), as_of)
    if answer and count in _ITEMS and len(answer.text) > len(lead.text):
        yield Card("list", f"Complete this list. It has {count} parts.", _DESIGNATOR.sub("", lead.text), answer)


def _answer(index: HybridIndex, span: Span, as_of: date) -> Excerpt | None:
    """A span as an excerpt; None where it holds no text, or is too long to learn."""
    if span.end - span.start > min(_LONGEST_ANSWER, LONGEST_EXCERPT):
        return None
    try:
        return make_excerpt(index, span, as_of)
    except ExcerptError:
        return None
