"""Markdown to blocks, through HTML: one way for all mark-up."""

import html
import re
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.html_reader import html_reading
from ingest.records import Reading
from ingest.text_reader import decode

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKER = r"^(?:\\?\*\s*)?\[\\?\^\s?(\d{1,3}|\w{1,12})\\?\]"
_NOTE = re.compile(_MARKER + r":?[ \t]+(.+(?:\n(?!\s*\n|(?:\\?\*\s*)?\[\\?\^|#).+)*)", re.MULTILINE)
_NOTE_REFERENCE = re.compile(r"\[\\?\^\s?(\d{1,3})\\?\]")
_TOO_DEEP = re.compile(r"^#{7,}\s*", re.MULTILINE)
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file (CommonMark with tables, HTML inside, and footnotes ``[^1]``).

    Raises:
        UnreadableDocument: The file is empty.
    """
    text, warnings = decode(path)
    reading = html_reading(to_html(text), path.name)
    return Reading(reading.blocks, reading.title, repairs=reading.repairs, warnings=warnings)


def to_html(text: str) -> str:
    """Render Markdown; footnotes become elements that the HTML reader knows."""
    text = _TABLE.sub(lambda match: "\n\n" + _BLANK_LINES.sub("\n", match.group()) + "\n\n", text)
    text = _TOO_DEEP.sub("", text)
    text = _NOTE.sub(_note, text)
    text = _NOTE_REFERENCE.sub(r"<sup>[\1]</sup>", text)
    return f"<html><body>{_PARSER.render(text)}</body></html>"


def _note(match: re.Match[str]) -> str:
    content = _PARSER.renderInline(" ".join(match.group(2).split()))
    return f'\n<div data-footnote="{html.escape(match.group(1))}">{content}</div>\n'
