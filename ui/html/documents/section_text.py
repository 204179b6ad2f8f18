"""The text of a section as HTML: paragraphs with their pinpoints, tables, footnotes, links, page marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from collection.citation_text import footnote_text, with_quotation
from collection.clipboard import with_footnote
from index.documents.references import Footnote
from index.documents.span_names import span_name
from pinpoint.stored import StoredSection
from pinpoint.text import escape
from ui.html.actions import collect_button, copy_button
from ui.html.annotate import Annotation, Insertion, annotate, without_overlaps
from ui.html.documents.defined_terms import Defined, term_annotations
from ui.html.documents.footnotes import footnote
from ui.html.documents.parts import Part, indent_of, parts_of
from ui.html.documents.text_links import citation_annotations, footnote_annotations, page_marks, struck_words
from ui.html.documents.view import View
from ui.state.navigation import Location, location_link

_LOWEST_HEADING = 6  # h6 is the last that HTML has
_ROWS = ("table_header", "table_row")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Additions:
    """HTML and marks that are added to the text of the whole span."""

    citations: tuple[Annotation, ...]
    pages: tuple[Insertion, ...]
    struck: tuple[Insertion, ...]
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
    additions = _Additions(
        citations=tuple(citation_annotations(view, start, end)),
        pages=tuple(page_marks(view, start, end)),
        struck=tuple(struck_words(view, start, end)),
        terms=tuple(terms),
        marks=(view.passage,) if view.passage else (),
        notes=notes,
    )
    fresh = _first_references(notes)
    attached = {note.start for found in fresh.values() for note in found}
    html: list[str] = []
    for kind, group in groupby(parts, key=_grouped):
        run = list(group)
        below = {part.start: "".join(footnote(view, note) for note in fresh.get(part.start, ())) for part in run}
        if kind == "table":
            html += [*_tables(view, run, additions), *below.values()]
        elif kind == "list":
            html += [
                '<ul class="pp-list">',
                *(_item(view, part, additions, below[part.start]) for part in run),
                "</ul>",
            ]
        else:
            html += [_single(view, part, additions, attached) + below[part.start] for part in run]
    return _marked_once("".join(html))


def _first_references(notes: dict[int, tuple[list[Annotation], list[Footnote]]]) -> dict[int, list[StoredSection]]:
    """The footnotes that stand below each part: those that no part before it refers to."""
    seen: set[int] = set()
    first: dict[int, list[StoredSection]] = {}
    for start, (_, found) in notes.items():
        first[start] = [note.section for note in found if note.section.number not in seen]
        seen.update(note.section.number for note in found)
    return first


def tools(view: View, part: Part) -> str:
    """The buttons of a part: copy its citation or its address, collect it."""
    name = part.section.citation
    start = max(part.section.start, part.start) if part.own else part.start
    location = view.location(part.section) if part.own else _span_location(view, part)
    text = view.text(start, part.end)
    buttons = (
        copy_button("Copy citation", view.cited(part.section, start), label=f"Copy citation of {name}")
        + _with_quotation(view, part, start, text.strip())
        + copy_button("Copy link", view.whole_address(location), label=f"Copy link to {name}")
        + collect_button(view.document.id, start, text, label=f"Collect from {name}")
    )
    style = "pp-cite" if part.own else "pp-cite pp-repeated"
    return f'<p class="pp-tools"><span class="{style}">{escape(name)}</span> {buttons}</p>'


def _with_quotation(view: View, part: Part, start: int, text: str) -> str:
    source = view.source(part.section, start)
    rich = with_footnote(text, footnote_text(source, view.document.publisher), view.document.url)
    quoted = with_quotation(text, source, view.document.url)
    return copy_button("Copy with quotation", quoted, label=f"Copy with quotation: {part.section.citation}", rich=rich)


def _grouped(part: Part) -> str:
    """Key of the parts that are drawn as one: the rows of a table, the items of a list, any other part alone."""
    if part.kind in _ROWS:
        return "table"
    return "list" if part.kind == "list_item" and not part.own else str(part.start)


def _single(view: View, part: Part, additions: _Additions, attached: set[int]) -> str:
    if part.kind == "footnote":
        return "" if part.section.start in attached else _lone_note(view, part, additions)
    inner = _inner(view, part, additions)
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


def _item(view: View, part: Part, additions: _Additions, notes: str) -> str:
    return (
        f'<li class="pp-in-{indent_of(view, part)}"><div class="pp-para"{_id(view, part)}>'
        f"<p>{_inner(view, part, additions)}</p>{tools(view, part)}</div>{notes}</li>"
    )


def _inner(view: View, part: Part, additions: _Additions) -> str:
    text = view.text(part.start, part.end)
    terms = term_annotations(additions.terms, text, part.start, part.section) if part.kind != "heading" else []
    return _annotated(text, part.start, [*additions.notes[part.start][0], *additions.citations, *terms], additions)


def _annotated(text: str, start: int, annotations: Sequence[Annotation], additions: _Additions) -> str:
    end = start + len(text)
    inside = without_overlaps(
        annotation for annotation in annotations if start <= annotation.start and annotation.end <= end
    )
    inserted = [page for page in additions.pages if start <= page.at < end]
    inserted += [words for words in additions.struck if start <= words.at <= end]
    return annotate(text, start, inside, inserted, additions.marks)


def _tables(view: View, rows: Sequence[Part], additions: _Additions) -> Iterator[str]:
    """The tables in a run of rows; a header behind other rows begins another table."""
    tables: list[list[Part]] = []
    for row in rows:
        begins = row.kind == "table_header" and tables and tables[-1][-1].kind != "table_header"
        tables[-1].append(row) if tables and not begins else tables.append([row])
    for table in tables:
        wide = max(view.text(row.start, row.end).count(" | ") for row in table) + 1
        head = "".join(_row(view, row, wide, additions) for row in table if row.kind == "table_header")
        body = "".join(_row(view, row, wide, additions) for row in table if row.kind == "table_row")
        name = escape(f"Table in {table[0].section.citation}")
        whole = replace(table[0], kind="table_row", end=table[-1].end, marker="", outer=table[0].section, own=False)
        yield (
            f'<div class="pp-para"{_id(view, whole)}><div class="pp-scroll" tabindex="0" role="region" '
            f'aria-label="{name}"><table class="pp-table pp-quoted"><thead>{head}</thead><tbody>{body}</tbody>'
            f"</table></div>{tools(view, whole)}</div>"
        )


def _row(view: View, row: Part, wide: int, additions: _Additions) -> str:
    cells, start = [], row.start
    texts = view.text(row.start, row.end).split(" | ")
    for number, text in enumerate(texts):
        spread = f' colspan="{wide - number}"' if number == len(texts) - 1 and wide > len(texts) else ""
        inner = _annotated(text, start, [*additions.notes[row.start][0], *additions.citations], additions)
        tag = "th" if row.kind == "table_header" else "td"
        scope = ' scope="col"' if tag == "th" else ""
        cells.append(f"<{tag}{scope}{spread}>{inner}</{tag}>")
        start += len(text) + len(" | ")
    return f"<tr>{''.join(cells)}</tr>"


def _lone_note(view: View, part: Part, additions: _Additions) -> str:
    """A footnote that is not referred to in the shown text, with the way to the sentence that it belongs to."""
    note = view.index.references.footnote(part.section)
    inner = _annotated(view.text(part.start, part.end), part.start, additions.citations, additions)
    back = ""
    if note is not None and note.sentence is not None:
        section = view.contents.deepest(note.sentence.start, note.sentence.end)
        passage = span_name(note.sentence.start, view.index.store.text(note.sentence))
        where = Location(document=view.document.id, section=section.citation, passage=passage, as_of=view.as_of)
        back = f" {location_link(where, 'Its sentence', label=f'The sentence that {part.section.citation} belongs to')}"
    return (
        f'<div class="pp-para pp-footnote{_chosen(view, part)}"{_id(view, part)}><p>'
        f"<sup>{escape(part.marker)}</sup> {inner}{back}</p>{tools(view, part)}</div>"
    )


def _heading_tools(view: View, part: Part) -> str:
    return tools(view, part) if part.own else ""


def _span_location(view: View, part: Part) -> Location:
    name = part.section.citation if part.section.parent >= 0 else ""
    return Location(
        document=view.document.id,
        section=name,
        passage=span_name(part.start, view.text(part.start, part.end)),
        as_of=view.as_of,
    )


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
