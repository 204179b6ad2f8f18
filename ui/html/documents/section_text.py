"""The text of a section in place: paragraphs with their pinpoints, tables, footnotes, links, page marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.documents.references import Footnote
from index.documents.span_names import span_name
from pinpoint.records import StoredSection
from pinpoint.text import escape
from ui.html.actions import collect_button, copy_button
from ui.html.annotate import Annotation, Insertion, annotate, without_overlaps
from ui.html.documents.defined_terms import Defined, term_annotations
from ui.html.documents.text_links import citation_annotations, footnote_annotations, marker_of, page_points
from ui.html.documents.view import View
from ui.state.navigation import Location, location_link

_DEEPEST, _LOWEST_HEADING = 6, 6
_ROWS = ("table_header", "table_row")
_LONG_NOTE = 280


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the document as it is shown.

    Attributes:
        kind: As ``ingest.records.BlockKind``.
        start: Half-open span in the document's text, cut to what is shown.
        end: See ``start``.
        level: Nesting of a list item, 0 for everything else.
        section: The section that it belongs to: the deepest that starts in its first half, else the one around it.
        outer: The first section that starts in it, else the one around it; it says how far the part is set in.
        own: Whether ``section`` starts here.
    """

    kind: str
    start: int
    end: int
    level: int
    marker: str
    section: StoredSection
    outer: StoredSection
    own: bool


@dataclass(frozen=True, slots=True)
class _Annotations:
    """What is annotated into the text of the whole span."""

    citations: tuple[Annotation, ...]
    pages: tuple[Insertion, ...]
    terms: tuple[Defined, ...]
    marks: tuple[tuple[int, int], ...]
    notes: dict[int, tuple[list[Annotation], list[Footnote]]]


def section_text(view: View, terms: Sequence[Defined] = ()) -> str:
    """The shown span as HTML.

    Args:
        view: What is shown.
        terms: Defined terms that are linked to the list of definitions.
    """
    parts = parts_of(view)
    start, end = view.window.start, view.window.end
    notes = {part.start: footnote_annotations(view, part.start, part.end) for part in parts if part.kind != "footnote"}
    notes_and_links = _Annotations(
        tuple(citation_annotations(view, start, end)),
        tuple(page_points(view, start, end)),
        tuple(terms),
        (view.passage,) if view.passage else (),
        notes,
    )
    fresh = _first_references(notes)
    in_position = {note.start for found in fresh.values() for note in found}
    html: list[str] = []
    for kind, group in groupby(parts, key=_grouped):
        run = list(group)
        below = {part.start: "".join(footnote(view, note) for note in fresh.get(part.start, ())) for part in run}
        if kind == "table":
            html += [*_tables(view, run, notes_and_links), *below.values()]
        elif kind == "list":
            html += [
                '<ul class="pp-list">',
                *(_item(view, part, notes_and_links, below[part.start]) for part in run),
                "</ul>",
            ]
        else:
            html += [_single(view, part, notes_and_links, in_position) + below[part.start] for part in run]
    return _marked_once("".join(html))


def _first_references(notes: dict[int, tuple[list[Annotation], list[Footnote]]]) -> dict[int, list[StoredSection]]:
    """The footnotes that stand below each part: those that no part before it refers to."""
    seen: set[int] = set()
    first: dict[int, list[StoredSection]] = {}
    for start, (_, found) in notes.items():
        first[start] = [note.section for note in found if note.section.number not in seen]
        seen.update(note.section.number for note in found)
    return first


def parts_of(view: View) -> list[Part]:
    """The blocks of the shown span, cut to it, without the heading that stands above the text already."""
    start, end, top = view.window.start, view.window.end, view.window.top
    found = []
    for block in view.index.store.blocks(view.document.id):
        kind, begin, last = block.kind, max(block.start, start), min(block.end, end)
        if begin >= last:
            continue
        if kind == "heading" and begin == top.start and top.heading and top.kind == "heading":
            continue
        if view.text(begin, last).strip():
            section, outer, own = _owner(view, kind, begin, last)
            level = block.level if kind == "list_item" else 0
            found.append(Part(kind, begin, last, level, block.marker, section, outer, own))
    return found


def indent_of(view: View, part: Part) -> int:
    """How far a part is set in: by its paragraph below the shown section, and as a list item by its nesting."""
    top = view.window.top
    inner = [
        above for above in view.contents.line(part.outer) if above.kind == "provision" and above.number > top.number
    ]
    deeper = part.level if part.kind == "list_item" and not part.own else 0
    base = 1 if top.kind != "provision" and inner else 0
    return min(len(inner) - base + deeper, _DEEPEST)


def tools(view: View, part: Part) -> str:
    """The buttons of a part: copy its citation or its address, collect it."""
    name = part.section.citation
    start = max(part.section.start, part.start) if part.own else part.start
    location = view.location(part.section) if part.own else _span_location(view, part)
    buttons = (
        copy_button("Copy citation", view.cited(part.section, start), label=f"Copy citation of {name}")
        + copy_button("Copy link", view.whole_address(location), label=f"Copy link to {name}")
        + collect_button(view.document.id, start, view.text(start, part.end), label=f"Collect from {name}")
    )
    style = "pp-cite" if part.own else "pp-cite pp-repeated"
    return f'<p class="pp-tools"><span class="{style}">{escape(name)}</span> {buttons}</p>'


def _grouped(part: Part) -> str:
    """What is drawn as one: the rows of a table, the items of a list, any other part alone."""
    if part.kind in _ROWS:
        return "table"
    return "list" if part.kind == "list_item" and not part.own else str(part.start)


def _owner(view: View, kind: str, start: int, end: int) -> tuple[StoredSection, StoredSection, bool]:
    middle = start + (end - start + 1) // 2
    starting = [
        section
        for section in view.contents.starting(start, max(middle, start + 1))
        if kind in ("heading", "footnote") or section.kind not in ("heading", "footnote")
    ]
    if starting:
        return starting[-1], starting[0], True
    around = view.contents.deepest(start, end)
    return around, around, False


def _single(view: View, part: Part, notes_and_links: _Annotations, in_position: set[int]) -> str:
    if part.kind == "footnote":
        return "" if part.section.start in in_position else _lone_note(view, part, notes_and_links)
    inner = _inner(view, part, notes_and_links)
    if part.kind == "heading":
        depth = view.contents.depth(part.section) - view.contents.depth(view.window.top)
        level = min(2 + max(depth, 1), _LOWEST_HEADING)
        return (
            f'<div class="pp-para pp-head"{_id(view, part)}><h{level}>{inner}</h{level}>'
            f"{_heading_tools(view, part)}</div>"
        )
    return (
        f'<div class="pp-para pp-in-{indent_of(view, part)}{_chosen(view, part)}"{_id(view, part)}><p>{inner}</p>'
        f"{tools(view, part)}</div>"
    )


def _item(view: View, part: Part, notes_and_links: _Annotations, notes: str) -> str:
    return (
        f'<li class="pp-in-{indent_of(view, part)}"><div class="pp-para"{_id(view, part)}>'
        f"<p>{_inner(view, part, notes_and_links)}</p>{tools(view, part)}</div>{notes}</li>"
    )


def _inner(view: View, part: Part, notes_and_links: _Annotations) -> str:
    text = view.text(part.start, part.end)
    terms = term_annotations(notes_and_links.terms, text, part.start, part.section) if part.kind != "heading" else []
    return _annotated(
        text, part.start, [*notes_and_links.notes[part.start][0], *notes_and_links.citations, *terms], notes_and_links
    )


def _annotated(text: str, start: int, annotations: Sequence[Annotation], notes_and_links: _Annotations) -> str:
    end = start + len(text)
    inside = without_overlaps(
        annotation for annotation in annotations if start <= annotation.start and annotation.end <= end
    )
    return annotate(
        text, start, inside, [p for p in notes_and_links.pages if start <= p.at < end], notes_and_links.marks
    )


def _tables(view: View, rows: Sequence[Part], notes_and_links: _Annotations) -> Iterator[str]:
    """The tables in a run of rows; a header behind other rows begins another table."""
    tables: list[list[Part]] = []
    for row in rows:
        begins = row.kind == "table_header" and tables and tables[-1][-1].kind != "table_header"
        tables[-1].append(row) if tables and not begins else tables.append([row])
    for table in tables:
        wide = max(view.text(row.start, row.end).count(" | ") for row in table) + 1
        head = "".join(_row(view, row, wide, notes_and_links) for row in table if row.kind == "table_header")
        body = "".join(_row(view, row, wide, notes_and_links) for row in table if row.kind == "table_row")
        name = escape(f"Table in {table[0].section.citation}")
        whole = Part("table_row", table[0].start, table[-1].end, 0, "", table[0].section, table[0].section, own=False)
        yield (
            f'<div class="pp-para"{_id(view, whole)}><div class="pp-scroll" tabindex="0" role="region" '
            f'aria-label="{name}"><table class="pp-table pp-quoted"><thead>{head}</thead><tbody>{body}</tbody>'
            f"</table></div>{tools(view, whole)}</div>"
        )


def _row(view: View, row: Part, wide: int, notes_and_links: _Annotations) -> str:
    cells, location = [], row.start
    texts = view.text(row.start, row.end).split(" | ")
    for number, text in enumerate(texts):
        spread = f' colspan="{wide - number}"' if number == len(texts) - 1 and wide > len(texts) else ""
        inner = _annotated(
            text, location, [*notes_and_links.notes[row.start][0], *notes_and_links.citations], notes_and_links
        )
        tag = "th" if row.kind == "table_header" else "td"
        scope = ' scope="col"' if tag == "th" else ""
        cells.append(f"<{tag}{scope}{spread}>{inner}</{tag}>")
        location += len(text) + len(" | ")
    return f"<tr>{''.join(cells)}</tr>"


def footnote(view: View, note: StoredSection) -> str:
    """A footnote below the part that refers to it, a long one to unfold."""
    text = view.text(note.start, note.end).rstrip()
    marker = escape(marker_of(note))
    annotations = without_overlaps(citation_annotations(view, note.start, note.end))
    inner = (
        f"{annotate(text, note.start, annotations, (), (view.passage,) if view.passage else ())} "
        f'<span class="pp-tools pp-inline">{_note_tools(view, note, text)}</span>'
    )
    anchor = f'id="note-{note.start}" tabindex="-1"'
    if len(text) <= _LONG_NOTE or _covers(view, note.start, note.end):
        return (
            f'<div class="pp-footnote" role="note" aria-label="Footnote {marker}" {anchor}><sup>{marker}</sup> '
            f"{inner}</div>"
        )
    start = escape(text[: text.rfind(" ", 0, 80)])
    return (
        f'<details class="pp-footnote"><summary>Footnote {marker}: {start} \u2026</summary>'
        f'<div role="note" aria-label="Footnote {marker}" {anchor}>{inner}</div></details>'
    )


def _note_tools(view: View, note: StoredSection, text: str) -> str:
    name = note.citation
    return copy_button("Copy citation", view.cited(note), label=f"Copy citation of {name}") + collect_button(
        view.document.id, note.start, text, label=f"Collect {name}"
    )


def _lone_note(view: View, part: Part, notes_and_links: _Annotations) -> str:
    """A footnote that is not referred to in the shown text, with the way to the sentence that it belongs to."""
    note = view.index.references.footnote(part.section)
    inner = _annotated(view.text(part.start, part.end), part.start, notes_and_links.citations, notes_and_links)
    back = ""
    if note is not None and note.sentence is not None:
        home = view.contents.deepest(note.sentence.start, note.sentence.end)
        passage = span_name(note.sentence.start, view.index.store.text(note.sentence))
        where = Location(view.document.id, home.citation, passage, view.as_of)
        back = f" {location_link(where, 'Its sentence', label=f'The sentence that {part.section.citation} belongs to')}"
    return (
        f'<div class="pp-para pp-footnote{_chosen(view, part)}"{_id(view, part)}><p>'
        f"<sup>{escape(part.marker)}</sup> {inner}{back}</p>{tools(view, part)}</div>"
    )


def _heading_tools(view: View, part: Part) -> str:
    return tools(view, part) if part.own else ""


def _span_location(view: View, part: Part) -> Location:
    name = part.section.citation if part.section.parent >= 0 else ""
    return Location(view.document.id, name, span_name(part.start, view.text(part.start, part.end)), view.as_of)


def _covers(view: View, start: int, end: int) -> bool:
    return bool(view.passage and view.passage[0] < end and start < view.passage[1])


def _chosen(view: View, part: Part) -> str:
    chosen = view.window.chosen
    inside = chosen.start <= part.start < chosen.end or (part.own and chosen.number == part.section.number)
    return " pp-chosen" if inside and chosen.number != view.window.top.number else ""


def _id(view: View, part: Part) -> str:
    """The anchor of a part; the first one of the chosen section is where the page opens."""
    chosen = view.window.chosen
    if chosen.number != view.window.top.number and part.start <= chosen.start < part.end:
        return ' id="chosen" tabindex="-1"'
    return f' id="p-{part.start}"'


def _marked_once(html: str) -> str:
    """The first mark is where the page opens."""
    return html.replace("<mark>", '<mark id="passage" tabindex="-1">', 1)
