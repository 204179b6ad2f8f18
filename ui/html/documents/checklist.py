"""Lists of the law as checklists: the lead-in verbatim, each item verbatim with a pinpoint of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents.citable import leads
from pinpoint.stored import StoredSection
from pinpoint.text import NOT_CONFIRMED, escape, plural
from ui.html.actions import collect_button, copy_button
from ui.html.badges import confirmed_badge
from ui.html.documents.footnotes import footnote
from ui.html.documents.parts import Part, parts_of
from ui.html.documents.text_links import footnote_annotations, marker_of
from ui.html.documents.view import View
from ui.state.navigation import location_link

_LEAST = 2  # items that make a list
_ONLY_DESIGNATORS = re.compile(r"\s*(?:\([^()\s]{1,6}\)\s*)+")
_NOT_STORED = (
    "Your ticks are not kept and decide nothing. Whether all or any of the items are required is what the text "
    "says, not what is ticked."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item of a list; positions count in the document's text.

    Attributes:
        section: Its pinpoint.
        box: Whether it is ticked off: an item is, what only explains one is not.
        level: 0 for the items of the list, 1 and more for what stands below them.
    """

    start: int
    end: int
    section: StoredSection
    box: bool
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A lead-in with its items.

    Attributes:
        start: Half-open span of the lead-in in the document's text.
        end: See ``start``.
        section: The section of the lead-in.
    """

    start: int
    end: int
    section: StoredSection
    entries: tuple[Entry, ...]


def find_checklists(view: View) -> list[Checklist]:
    """The lists of the shown text, outermost only, in text order.

    A list is a section whose own text leads into provisions, or a paragraph that leads into list items. One that begins
    in the shown text is whole, also where a long section is shown in part.
    """
    parts = parts_of(_to_its_end(view))
    found: list[Checklist] = []
    done = view.window.start
    for number, part in enumerate(parts):
        if part.start >= view.window.end:
            break
        if part.start < done or part.kind in ("heading", "footnote", "table_header", "table_row"):
            continue
        text = view.text(part.start, part.end)
        entries = (_provisions(view, part) or _blocks(view, parts[number + 1 :])) if leads(text) else ()
        if sum(entry.box and entry.level == 0 for entry in entries) >= _LEAST:
            found.append(
                Checklist(
                    start=part.start, end=part.start + len(text.rstrip()), section=part.section, entries=tuple(entries)
                )
            )
            done = found[-1].entries[-1].end
    return found


def _to_its_end(view: View) -> View:
    """The view with the rest of the text of its section, where it shows a window of it."""
    window = view.window
    return replace(view, window=replace(window, end=window.top.own_end)) if window.after else view


def checklists(view: View, lists: Sequence[Checklist]) -> str:
    """Checklists as HTML."""
    seen: set[int] = set()
    drawn = "".join(_checklist(view, number, one, seen) for number, one in enumerate(lists, start=1))
    return f'<p class="pp-fact">{_NOT_STORED}</p>{drawn}'


def _checklist(view: View, number: int, one: Checklist, seen: set[int]) -> str:
    lead, mark = view.text(one.start, one.end), confirmed_badge(view.confirmed(one.start, one.end))
    notes = _notes(view, one.start, one.end, seen)
    items = "".join(_entry(view, f"check-{number}-{item}", entry, seen) for item, entry in enumerate(one.entries))
    counted = plural(sum(entry.box and entry.level == 0 for entry in one.entries), "item")
    name = one.section.citation
    last = one.entries[-1].end
    buttons = (
        copy_button("Copy citation", view.cited(one.section, one.start), label=f"Copy citation of {name}")
        + copy_button("Copy list", _plain(view, one), label=f"Copy list of {name}")
        + collect_button(
            view.document.id,
            one.start,
            view.text(one.start, last),
            words="Collect all",
            label=f"Collect all of the list of {name}",
        )
    )
    return (
        f'<section class="pp-checklist" aria-labelledby="list-{number}">'
        f'<h3 id="list-{number}">{location_link(view.location(one.section), escape(name))}</h3>'
        f'<blockquote class="pp-quote">{escape(lead)}</blockquote>{notes}'
        f'<p class="pp-tools pp-shown"><span class="pp-fact">{counted}</span> {mark} {buttons}</p>'
        f"<ol>{items}</ol></section>"
    )


def _entry(view: View, name: str, entry: Entry, seen: set[int]) -> str:
    text = escape(view.text(entry.start, entry.end).strip())
    cited = entry.section.citation
    where = (
        view.location(entry.section)
        if entry.section.start == entry.start
        else view.span_location(entry.start, entry.end)
    )
    box = f'<input type="checkbox" id="{name}">' if entry.box else ""
    mark = confirmed_badge(view.confirmed(entry.start, entry.end))
    words = f'<label for="{name}">{text}</label>' if entry.box else f"<span>{text}</span>"
    buttons = copy_button(
        "Copy citation", view.cited(entry.section, entry.start), label=f"Copy citation of {cited}"
    ) + collect_button(view.document.id, entry.start, view.text(entry.start, entry.end), label=f"Collect {cited}")
    return (
        f'<li class="pp-level-{min(entry.level, 3)}{"" if entry.box else " pp-unboxed"}">{box}<div>{words}'
        f'<p class="pp-tools pp-shown">{location_link(where, escape(cited))} {mark} {buttons}</p>'
        f"{_notes(view, entry.start, entry.end, seen)}</div></li>"
    )


def _notes(view: View, start: int, end: int, seen: set[int]) -> str:
    """The footnotes of a span, which may say more about what is required; one that was shown is referred to."""
    drawn = []
    for note in footnote_annotations(view, start, end)[1]:
        first = note.section.start not in seen
        seen.add(note.section.start)
        again = (
            f'<p class="pp-footnote"><a class="pp-ref" href="#note-{note.section.start}">Footnote '
            f"{escape(marker_of(note.section))}</a>, shown above</p>"
        )
        drawn.append(footnote(view, note.section) if first else again)
    return "".join(drawn)


def _plain(view: View, one: Checklist) -> str:
    lines = [view.text(one.start, one.end) + _doubt(view, one.start, one.end)]
    for entry in one.entries:
        text = " ".join(view.text(entry.start, entry.end).split())
        lines.append(f"{'    ' * entry.level}{'[ ] ' if entry.box else ''}{text} ({entry.section.citation})")
        lines[-1] += _doubt(view, entry.start, entry.end)
    return "\n".join(lines)


def _doubt(view: View, start: int, end: int) -> str:
    return f" ({NOT_CONFIRMED})" if view.confirmed(start, end) is False else ""


def _provisions(view: View, lead: Part) -> list[Entry]:
    """The provisions that the own text of a section leads into, each with what stands below it."""
    section = lead.section
    below = [part for part in _parts(view, section) if part.start >= lead.end - 1]
    if not below or view.text(lead.end, below[0].start).strip():
        return []
    return [entry for part in below for entry in _below(view, part, 0, box=True)]


def _below(view: View, section: StoredSection, level: int, *, box: bool) -> list[Entry]:
    """A provision as an entry, then its parts; these are ticked off only where it leads into them as a list."""
    parts = _parts(view, section)
    own = view.text(section.start, section.own_end)
    last = section.own_end
    if parts and _ONLY_DESIGNATORS.fullmatch(own):
        # "(III)(aa) has complied": the first part is printed as one line with what it is part of.
        own = view.text(section.start, parts[0].own_end)
        last, parts = parts[0].own_end, [*_parts(view, parts[0]), *parts[1:]]
        inner = False
    else:
        inner = box and leads(own)
    entry = Entry(start=section.start, end=last - (len(own) - len(own.rstrip())), section=section, box=box, level=level)
    return [entry, *(found for part in parts for found in _below(view, part, level + 1, box=inner))]


def _parts(view: View, section: StoredSection) -> list[StoredSection]:
    return [part for part in view.contents.children(section) if part.kind == "provision"]


def _blocks(view: View, parts: Sequence[Part]) -> list[Entry]:
    """List items that follow as blocks of their own, with what goes on in lower case between them."""
    entries: list[Entry] = []
    first = 0
    for part in parts:
        text = view.text(part.start, part.end)
        if part.kind == "list_item" and not part.own:
            first = first or part.level
            level = max(part.level - first, 0)
            entries.append(
                Entry(
                    start=part.start, end=part.start + len(text.rstrip()), section=part.section, box=True, level=level
                )
            )
        elif entries and part.kind == "paragraph" and text[:1].islower() and not part.own:
            entries.append(
                Entry(start=part.start, end=part.start + len(text.rstrip()), section=part.section, box=False, level=1)
            )
        else:
            break
    while entries and not entries[-1].box:
        entries.pop()
    return entries
