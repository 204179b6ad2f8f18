"""What a citation or a span names: its text, dates and status, or that these documents lack it, and what is nearest."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

from editor_notes.printing import put_notes
from editor_notes.shown import editor_notes
from index.provisions import provision
from index.records import Provision
from index.search import HybridIndex
from operations.checked import nearest_names
from operations.locating.each import LocatedCitation, State, locate_each, locate_literally, state_of, stood_before
from operations.locating.reading import read_citations
from operations.locating.words import said_of
from pinpoint.commands import to_json
from pinpoint.errors import BadRequest
from pinpoint.records import Filters, Span
from pinpoint.text import listed, plural

States = Literal[
    "found", "replaced", "not yet in force", "no text of that day", "ambiguous", "above", "absent", "mixed"
]
"""As ``State``; "mixed" of several citations that lead to different things."""
_WORDS = "Other words than citations, and operators, are not read here; search finds words."


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What a citation or a span leads to on a day.

    Attributes:
        citation: As it was read, in its cited form; all of them where several are named.
        state: What it leads to; "mixed" where several lead to different things.
        citations: The same of each citation by itself.
        found: The texts, what the citation names first and behind it what holds its text now.
        notes: How they were found, in plain sentences.
        nearest: Where nothing or only what is above it is found: what these documents have beside it.
    """

    in_words: str
    citation: str
    as_of: date
    state: States
    citations: tuple[LocatedCitation, ...]
    found: tuple[Provision, ...] = ()
    notes: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    json_fields: ClassVar[dict[str, str]] = {
        name: name for name in ("in_words", "citation", "as_of", "state", "citations", "found", "notes", "nearest")
    }


def located(index: HybridIndex, text: str, as_of: date) -> Located:
    """What a citation in any spelling leads to, a span in its text form, or a document by its id or file.

    Each citation of a text is looked up by itself, whatever stands between them.

    Raises:
        BadRequest: It is none of these.
    """
    span = _as_span(index, text)
    if isinstance(span, Span):
        return _of_span(index, text, span, as_of)
    read = read_citations(index, text)
    if literal := index.resolver.typed(text, read.citations, Filters(as_of, any_date=True)):
        return _together(as_of, [locate_literally(index, text, literal, as_of)])
    if read.citations:
        notes = [_WORDS] if read.has_other_words else []
        if read.count > len(read.citations):
            notes.append(f"{read.count} provisions are cited; the first {len(read.citations)} of them were looked up.")
        return _together(as_of, locate_each(index, text, read, as_of), notes)
    if span:
        near = tuple(nearest_names(text.strip().rpartition(":")[0], index.documents))
        return _together(as_of, [LocatedCitation(in_words=span, citation=text.strip(), state="absent", nearest=near)])
    raise BadRequest("citation", _no_citation(index, text))


def located_values(index: HybridIndex, result: Located) -> dict[str, Any]:
    """The JSON values of what a citation leads to, the notes of the editor beside each text."""
    values: dict[str, Any] = to_json(result)
    put_notes(editor_notes(index), values["found"], result.found)
    return values


def _together(as_of: date, each: list[LocatedCitation], notes: list[str] | None = None) -> Located:
    states = {one.state for one in each}
    count = [f"{len(each)} citations are located."] if len(each) > 1 else []
    texts = {(text.whole, text.section, text.note): text for one in each for text in one.found}
    notes = notes or []
    return Located(
        in_words=" ".join([*count, *notes, *(one.in_words for one in each)]),
        citation=listed([one.citation for one in each]),
        as_of=as_of,
        state=states.pop() if len(states) == 1 else "mixed",
        citations=tuple(each),
        found=tuple(texts.values()),
        notes=tuple(dict.fromkeys([*notes, *(note for one in each for note in one.notes)])),
        nearest=tuple(dict.fromkeys(name for one in each for name in one.nearest)),
    )


def _as_span(index: HybridIndex, text: str) -> Span | str:
    """The span of a text form or of a whole document; a sentence for a span of no document, "" for any other text."""
    name = text.strip()
    if name in index.documents:
        return index.store.section(name, 0).span
    files = [one.id for one in index.documents.values() if one.file == name]
    if files:
        return index.store.section(files[0], 0).span
    try:
        span = Span.parse(name)
    except KeyError:
        return ""
    if span.document_id not in index.documents:
        return "The span is of no document that is among these documents."
    return span


def _of_span(index: HybridIndex, text: str, span: Span, as_of: date) -> Located:
    whole = index.store.section(span.document_id, 0).span
    if not span.start < span.end <= whole.end:
        said = f"{span} is no span of the document, whose text has {whole.end:,} characters."
        one = LocatedCitation(in_words=said, citation=text.strip(), state="absent", nearest=(str(whole),))
        return _together(as_of, [one])
    section = index.store.deepest(span)
    found = [provision(index, span, as_of, section)]
    found += [
        provision(index, one.span, as_of, one, note=f"Holds since then what was {section.citation}.")
        for one in index.crosswalk.successors(section, Filters(as_of))
    ]
    state: State = "replaced" if len(found) > 1 else state_of(found)
    if state == "not yet in force":
        found += stood_before(index, [section], as_of)
    said = said_of(state, str(span), found, (), ())
    one = LocatedCitation(in_words=said, citation=str(span), state=state, found=tuple(found))
    return _together(as_of, [one])


def _no_citation(index: HybridIndex, text: str) -> str:
    names = {one.id for one in index.documents.values()} | {one.cited_as for one in index.documents.values()}
    close = nearest_names(text.strip(), filter(None, names))
    nearest = f" Nearest names of documents: {'; '.join(close)}." if close else ""
    return (
        f"citation: the {plural(len(text), 'character')} given are not read as a citation. Give one such as "
        "8 CFR 214.202(c), a span such as my-document:120-340, or the id of a document; to find words, search."
        f"{nearest}"
    )
