"""The citations of hits, of an answer and of a collection, ready to be written into a file.

What was searched for is no part of any of them, and neither is a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from answer.issues.headings import by_subject, without_words
from answer.records import Answer
from citations.parse import parse_citations
from collection.changes import NEVER_VERIFIED, Change, confirmed_now
from collection.citation_text import legal_form
from collection.editing import groups
from collection.export.citation_lists.bluebook import bluebook_form
from collection.export.citation_lists.entries import CitedEntry, cleaned, keyed
from collection.export.citation_lists.whole import whole_texts
from collection.export.handout import citation_of, same_document, warning_of
from collection.export.still_standing import still_standing
from collection.records import Collection, Excerpt
from index.documents.authority import authority_of
from index.located import Located
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Source, Span
from pinpoint.text import NOT_CONFIRMED, worded

_LAWS = ("statute", "regulation")
_CODES = re.compile(r"(?:(?P<volume>\d+) )?(?P<container>CFR|U\.S\.C\.|USCIS-PM|FR|INA|TVPA)")
_IN_BRACKETS = re.compile(r"\(\w{1,6}\)")
_WRITTEN = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"(?:x{0,3}|xl|lx{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_CONTAINERS = {"CFR": "C.F.R.", "FR": "Fed. Reg."}


def cited_hits(index: HybridIndex, hits: Sequence[Hit], as_of: date) -> tuple[CitedEntry, ...]:
    """Hits in their order, with the day whose law was asked for."""
    return keyed(_located(index, hit, hit.rank, hit.text, hit.note, as_of) for hit in hits)


def cited_answer(index: HybridIndex, answer: Answer, *, with_question: bool = False) -> tuple[CitedEntry, ...]:
    """The quotations of an answer that still stand in the documents, in the order of its exported file.

    An item has the words that lead into it before it, and a row the head of its table.

    Args:
        index: The documents in use; they may be newer than the answer.
        answer: What was answered.
        with_question: Whether the words of a case under which a quotation stands are given; else "Issue 1".
    """
    standing = still_standing(index, answer)
    citations = {citation.marker: citation for citation in standing.citations}
    subjects = by_subject(standing.statements)
    neutral = without_words(about for about, _ in subjects)
    texts = whole_texts(index, standing.statements, citations)
    entries: list[CitedEntry] = []
    for about, statements in subjects:
        ordered = statements if any(name for name, _ in subjects) else sorted(statements, key=lambda one: one.more)
        for marker in (statement.citations[0] for statement in ordered):
            if marker not in texts:
                continue
            citation = citations[marker]
            entry = _located(index, citation, len(entries) + 1, texts[marker], citation.note, answer.as_of)
            entries.append(replace(entry, under=" ".join((about if with_question else neutral[about]).split())))
    return keyed(map(cleaned, entries))


def cited_collection(
    index: HybridIndex, collection: Collection, changes: Mapping[str, Change], made: date
) -> tuple[CitedEntry, ...]:
    """The excerpts of a collection with what became of each by its key, on the day of the export."""
    ordered = [excerpt for _, excerpts in groups(collection) for excerpt in excerpts]
    return keyed(
        _of_excerpt(index, excerpt, changes[excerpt.key], number, made)
        for number, excerpt in enumerate(ordered, start=1)
    )


def cited_spans(index: HybridIndex, spans: Sequence[Span], as_of: date) -> tuple[CitedEntry, ...]:
    """The texts of spans on a day, each with its citation; one citation is a list of one."""
    sources = [index.locate(span, as_of) for span in spans]
    return keyed(
        _entry(index, source, number, index.store.text(source.span), source.note, as_of, legal_form(source))
        for number, source in enumerate(sources, start=1)
    )


def _located(index: HybridIndex, found: Located, number: int, text: str, note: str, as_of: date) -> CitedEntry:
    return _entry(index, found.source, number, text, note, as_of, legal_form(found))


def _entry(index: HybridIndex, source: Source, number: int, text: str, note: str, as_of: date, full: str) -> CitedEntry:
    """What is said of a span of the documents in use."""
    document = index.documents[source.span.document_id]
    doubt = NOT_CONFIRMED.capitalize() + "." if source.confirmed is False else ""
    said = " ".join(part for part in (worded(note), doubt) if part)
    return _of_source(index, source, number, text, said, as_of, full, publisher=document.publisher, url=document.url)


def _of_source(  # noqa: PLR0913 - one a fact
    index: HybridIndex,
    source: Source,
    number: int,
    text: str,
    note: str,
    as_of: date,
    full: str,
    *,
    publisher: str,
    url: str,
) -> CitedEntry:
    container, volume, section = _of_code(source.section)
    return cleaned(
        CitedEntry(
            number=number,
            citation=source.section,
            bluebook=bluebook_form(index, source, publisher),
            full_citation=full,
            heading=heading_with_words(source.section_path) or source.title,
            document=source.title,
            document_id=source.span.document_id,
            publisher=publisher,
            kind=source.kind,
            authority=source.authority,
            law=source.kind in _LAWS,
            container=container,
            volume=volume,
            section=section,
            text=text,
            page=source.page_label,
            file_page=source.page,
            effective_from=source.effective_from,
            effective_to=source.effective_to,
            current_to=source.current_to,
            status=worded(source.status_text),
            note=note,
            url=url,
            as_of=as_of,
        )
    )


def _of_excerpt(index: HybridIndex, excerpt: Excerpt, change: Change, number: int, made: date) -> CitedEntry:
    """An excerpt as it was saved; its citation is that of where its words stand now, where they do."""
    stands = change.kind in ("unchanged", "moved") and change.now is not None
    source = change.now.source if stands and change.now is not None else _as_saved(excerpt)
    document = index.documents.get(source.span.document_id) if stands else None
    same = excerpt.checked and same_document(excerpt, change)
    publisher = document.publisher if document else excerpt.publisher
    url = document.url if document else excerpt.url if same else ""
    doubt = NOT_CONFIRMED.capitalize() + "." if confirmed_now(excerpt, change) is False else ""
    full = citation_of(excerpt, change, made)
    entry = _of_source(index, source, number, excerpt.text, doubt, made, full, publisher=publisher, url=url)
    never = "" if excerpt.checked else NEVER_VERIFIED
    return cleaned(
        replace(
            entry,
            under=excerpt.heading,
            own_note=excerpt.note,
            warning=warning_of(change),
            verified=excerpt.checked,
            status=entry.status if stands else never,
        )
    )


def _as_saved(excerpt: Excerpt) -> Source:
    """What an excerpt says of itself, where its words stand nowhere now."""
    return Source(
        span=excerpt.span,
        file=excerpt.file,
        title=excerpt.title,
        kind=excerpt.kind,
        section=excerpt.section,
        section_path=excerpt.section_path,
        page=excerpt.page,
        page_label=excerpt.page_label,
        effective_from=excerpt.effective_from,
        effective_to=excerpt.effective_to,
        authority=authority_of(excerpt.kind).label,
    )


def heading_with_words(headings: Sequence[str]) -> str:
    """The deepest heading that has a word besides its number; "" where none has."""
    found = (one for one in reversed(headings) if any(map(_is_word, _WRITTEN.findall(_IN_BRACKETS.sub(" ", one)))))
    return next(found, "")


def _is_word(text: str) -> bool:
    return len(text) > 1 and not _NUMERAL.fullmatch(text)


def _of_code(section: str) -> tuple[str, str, str]:
    """Code, volume and number within it of a cited form; "" each where it is of none."""
    cited = parse_citations(section)
    of = _CODES.fullmatch(cited[0].code) if cited and not cited[0].start else None
    if of is None:
        return "", "", ""
    number = str(cited[0]).removeprefix(cited[0].code).strip()
    return _CONTAINERS.get(of["container"], of["container"]), of["volume"] or "", number
