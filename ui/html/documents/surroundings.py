"""Surroundings of the text of a section: its heading, links to the sections beside it, its references."""

from collection.citation_text import effective
from pinpoint.stored import StoredSection
from pinpoint.text import escape, pages
from ui.html.actions import collect_button, copy_button
from ui.html.answers.references import around
from ui.html.badges import authority_badge, confirmed_badge, confirmed_note, ocr_badge, status_badge
from ui.html.documents.contents import full_name, spelled
from ui.html.documents.view import View
from ui.html.text import facts, link
from ui.state.navigation import location_link


def heading(view: View) -> str:
    """The section that is shown, its status on the day, and the buttons for the whole of it."""
    top, chosen = view.window.top, view.window.chosen
    whole = chosen if chosen.number != top.number else top
    source = view.source(whole)
    badges = authority_badge(view.document.kind) + status_badge(source, view.as_of) + ocr_badge(source.ocr_confidence)
    badges += confirmed_badge(source.confirmed)
    page, note = pages(source.page, source.page_label), confirmed_note(source.confirmed)
    title = full_name(top) if top.parent >= 0 else "This document"
    dates = effective(whole.effective_from, whole.effective_to, view.document.current_to)
    return (
        f'<header class="pp-section-head"><h2>{title}</h2><p class="pp-badges">{badges}</p>'
        f"{facts(*map(escape, (page, dates)), link(view.document.url))}{note}{_tools(view, whole)}</header>"
    )


def steps(view: View, *, end: bool = False) -> str:
    """Links to the sections before and behind, as HTML."""
    top = view.window.top
    if view.window.start == view.window.end:
        return ""
    before = view.contents.before(top)
    after = view.window.parts[0] if view.window.parts else view.contents.after(top)
    links = []
    if view.window.before:
        links.append(_step(view, view.window.before, "Previous", "the text before this"))
    elif before is not None and before.number:
        links.append(_section_step(view, before, "Previous"))
    if view.window.after:
        links.append(_step(view, view.window.after, "Next", "the text that follows"))
    elif after is not None:
        links.append(_section_step(view, after, "Next"))
    name = "Sections before and after, below the text" if end else "Sections before and after"
    return f'<nav class="pp-steps" aria-label="{name}">{"".join(links)}</nav>' if links else ""


def following(view: View) -> str:
    """The parts of a long section that are not shown, as links; "" when all of it is."""
    parts = view.window.parts
    if not parts:
        return ""
    lines = "".join(f"<li>{location_link(view.location(part), full_name(part))}</li>" for part in parts)
    title, said = (
        ("Parts of this document", "")
        if view.window.end == view.window.start
        else ("This section goes on", "It is too long to be shown at once. These parts follow.")
    )
    return (
        f'<section class="pp-following" aria-labelledby="following"><h3 id="following">{title}</h3>'
        f"{facts(said)}<ul>{lines}</ul></section>"
    )


def aside(view: View) -> str:
    """References of the chosen section, in both directions."""
    section = view.window.chosen
    shown = around(view.index, section, view.as_of) if section.parent >= 0 else ""
    title = '<h2 id="references">References</h2>'
    return f'<section aria-labelledby="references">{title}{shown}</section>' if shown else ""


def _tools(view: View, section: StoredSection) -> str:
    name = section.citation
    text = view.text(section.start, section.end).rstrip()
    copy = copy_button("Copy citation", view.cited(section), label=f"Copy citation of {name}") + copy_button(
        "Copy link", view.whole_address(view.location(section)), label=f"Copy link to {name}"
    )
    collect = (
        collect_button(view.document.id, section.start, text, words="Collect section", label=f"Collect section {name}")
        if section.parent >= 0 and text
        else ""
    )
    return f'<p class="pp-tools pp-shown"><span class="pp-cite">{escape(name)}</span> {copy}{collect}</p>'


def _section_step(view: View, section: StoredSection, word: str) -> str:
    inner = f'<span class="pp-fact">{word}</span> <span>{escape(spelled(section))}</span>'
    return location_link(view.location(section), inner, style=f"pp-step pp-{word.lower()}")


def _step(view: View, span: tuple[int, int], word: str, what: str) -> str:
    inner = f'<span class="pp-fact">{word}</span> <span>{what}</span>'
    return location_link(view.span_location(*span), inner, style=f"pp-step pp-{word.lower()}")
