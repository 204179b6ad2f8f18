"""Notices of the intake as HTML: groups of files with the pages concerned, each of which can be shown."""

from collections.abc import Collection, Sequence

from ingest.report import IntakeRecord, count_statuses
from pinpoint.text import escape, plural
from ui.html.actions import action_button
from ui.html.library.notices import (
    DOUBTFUL,
    NOT_INDEXED,
    READ_DIFFERENTLY,
    WORDS_LEFT_OUT,
    Kind,
    Notice,
    RecognisedPage,
    corrected,
    grouped,
    left_out,
    not_indexed,
    read_differently,
    words_left_out,
)
from ui.html.library.notices import recognised as recognised_pages
from ui.html.tables import unfolded_table

SHOW_PAGE = "library-page"
"""Action of the buttons that show a page; their value is ``DOCUMENT:PAGE``."""
_MOST = 12
"""Page buttons of one file that are shown at once; the rest are unfolded. Set by hand; not measured."""


def counted(records: Sequence[IntakeRecord]) -> str:
    """The heading of the report and its totals."""
    there = [record for record in records if record.status != "not fetched"]
    counts = ", ".join(f"{count} {status}" for status, count in count_statuses(there).items() if count)
    line = f"{plural(len(there), 'file')}: {counts}."
    return f'<h2 id="intake" tabindex="-1">Intake</h2><p class="pp-fact">{escape(line)}</p>'


def intake(records: Sequence[IntakeRecord], shown: Collection[str]) -> str:
    """The report of the intake, below its totals.

    Args:
        records: One a file.
        shown: Ids of the documents whose pages can be shown.
    """
    failed = not_indexed(records)
    told = [(READ_DIFFERENTLY, read_differently(records)), (WORDS_LEFT_OUT, words_left_out(records))]
    groups = [*([(NOT_INDEXED, failed)] if failed else []), *grouped(records), *(one for one in told if one[1])]
    body = "".join(_group(kind, notices, shown) for kind, notices in groups)
    quiet = "" if groups else "<p>The intake has nothing to warn of.</p>"
    rest = f"{_recognised(recognised_pages(records), shown)}{_corrected(records)}{_left_out(records)}"
    return f"<div>{quiet}{body}{rest}</div>"


def page_button(document_id: str, page: int, file: str, words: str = "") -> str:
    """A button that shows a page."""
    return action_button(
        SHOW_PAGE,
        f"{document_id}:{page}",
        escape(words or str(page)),
        label=f"Show page {page} of {file}",
        style="pp-page-button",
    )


def _group(kind: Kind, notices: Sequence[Notice], shown: Collection[str]) -> str:
    files = len({notice.file for notice in notices})
    listed = "".join(_notice(notice, shown) for notice in notices)
    meaning = f'<p class="pp-fact">{escape(kind.meaning)}</p>' if kind.meaning else ""
    return (
        f'<section class="pp-notices"><h3>{escape(kind.title)} <span class="pp-count">{plural(files, "file")}'
        f"</span></h3>{meaning}<ul>{listed}</ul></section>"
    )


def _notice(notice: Notice, shown: Collection[str]) -> str:
    pages = _pages(notice, shown) if notice.pages else ""
    return f'<li><span class="pp-file">{escape(notice.file)}</span> {escape(notice.text)}{pages}</li>'


def _pages(notice: Notice, shown: Collection[str]) -> str:
    if notice.document_id not in shown:
        return ""
    buttons = [page_button(notice.document_id, page, notice.file) for page in notice.pages]
    more = ""
    if len(buttons) > _MOST:
        more = (
            f'<details class="pp-more"><summary>{len(buttons) - _MOST:,} more pages</summary>'
            f'<div class="pp-page-buttons">{"".join(buttons[_MOST:])}</div></details>'
        )
    return f'<div class="pp-page-buttons"><span>Show page</span>{"".join(buttons[:_MOST])}</div>{more}'


def _recognised(pages: Sequence[RecognisedPage], shown: Collection[str]) -> str:
    """A table of the pages read from their picture, the least sure first."""
    if not pages:
        return ""
    doubtful = sum(page.confidence < DOUBTFUL for page in pages)
    said = (
        f"{plural(doubtful, 'page')} below {DOUBTFUL:.0%}: read these beside their picture."
        if doubtful
        else f"None is below {DOUBTFUL:.0%}."
    )
    table = unfolded_table(
        "Table: pages and how sure",
        ("File", "Page", "Sure"),
        (_recognised_row(page, shown) for page in pages),
        opened=bool(doubtful),
    )
    return (
        f'<section class="pp-notices"><h3>How sure the text recognition was <span class="pp-count">'
        f'{plural(len(pages), "page")}</span></h3><p class="pp-fact">{said}</p>{table}</section>'
    )


def _recognised_row(page: RecognisedPage, shown: Collection[str]) -> tuple[str, str, str]:
    style = "pp-past" if page.confidence < DOUBTFUL else "pp-first"
    number = page_button(page.document_id, page.page, page.file) if page.document_id in shown else str(page.page)
    doubt = " \u2013 doubtful" if page.confidence < DOUBTFUL else ""
    bar = (
        f'<div class="pp-bar-row"><span class="pp-track"><span class="pp-bar {style}" '
        f'style="width:{page.confidence:.1%}"></span></span><span>{page.confidence:.1%}{doubt}</span></div>'
    )
    return escape(page.file), number, bar


def _corrected(records: Sequence[IntakeRecord]) -> str:
    found = corrected(records)
    rows = ((escape(name[0].upper() + name[1:]), f"{times:,}", f"{files:,}") for name, times, files in found)
    return (
        unfolded_table("Mended while reading", ("What", "Times", "Files"), rows, numbers=("Times", "Files"))
        if found
        else ""
    )


def _left_out(records: Sequence[IntakeRecord]) -> str:
    lines = [f"<li>{escape(notice.file)}: {escape(notice.text)}</li>" for notice in left_out(records)]
    missing = sum(record.status == "not fetched" for record in records)
    if missing:
        lines.append(f"<li>{plural(missing, 'official source')} in the manifest not fetched yet: pinpoint fetch</li>")
    return (
        (
            f'<details class="pp-more"><summary>Left out on purpose</summary><ul class="pp-plain">{"".join(lines)}</ul>'
            "</details>"
        )
        if lines
        else ""
    )
