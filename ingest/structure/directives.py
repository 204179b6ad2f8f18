"""Directives and instructions: ``I.``, ``A.``, ``1.``, ``a.``, cited as ``DHS Directive 112-01(V)(A)``."""

import re
from collections.abc import Sequence

from ingest.structure.designators import Level, Mark, Numbering, nest
from ingest.structure.outline import Entry, Outline, one_line
from pinpoint.records import Block

_DIRECTIVE = re.compile(r"^(?:DHS |Management )?(?:Directive|Instruction) \d[\d-]*$")
_LEADING = re.compile(r"^(?P<token>[IVX]{1,6}|[A-Z]|\d{1,2}|[a-z])\.\s+(?=\S)")
_CAPTION = re.compile(r"^(?P<caption>[A-Z][^.:;\u2014]{1,90})(?:[.:]|\u2014|$)")
_NUMBERING: Numbering = {"": ("I", "A", "1"), "I": ("A", "1"), "A": ("1",), "1": ("a",), "a": ("i",)}
_NUMBERED, _INSIDE, _FOOTNOTE = 100, 200, 700  # ranks; only their order counts
_CAPTION_WORDS = 12  # a longer beginning is a sentence; set by hand, not measured


def is_directive(cited_as: str) -> bool:
    """Tell whether a cited form is that of a directive or an instruction."""
    return bool(_DIRECTIVE.match(cited_as))


def outline_directive(outline: Outline, name: str, blocks: Sequence[Block], text: str) -> None:
    """Push the numbered paragraphs, the other headings and the footnotes of a directive.

    Args:
        outline: Begun with the document.
        name: ``DHS Directive 112-01``.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    leading = {
        number: match
        for number, block in enumerate(blocks)
        if block.kind in ("heading", "paragraph", "list_item")
        and (match := _LEADING.match(text[block.start : block.end]))
    }
    found = nest([Mark(match.group("token"), block=number) for number, match in leading.items()], _NUMBERING)
    paths = dict(zip(leading, found, strict=True))
    begun = False
    for number, block in enumerate(blocks):
        content = text[block.start : block.end]
        if block.kind == "footnote":
            outline.push_footnote(block, rank=_FOOTNOTE, below=_FOOTNOTE)
        elif paths.get(number):
            begun = True
            outline.push(_paragraph(name, paths[number], content[leading[number].end() :], block))
        elif block.kind == "heading":
            rank = _INSIDE if begun else block.level
            outline.push(
                Entry(
                    rank=rank,
                    citation=f"{name}, {one_line(content)}",
                    heading=one_line(content),
                    kind="heading",
                    start=block.start,
                )
            )


def _paragraph(name: str, path: Sequence[Level], body: str, block: Block) -> Entry:
    citation = name + "".join(f"({level.token})" for level in path)
    caption = _CAPTION.match(body)
    heading = f"{path[-1].token}."
    if caption and len(caption.group("caption").split()) <= _CAPTION_WORDS:
        heading = f"{heading} {one_line(caption.group('caption'))}"
    is_heading = block.kind == "heading" or len(path) == 1
    return Entry(
        rank=_NUMBERED + len(path),
        citation=citation,
        heading=heading,
        kind="heading" if is_heading else "provision",
        start=block.start,
    )
