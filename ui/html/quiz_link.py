"""The link from the checklists of a section to the quiz that asks for them."""

from urllib.parse import urlencode

from pinpoint.text import escape
from ui.html.documents.view import View


def quiz_link(view: View) -> str:
    """A link to the quiz on the checklists of what is shown, as HTML; "" for a document as a whole."""
    section = view.window.chosen
    if section.parent < 0:
        return ""
    query = urlencode({"document": view.document.id, "section": section.citation})
    return (
        f'<p class="pp-fact"><a href="{escape(f"quiz?{query}")}" data-pp="open">Quiz on '
        f"{escape(section.citation)}</a>: its items asked by citation, on the screen or to print.</p>"
    )
