"""A page of a PDF document as HTML: its picture with rectangles, controls, caption and text."""

import base64
from collections import defaultdict
from collections.abc import Sequence

from ingest.records import Box
from ingest.report import said_words
from pdfview.highlight import RECOGNISED
from pdfview.page_text import PageText
from pdfview.render import PagePicture
from pinpoint.records import LeftOut
from pinpoint.stored import StoredDocument
from pinpoint.text import escape, plural
from ui.html.actions import action_button
from ui.html.text import link, marked, page_address

VIEW_PAGE = "view-page"
"""Action of the controls; their value is ``DOCUMENT:START-END:PAGE``."""
SHOWN = "page-shown"
"""Id of what says which page is shown; those of the buttons beside it are ``page-previous`` and ``page-next``."""
_ZOOM_HINT = "Also with + and \u2212 on the page, with Ctrl and the wheel, or with two fingers"


def has_pages(document: StoredDocument) -> bool:
    """Tell whether a document has pages to be seen; the text of one that has none is shown in its section."""
    return document.pages > 0


def original_link(document: StoredDocument, page: int) -> str:
    """A link to a page of the official source, as HTML; "" where its address is not that of a PDF file."""
    address = page_address(document.url, page)
    return link(address, f"Official source, page {page}") if address != document.url else ""


def _size(picture: PagePicture) -> tuple[float, float]:
    """Width and height in points of the part of the page that is shown."""
    left, bottom, right, top = picture.part
    return right - left, top - bottom


def picture_with_boxes(document: StoredDocument, page: int, picture: PagePicture, boxes: Sequence[Box]) -> str:
    """The picture of a page with rectangles over it, in a frame in which the browser zooms and scrolls it.

    What was left out of the text is hatched, and named below the picture.

    Args:
        document: The document.
        page: 1-based.
        picture: The page, drawn.
        boxes: Left, bottom, right and top in points of the page.
    """
    width, height = _size(picture)
    left_out = [one for one in document.left_out if one.page == page and one.boxes]
    drawn = "".join(_rectangle(box, picture) for box in boxes) + "".join(_hatched(one, picture) for one in left_out)
    shown = ", with the quotation highlighted" if boxes else ""
    name = f"Page {page} of {document.title}"
    source = base64.b64encode(picture.png).decode("ascii")
    return (
        f'<div class="pp-page-scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<div class="pp-page" data-points="{width:.0f}" style="aspect-ratio: {width:.2f} / {height:.2f}">'
        f'<img src="data:image/png;base64,{source}" alt="{escape(name + shown)}. Its text is below.">'
        f"{drawn}</div></div>{_legend(left_out)}"
    )


def _rectangle(box: Box, picture: PagePicture) -> str:
    return f'<span class="pp-box" aria-hidden="true" style="{_placed(box, picture)}"></span>'


def _placed(box: Box, picture: PagePicture) -> str:
    left, bottom, right, top = box
    from_left, _, _, from_top = picture.part
    across, down = (100 / size for size in _size(picture))
    return (
        f"left: {(left - from_left) * across:.3f}%; top: {(from_top - top) * down:.3f}%; "
        f"width: {(right - left) * across:.3f}%; height: {(top - bottom) * down:.3f}%"
    )


def _hatched(left_out: LeftOut, picture: PagePicture) -> str:
    """Rectangles over words that were left out; they are said once, however many rectangles they have."""
    said = escape(f"Left out here: {said_words(left_out.reason, left_out.words)}")
    first, *others = left_out.boxes
    return (
        f'<span class="pp-out" role="img" aria-label="{said}" title="{said}" style="{_placed(first, picture)}"></span>'
    ) + "".join(
        f'<span class="pp-out" aria-hidden="true" title="{said}" style="{_placed(box, picture)}"></span>'
        for box in others
    )


def _legend(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return ""
    words: dict[str, int] = defaultdict(int)
    for one in left_out:
        words[one.reason] += one.words
    said = "; ".join(said_words(reason, count) for reason, count in words.items())
    return (
        f'<p class="pp-fact pp-legend"><span class="pp-out" aria-hidden="true"></span> '
        f"Hatched on the page and left out of the text: {escape(said)}.</p>"
    )


def not_highlighted(window: PageText, reason: str) -> str:
    """The reason why a quotation is not highlighted on its page, and the quotation."""
    quoted = f"Its text is: \u201c{escape(window.text[window.start : window.end].strip())}\u201d"
    if reason == RECOGNISED:
        return f"The text of this page was read from a picture (OCR), so nothing is highlighted. {quoted}"
    return f"The quotation could not be placed exactly on this page, so nothing is highlighted. {quoted}"


def elsewhere(stands_on: tuple[int, ...], page: int, value: str) -> str:
    """Says on which other pages the quotation stands, with the way there."""
    others = [number for number in stands_on if number != page]
    if not others:
        return ""
    ways = " ".join(action_button(VIEW_PAGE, f"{value}:{other}", f"Page {other}") for other in others)
    return f"The quotation {'also ' if page in stands_on else ''}stands on {ways}"


def controls(document: StoredDocument, page: int, value: str) -> str:
    """Buttons that go to another page, which the app draws, and that zoom, which the browser does by itself."""
    back = _step("previous", "\u2039", "Previous page", f"{value}:{page - 1}", enabled=page > 1)
    on = _step("next", "\u203a", "Next page", f"{value}:{page + 1}", enabled=page < document.pages)
    where = f'<span class="pp-leaf-shown" id="{SHOWN}" tabindex="-1">Page {page} of {document.pages:,}</span>'
    percent = '<span class="pp-leaf-shown" data-pp-percent>100 %</span>'
    zooms = _zoom("out", "\u2212", "Zoom out") + percent + _zoom("in", "+", "Zoom in") + _zoom("fit", "Fit", "Fit")
    return (
        f'<div class="pp-leaf-controls"><span class="pp-tools">{back}{where}{on}</span>'
        f'<span class="pp-tools" title="{_ZOOM_HINT}">{zooms}</span></div>'
    )


def _step(step: str, sign: str, words: str, value: str, *, enabled: bool) -> str:
    off = "" if enabled else " disabled"
    return (
        f'<button type="button" class="pp-act" data-pp="{VIEW_PAGE}" data-pp-value="{escape(value)}" '
        f'id="page-{step}" aria-label="{words}" title="{words}"{off}>{sign}</button>'
    )


def _zoom(named: str, sign: str, words: str) -> str:
    return f'<button type="button" class="pp-act" data-pp-zoom="{named}" aria-label="{words}">{sign}</button>'


def caption(document: StoredDocument, page: int) -> str:
    """Title, file page and printed page, with a link to the official source."""
    label = document.page_labels[page - 1] if page <= len(document.page_labels) else ""
    printed = f", printed page {escape(label)}" if label and label != str(page) else ""
    source = original_link(document, page)
    return f"{escape(document.title)}, file page {page}{printed}" + (f" \u00b7 {source}" if source else "")


def page_text(window: PageText, page: int, *, unfolded: bool) -> str:
    """The text of the page as the index has it, the quotation marked."""
    words = plural(len(window.text.split()), "word")
    if not window.text.strip():
        return f'<p class="pp-fact">The index has no text of page {page}.</p>'
    lead = len(window.text) - len(window.text.lstrip())
    spans = [(window.start - lead, window.end - lead)] if window.end > window.start else []
    return (
        f'<details class="pp-more"{" open" if unfolded else ""}><summary>Text of this page ({words})</summary>'
        f'<div class="pp-context" tabindex="0" role="region" aria-label="Text of page {page}">'
        f"{marked(window.text[lead:].rstrip(), spans)}</div></details>"
    )
