"""Small buttons in drawn text: copy, collect."""

from index.documents.sentences import trimmed
from index.documents.span_names import span_name
from pinpoint.text import escape

_IN_ATTRIBUTE = str.maketrans({"%": "%25", "<": "%3C", ">": "%3E"})
"""Streamlit takes every attribute away in whose value "]>", "-->" or "</style" stands; clicks.js reads these back."""


def action_button(action: str, value: str, inner: str, *, label: str = "", style: str = "") -> str:
    """A button that sends (action, value) to the app, as HTML.

    Args:
        action: What ``clicks.taken`` asks for.
        value: What it gives back.
        inner: HTML of the button.
        label: Name for screen readers where ``inner`` alone does not say enough.
        style: CSS classes beside ``pp-act``.
    """
    named = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<button type="button" class="{escape(f"pp-act {style}".strip())}" data-pp="{escape(action)}" '
        f'data-pp-value="{escape(value)}"{named}>{inner}</button>'
    )


def copy_button(words: str, text: str, *, label: str = "", rich: str = "") -> str:
    """A button that copies a text, as HTML.

    Args:
        words: What the button says.
        text: What is copied.
        label: Name for screen readers where ``words`` alone does not say enough.
        rich: The same as HTML, for programs that paste it so; "" for the text alone.
    """
    named = f' aria-label="{escape(label)}"' if label else ""
    copied = escape(text.translate(_IN_ATTRIBUTE))
    also = f' data-pp-rich="{escape(rich.translate(_IN_ATTRIBUTE))}"' if rich else ""
    return f'<button type="button" class="pp-act" data-pp-copy="{copied}"{also}{named}>{escape(words)}</button>'


def collect_button(document_id: str, start: int, text: str, *, words: str = "Collect", label: str = "") -> str:
    """A button that adds a span of a document to the collection, as HTML.

    Args:
        document_id: The document.
        start: Where the span begins in the document's text, in code points.
        text: Its text, by which the click is checked against the documents then in use.
        words: What the button says.
        label: Name for screen readers where ``words`` alone does not say enough.
    """
    return action_button("collect", collected_name(document_id, start, text), escape(words), label=label)


def collected_name(document_id: str, start: int, text: str) -> str:
    """The value of the button that collects a span: of its text without white space at the ends, as it is saved."""
    first, last = trimmed(text, 0, len(text))
    return f"{document_id}:{span_name(start + first, text[first:last] if first < last else text)}"
