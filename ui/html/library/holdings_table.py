"""The documents of an index as a table; on a narrow window each row becomes a card."""

from collections.abc import Sequence
from datetime import date

from pinpoint.text import escape
from ui.html.library.holdings import Holding, between, standing
from ui.html.text import link
from ui.state.navigation import Location, location_link

_NONE = "\u2013"
_HEAD = ("Document", "Authority", "Collection", "Status", "Pages", "Sections", "Passages")
_NUMBERS = frozenset({"Pages", "Sections", "Passages"})


def holdings_table(held: Sequence[Holding], today: date) -> str:
    """The table as HTML."""
    head = "".join(f'<th scope="col" role="columnheader"{_style(name)}>{name}</th>' for name in _HEAD)
    rows = "".join(_row(holding, today) for holding in held)
    return (
        '<div class="pp-scroll" tabindex="0" role="region" aria-label="Documents">'
        '<table class="pp-table pp-cards" role="table"><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _row(holding: Holding, today: date) -> str:
    document = holding.document
    words, style = standing(document, today)
    dates = escape(between(document.effective_from, document.effective_to, document.current_to))
    small = " \u00b7 ".join(escape(part) for part in (document.publisher, document.file) if part)
    source = f'<br><span class="pp-fact">Source: {link(document.url)}</span>' if document.url else ""
    title = location_link(Location(document.id), escape(document.title), style="pp-title")
    cells = {
        "Authority": escape(holding.authority),
        "Collection": escape(document.collection),
        "Status": f'<span class="pp-badge pp-{style}">{escape(words)}</span>'
        + (f'<br><span class="pp-fact">{dates}</span>' if dates else ""),
        "Pages": _count(document.pages),
        "Sections": _count(holding.sections),
        "Passages": _count(holding.passages),
    }
    drawn = "".join(
        f'<td role="cell"{_style(name)}><span class="pp-cell-name" aria-hidden="true">{name}</span>'
        f"<span>{cell}</span></td>"
        for name, cell in cells.items()
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{title}<br><span class="pp-fact">{small}</span>{source}'
        f"</th>{drawn}</tr>"
    )


def _count(number: int) -> str:
    return f"{number:,}" if number else _NONE


def _style(name: str) -> str:
    return ' class="pp-number"' if name in _NUMBERS else ""
