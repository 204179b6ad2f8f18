"""Coverage of the documents, drawn: numbers for each authority and collection, and recorded dates.

Streamlit drops SVG from drawn text, so that the drawings are boxes with styles; their colours follow the theme.
Each is one image for screen readers, with its figures in a table below.
"""

from collections.abc import Sequence
from datetime import date

from pinpoint.text import day, escape, plural
from ui.html.library.holdings import Period, Share, between
from ui.html.tables import unfolded_table

_MOST = 30
"""Bars of the time line; the rest stand in the table alone. Set by hand; not measured."""
_TICKS = 6  # years named on the time line; set by hand; not measured
_AHEAD = 30
"""Years after this one that the time line shows at most. Set by hand; not measured."""


def shares_chart(title: str, groups: Sequence[Share]) -> str:
    """Bars of documents and passages for each group, with their table."""
    most_documents = max(group.documents for group in groups)
    most_passages = max(group.passages for group in groups) or 1
    rows = "".join(
        f'<div class="pp-share"><div class="pp-share-name">{escape(group.name)}</div>'
        f"{_bar(group.documents / most_documents, plural(group.documents, 'document'), 'pp-first')}"
        f"{_bar(group.passages / most_passages, plural(group.passages, 'passage'), 'pp-second')}</div>"
        for group in groups
    )
    said = "; ".join(
        f"{group.name}: {plural(group.documents, 'document')}, {plural(group.passages, 'passage')}" for group in groups
    )
    table = unfolded_table(
        f"Table: {title.lower()}",
        (title, "Documents", "Passages"),
        ((escape(group.name), f"{group.documents:,}", f"{group.passages:,}") for group in groups),
        numbers=("Documents", "Passages"),
    )
    return (
        f'<section><h3>{escape(title)}</h3><div class="pp-chart" role="img" '
        f'aria-label="{escape(f"Bars, {title.lower()}. {said}.")}">{rows}</div>{table}</section>'
    )


def time_line(found: Sequence[Period], undated: int, today: date) -> str:
    """Bars of the days of which it is known that the documents give the law, with their table."""
    without = (
        f"{plural(undated, 'document')} {'records' if undated == 1 else 'record'} no date: from when to when "
        f"{'it is' if undated == 1 else 'they are'} the law is unknown."
        if undated
        else ""
    )
    if not found:
        return f'<section><h3>Recorded dates</h3><p class="pp-fact">{without}</p></section>'
    without = f"A bar ends where later changes are not known. {without}".rstrip()
    first, last = _ends(found, today)
    drawn = "".join(_period(period, first, last) for period in found[:_MOST])
    said = f"Time line from {day(first)} to {day(last)} with {plural(len(found), 'bar')}; the dates stand in the table."
    more = f"{len(found) - _MOST:,} more stand in the table. " if len(found) > _MOST else ""
    table = unfolded_table(
        "Table: recorded dates",
        ("Document", "Authority", "Dates"),
        (
            (escape(title), escape(period.authority), escape(between(period.begin, period.end, period.current)))
            for period in found
            for title in period.titles
        ),
    )
    return (
        f'<section><h3>Recorded dates</h3><div class="pp-chart pp-time" role="img" aria-label="{escape(said)}">'
        f'<div class="pp-lines">{_lines(first, last, today)}</div>{drawn}</div>'
        f'<p class="pp-fact">{more}{without}</p>{table}</section>'
    )


def _bar(share: float, words: str, style: str) -> str:
    return (
        f'<div class="pp-bar-row"><span class="pp-track"><span class="pp-bar {style}" style="width:{share:.1%}">'
        f"</span></span><span>{escape(words)}</span></div>"
    )


def _ends(found: Sequence[Period], today: date) -> tuple[date, date]:
    """First and last day of the time line: whole years around all days that stand on it."""
    days = [value for period in found for value in (period.begin, period.end, period.current) if value] + [today]
    last = min(max(days).year, today.year + _AHEAD)  # an end in 9999 stands for none
    return date(min(days).year, 1, 1), date(last + 1, 1, 1)


def _before(value: date, first: date, last: date) -> float:
    """Share of the time line that lies before a day, at most 1."""
    return min((value - first).days / (last - first).days, 1.0)


def _lines(first: date, last: date, today: date) -> str:
    """A line for each year that fits, and one for today."""
    step = max(1, -(-(last.year - first.year) // _TICKS))
    years = "".join(
        f'<span class="pp-year" style="left:{_before(date(year, 1, 1), first, last):.2%}"><span>{year}</span></span>'
        for year in range(first.year, last.year, step)
    )
    return f'{years}<span class="pp-today" style="left:{_before(today, first, last):.2%}"><span>Today</span></span>'


def _period(period: Period, first: date, last: date) -> str:
    known_to = period.end or max(one for one in (period.begin, period.current) if one)
    known_from = period.begin or period.current
    begin = _before(known_from, first, last) if known_from else 0.0
    end = _before(known_to, first, last)
    style = "pp-first" if period.end is None else "pp-past"
    name = period.titles[0] if len(period.titles) == 1 else plural(len(period.titles), "document")
    facts = f"{period.authority}. {between(period.begin, period.end, period.current)}"
    return (
        f'<div class="pp-span"><div class="pp-share-name">{escape(name)}</div><div class="pp-fact">{escape(facts)}'
        f'</div><div class="pp-track"><span class="pp-bar {style}" style="margin-left:{begin:.2%};'
        f'width:{max(end - begin, 0.004):.2%}"></span></div></div>'
    )
