"""Markdown to blocks, through HTML: one way for all mark-up."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ingest.readers.html.css.figures import neighbours
from ingest.readers.html.reader import html_reading
from ingest.readers.text.front_matter import split_front_matter
from ingest.readers.text.looks import refers_on
from ingest.readers.text.reader import decode
from ingest.records import Reading

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_MARKER = r"^(?:\\?\*\s*)?\[\\?\^\s?(\d{1,3}|\w{1,12})\\?\]"
_NOTE = re.compile(
    _MARKER + r":?[ \t]+(.+(?:\n(?!\s*\n|(?:\\?\*\s*)?\[\\?\^|#).+)*(?:\n[ \t]*\n(?: {4}|\t)[ \t]*\S.*)*)", re.MULTILINE
)
_NOTE_REFERENCE = re.compile(r"\[\\?\^\s?(\d{1,3}|\w{1,12})\\?\]")
_TOO_DEEP = re.compile(r"^#{7,}\s*", re.MULTILINE)
_NO_LINK = re.compile(
    r"^([ ]{0,3})\[(?=[^\]^\n]{1,80}\]:[ \t]+"
    r"(?!<|[a-z][\w+.-]*:|\.{0,2}/|#|www\.|[\w/-]+\.(?:html?|md|pdf|com|org|gov|net|edu)\b)\S)",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that would define a link and be no text ("[1]: Id."), but for where it leads."""
_OMITTED = re.compile(r"^[ ]{0,3}(?:\*[ ]){4}\*[ ]*$", re.MULTILINE)
"""Five asterisks, with which amendments say that text is left out; Markdown draws a line for them."""
_DEEPEST = 60  # lists within lists; lxml gives up at 255 elements. Set by hand
_PROVISION = re.compile(r"^(?:\(\w{1,5}\)|[A-Za-z]\.|\d{1,3}[.)]|§+)\s*\S")
_DESIGNATOR = re.compile(r"^(?:\((?P<paren>[A-Za-z]{1,5}|\d{1,3})\)|(?P<point>[A-Za-z]{1,5}|\d{1,3})\.)(?=\s+[^\s,;])")
_NEIGHBOURS = neighbours()
_ENDED = re.compile(r"(?:[.;:,?!\u2013\u2014\"”’)\]]|\b(?:and|or))\s*$")
_PARSER = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file (CommonMark with tables, text struck out, HTML inside, footnotes ``[^1]``, front matter).

    Raises:
        UnreadableDocument: The file is empty.
    """
    text, warnings = decode(path)
    stated, text = split_front_matter(text)
    tokens, source = _rendered(text)
    reading = html_reading(source, path.name)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        cut = f"Lists or quotes are nested more than {_DEEPEST} deep: what stands deeper, or below, may be left out."
        warnings = (*warnings, cut)
    return replace(
        reading,
        title=stated.title or reading.title,
        warnings=(*warnings, *reading.warnings),
        effective_from=stated.effective_from,
        effective_to=stated.effective_to,
    )


def to_html(text: str) -> str:
    """Render Markdown; footnotes become elements that the HTML reader knows."""
    return _rendered(text)[1]


def _rendered(text: str) -> tuple[list[Token], str]:
    text = _TABLE.sub(lambda match: "\n\n" + _BLANK_LINES.sub("\n", match.group()) + "\n\n", text)
    text = _TOO_DEEP.sub("", text)
    notes = {match.group(1) for match in _NOTE.finditer(text)}
    text = _NOTE.sub(_note, text)
    text = _NOTE_REFERENCE.sub(lambda match: _reference(match, notes), text)
    text = _OMITTED.sub(r"\\* \\* \\* \\* \\*", text)
    text = _NO_LINK.sub(r"\1\\[", text)
    environment: dict[str, object] = {}
    tokens = _PARSER.parse(text, environment)
    for token in tokens:
        if token.children:
            _part_items(token.children)
    rendered = _PARSER.renderer.render(tokens, _PARSER.options, environment)
    return tokens, f"<html><body>{rendered}</body></html>"


def _note(match: re.Match[str]) -> str:
    content = _PARSER.renderInline(" ".join(match.group(2).split()))
    return f'\n<div data-footnote="{html.escape(match.group(1))}">{content}</div>\n'


def _reference(match: re.Match[str], notes: set[str]) -> str:
    """The mark of a note; one with a name only where there is a note of that name."""
    marker = match.group(1)
    if marker.isdigit():
        return f"<sup>[{marker}]</sup>"
    return f"[{marker}]" if marker in notes else match.group()


def _part_items(tokens: Sequence[Token]) -> None:
    """End lines of the source, where the next one begins an item of a list of letters or numbers.

    Markdown knows no such lists: "(a)" and the "(b)" below it are one paragraph to it. A line begins an item where the
    designator before or behind its own begins another line of the paragraph.
    """
    at_ends = [at for at, token in enumerate(tokens) if token.type == "softbreak"]
    starts = {at: _DESIGNATOR.match(tokens[at + 1].content) for at in (-1, *at_ends) if at + 1 < len(tokens)}
    found = {_shape(match) for match in starts.values() if match}
    for at in at_ends:
        match = starts.get(at)
        if match is None or refers_on(tokens[at - 1].content.rstrip(), match.group()):
            continue
        form, text = _shape(match)
        if any((form, near) in found for near in _NEIGHBOURS.get(text, ())):
            tokens[at].type, tokens[at].content = "html_inline", "<br><br>\n"


def _shape(match: re.Match[str]) -> tuple[str, str]:
    return ("(" if match.group().startswith("(") else "."), match["paren"] or match["point"]


def _line_end(_: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, environment: EnvType) -> str:
    """A line end of the source is a blank, but before the designator of a provision of its own."""
    following = tokens[at + 1].content if at + 1 < len(tokens) else ""
    ends = at > 0 and bool(_ENDED.search(tokens[at - 1].content) or not tokens[at - 1].content)
    begins = ends and _PROVISION.match(following)
    return "<br>\n" if begins and not refers_on(tokens[at - 1].content.rstrip(), following) else "\n"


_PARSER.add_render_rule("softbreak", _line_end)
