"""Markdown to blocks, through HTML: one way for all mark-up."""

import html
import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.html.reader import html_reading
from ingest.readers.text.reader import decode
from ingest.records import Reading

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKER = r"^(?:\\?\*\s*)?\[\\?\^\s?(\d{1,3}|\w{1,12})\\?\]"
_NOTE = re.compile(_MARKER + r":?[ \t]+(.+(?:\n(?!\s*\n|(?:\\?\*\s*)?\[\\?\^|#).+)*)", re.MULTILINE)
_NOTE_REFERENCE = re.compile(r"\[\\?\^\s?(\d{1,3})\\?\]")
_TOO_DEEP = re.compile(r"^#{7,}\s*", re.MULTILINE)
_DEEPEST = 60  # lists within lists; lxml gives up at 255 elements. Set by hand
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file (CommonMark with tables, HTML inside, and footnotes ``[^1]``).

    Raises:
        UnreadableDocument: The file is empty.
    """
    text, warnings = decode(path)
    tokens, source = _rendered(text)
    reading = html_reading(source, path.name)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        cut = f"Lists or quotes are nested more than {_DEEPEST} deep: what stands deeper, or below, may be left out."
        warnings = (*warnings, cut)
    return Reading(reading.blocks, reading.title, repairs=reading.repairs, warnings=(*warnings, *reading.warnings))


def to_html(text: str) -> str:
    """Render Markdown; footnotes become elements that the HTML reader knows."""
    return _rendered(text)[1]


def _rendered(text: str) -> tuple[list[Token], str]:
    text = _TABLE.sub(lambda match: "\n\n" + _BLANK_LINES.sub("\n", match.group()) + "\n\n", text)
    text = _TOO_DEEP.sub("", text)
    text = _NOTE.sub(_note, text)
    text = _NOTE_REFERENCE.sub(r"<sup>[\1]</sup>", text)
    environment: dict[str, object] = {}
    tokens = _PARSER.parse(text, environment)
    rendered = _PARSER.renderer.render(tokens, _PARSER.options, environment)
    return tokens, f"<html><body>{rendered}</body></html>"


def _note(match: re.Match[str]) -> str:
    content = _PARSER.renderInline(" ".join(match.group(2).split()))
    return f'\n<div data-footnote="{html.escape(match.group(1))}">{content}</div>\n'
