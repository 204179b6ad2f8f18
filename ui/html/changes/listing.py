"""What changed, as the page shows it: the counts, and the sections with links into the documents."""

from collections.abc import Collection, Sequence

from changes.records import Changes, DocumentChange, SectionChange, Watched
from changes.reports.markup import section_html, watched_html
from changes.reports.wording import LEGEND, NO_CHANGE, about, counts_of, fact_line, summary_of
from pinpoint.text import escape
from ui.html.text import facts
from ui.state.navigation import Location, location_link

Row = tuple[DocumentChange, SectionChange]


def summary(changes: Changes) -> str:
    """The counts of a comparison, and what was compared."""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{count:,}</td></tr>' for name, count in counts_of(changes) if count
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in (*about(changes), LEGEND))
    table = f'<table class="pc-table"><caption>How much changed</caption><tbody>{rows}</tbody></table>' if rows else ""
    none = "" if changes.any else f"<p><strong>{NO_CHANGE}</strong></p>"
    return f"{none}{table}<div class='pp-fact'>{lines}</div>"


def documents(changes: Changes) -> str:
    """The documents that changed, a line each, with the facts that did."""
    items = []
    for document in changes.documents:
        changed = "".join(f"<li>{escape(fact_line(fact.name, fact.old, fact.new))}</li>" for fact in document.facts)
        items.append(
            f"<li><strong>{escape(document.known.title)}</strong>: {escape(summary_of(document))}"
            f"{f'<ul>{changed}</ul>' if changed else ''}</li>"
        )
    return f"<ul>{''.join(items)}</ul>" if items else ""


def rows_of(changes: Changes) -> list[Row]:
    """The sections that changed, each with its document, in the order of the documents."""
    return [(document, section) for document in changes.documents for section in document.sections]


def sections(rows: Sequence[Row], *, old: Collection[str], new: Collection[str]) -> str:
    """Sections that changed.

    Args:
        rows: Those of a page.
        old: Ids of the documents whose old text is the one that is read in the app, none in a generation not in use.
        new: The same for the new text.
    """
    parts, last = [], ""
    for document, section in rows:
        if document.known.document_id != last:
            last = document.known.document_id
            parts.append(f"<h3 class='pc-document'>{escape(document.known.title)}</h3>")
        parts.append(section_html(section, "", level=4, after=_links(section, old, new)))
    return "".join(parts)


def watched(found: Watched) -> str:
    """The excerpts of the collection that are touched."""
    return watched_html(found) if found.touched or found.notes else f"<p>None of its {found.looked_at:,} excerpts.</p>"


def _links(section: SectionChange, old: Collection[str], new: Collection[str]) -> str:
    """Links to both texts, as far as the app shows these very ones."""
    links = [
        location_link(Location(side.document_id, side.section), f"Read {escape(name)}: {escape(side.section)}")
        for name, side, readable in (("the new text", section.new, new), ("the old text", section.old, old))
        if side is not None and side.document_id in readable
    ]
    return facts(*links)
