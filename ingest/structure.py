"""Blocks to a section tree.

What a heading means depends on the family of the document, which its cited form tells: a
code of regulations ("8 CFR"), of statutes ("8 U.S.C.", "INA"), the Policy Manual
("3 USCIS-PM B"), or anything else, where mark-up or type size gives the levels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.legal_citations import ancestors, parse_citations
from index.records import Crosswalk
from ingest.designators import DesignatorTree, leading_designators, successor_of
from ingest.records import Block, Document, Section, SectionKind

_CODE = re.compile(r"^(?:\d+ CFR|\d+ U\.S\.C\.|INA)$")
_MANUAL = re.compile(r"^\d+ USCIS-PM [A-Z]$")
_SECTION_SIGN = re.compile(
    r"^§+\s*(?P<number>\d+[A-Za-z]?(?:\.\d+[a-z]?)?(?:-\d+)?)(?:[\s,\u2013-]+[\d.]+[a-z]?)?\.?\s+(?P<name>[A-Z\u201c\[].*)",
    re.DOTALL,
)
_ACT_SECTION = re.compile(
    r"^S(?:EC|ec)(?:\.|TION|tion)\s+(?P<number>\d+[A-Z]*)\.?(?:\[\d+\])?\s*[\u00f8\[]\s?\d+\.?\s+U\.\s?S\.\s?C\.[^\u00bf\]]*[\u00bf\]]\s*"
)
_DIVISIONS = (
    (10, re.compile(r"^(?:volume|title)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (20, re.compile(r"^(?:subtitle|chapter)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (30, re.compile(r"^subchapter\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (35, re.compile(r"^part\s+\d+\b", re.IGNORECASE)),
    (40, re.compile(r"^subpart\s+[A-Z]+\b", re.IGNORECASE)),
)
_MANUAL_PARTS = (
    (10, re.compile(r"^volume\s+\d+", re.IGNORECASE), None),
    (20, re.compile(r"^part\s+[A-Z]\b", re.IGNORECASE), None),
    (30, re.compile(r"^chapter\s+(\d+)\b", re.IGNORECASE), ".{}"),
    (35, re.compile(r"^footnotes$", re.IGNORECASE), " Footnotes"),
    (40, re.compile(r"^([A-Z])\.\s"), "({})"),
    (50, re.compile(r"^(\d+)\.\s"), "({})"),
)
_DEFINED = re.compile(
    r"^(?:The terms? )?[\u201c\"]?(?P<term>[A-Z][^.:;\u201c\u201d\"]{1,90}?)[\u201d\"]?,?"
    r"(?: \([A-Z]{2,6}\))?(?:,? for (?:the )?purposes? of [^:]{3,60}?[,:])?\s?"
    r"(?:means?\b|includes?\b|has the meaning\b|refers to\b|is defined\b)"
    r"|^(?P<alone>[A-Z][^.;]{2,60}), for [^.;]{3,60}:$"
)
_CAPTION = re.compile(
    r"^\s*(?P<caption>[A-Z\u201c][^.:;?]{1,110}?[^.\s])(?P<end>[.?]|\.?\u2014)(?=\s*[A-Z(\u201c\u2014]|$)"
)
_INLINE = re.compile(r"(?:[.:?]|\u2014)\s*(?:\d{1,4}\s+)?\((?P<token>1|i|A|a|I)\)\s+[A-Z\u201c]")
_RUN_IN = re.compile(r"(?:[.:;,?]|\u2014|\b(?:and|or))\s*\((?P<token>[a-zA-Z]{1,5}|\d{1,2})\)\s+[A-Z\u201c]")
_SUCCESSOR = {"1": "2", "i": "ii", "A": "B", "a": "b", "I": "II"}
_MANUAL_FOOTNOTE, _SECTION, _UNNUMBERED, _FOOTNOTE, _DEFINITION, _PROVISION = 36, 50, 60, 70, 80, 100
_LONG_SECTION_NAME = 60  # words; a longer text behind "§ 1.2" is a sentence, not a heading


@dataclass(slots=True)
class _Node:
    """A section under construction; a smaller rank stands higher in the tree."""

    rank: int
    citation: str
    heading: str
    kind: SectionKind
    start: int
    parent: int = -1
    depth: int = 0


def find_sections(
    document: Document,
    *,
    cited_as: str,
    title: str,
    effective_from: date | None = None,
    effective_to: date | None = None,
    crosswalk: Sequence[Crosswalk] = (),
) -> tuple[Section, ...]:
    """Find the section tree of a document.

    Args:
        document: The assembled document.
        cited_as: The code or name under which it is cited; the title stands in when it is "".
        title: Heading of the root.
        effective_from: First day of force of the whole document.
        effective_to: First day on which the whole document was no longer in force.
        crosswalk: Provisions that moved; those of this document end on the day they moved.

    Returns:
        Sections in text order, parents before children; the first is the whole document.
    """
    nodes = _Finder(document, cited_as or title, title).run()
    ends = _ends(nodes, len(document.text))
    first_child = {node.parent: node.start for node in reversed(nodes)}
    sections = [
        Section(
            node.citation,
            node.heading,
            node.depth,
            node.start,
            first_child.get(number, ends[number]),
            ends[number],
            node.parent,
            node.kind,
            effective_from,
            _ended(node.citation, crosswalk, effective_to),
        )
        for number, node in enumerate(nodes)
    ]
    return _ended_parents(sections)


class _Finder:
    """Goes through the blocks once and keeps the open sections as a stack."""

    def __init__(self, document: Document, code: str, title: str) -> None:
        self._document = document
        self._code = code
        self._is_code = bool(_CODE.match(code))
        self._is_manual = bool(_MANUAL.match(code))
        self._nodes = [_Node(0, code, title, "document", 0)]
        self._open = [0]
        self._tree: DesignatorTree | None = None
        self._upcoming: list[str] = []

    def run(self) -> list[_Node]:
        text = self._document.text
        leads = [self._lead_tokens(block) for block in self._document.blocks]
        for place, block in enumerate(self._document.blocks):
            self._upcoming = []
            for tokens in leads[place + 1 :]:
                if tokens is None or len(self._upcoming) > 400:  # noqa: PLR2004 - the horizon of DesignatorTree
                    break
                self._upcoming += tokens
            self._take(block, text[block.start : block.end])
        return self._nodes

    def _lead_tokens(self, block: Block) -> list[str] | None:
        """Designators that open a block; None where a new section of the code begins."""
        text = self._document.text[block.start : block.end]
        if self._is_code and self._section_head(block, text):
            return None
        return [] if block.kind == "footnote" else [token for token, _ in leading_designators(text)]

    def _take(self, block: Block, text: str) -> None:
        if block.kind == "footnote":
            self._footnote(block)
        elif self._is_code:
            self._code_block(block, text)
        elif block.kind == "heading" and self._is_manual:
            self._manual_heading(block, text)
        elif block.kind == "heading":
            self._push(_Node(block.level, f"{self._code}, {_one_line(text)}", _one_line(text), "heading", block.start))

    def _code_block(self, block: Block, text: str) -> None:
        head = self._section_head(block, text)
        if head:
            number, name_end = head
            self._push(
                _Node(_SECTION, f"{self._code} {number}", _one_line(text[:name_end] or text), "heading", block.start)
            )
            self._tree = DesignatorTree()
            self._provisions(block.start + name_end, text[name_end:])
            return
        if leading_designators(text) and self._tree:
            self._provisions(block.start, text)
            return
        if block.kind == "heading":
            rank = next((r for r, look in _DIVISIONS if look.match(text)), _UNNUMBERED if self._tree else 45)
            inside = rank == _UNNUMBERED
            citation = self._nodes[self._open[-1]].citation if inside else f"{self._code}, {_one_line(text)}"
            if not inside:
                self._push(_Node(rank, citation, _one_line(text), "heading", block.start))
                self._tree = None
            return
        self._definition(block, text)

    def _section_head(self, block: Block, text: str) -> tuple[str, int] | None:
        """Number of the section that a block opens, and where its heading ends in the block."""
        act = _ACT_SECTION.match(text) if self._code == "INA" else None
        if act:
            return act.group("number"), act.end()
        match = _SECTION_SIGN.match(text) if self._code != "INA" else None
        if match and (block.kind == "heading" or len(text.split()) <= _LONG_SECTION_NAME):
            return match.group("number"), len(text)
        return None

    def _provisions(self, start: int, text: str) -> None:
        """Open the provisions whose designators stand at the start of a text."""
        assert self._tree is not None  # noqa: S101 - both callers are inside a section
        leading = leading_designators(text)
        for place, (token, offset) in enumerate(leading):
            following = [t for t, _ in leading[place + 1 :]] + self._upcoming
            if not self._tree.place(token, following):
                return
            last = place == len(leading) - 1
            self._open_provision(start + offset, text[offset:] if last else "")
        if leading:
            self._inline(start, text)

    def _inline(self, start: int, text: str) -> None:
        """Open what stands inside a block: the ``(1)`` of ``(a) Caption. (1) Text``, then its run-in successors.

        The first is taken only if its successor follows, here or at the start of a later block.
        """
        assert self._tree is not None  # noqa: S101 - see _provisions
        for match in _INLINE.finditer(text):
            token = match.group("token")
            later = [m.group("token") for m in _RUN_IN.finditer(text, match.end())] + self._upcoming[:40]
            successor = _SUCCESSOR[token]
            if successor not in later or token in later[: later.index(successor)] or not self._tree.opens_child(token):
                continue
            self._tree.place(token, later)
            self._open_provision(start + match.start("token") - 1, text[match.start("token") - 1 :])
            for run_in in _RUN_IN.finditer(text, match.end()):
                if run_in.group("token") == successor and self._tree.place(successor, self._upcoming):
                    self._open_provision(start + run_in.start("token") - 1, text[run_in.start("token") - 1 :])
                    successor = successor_of(successor, token)
            return

    def _open_provision(self, start: int, text: str) -> None:
        assert self._tree is not None  # noqa: S101 - see _provisions
        path = self._tree.path
        base = next(
            n for n in (self._nodes[i] for i in reversed(self._open)) if n.kind in ("heading", "definition", "document")
        )
        citation = base.citation + "".join(f"({token})" for token in path)
        self._push(_Node(_PROVISION + len(path), citation, _provision_heading(path[-1], text), "provision", start))

    def _definition(self, block: Block, text: str) -> None:
        """Open a definition: a paragraph "Term means …" of a section headed Definitions."""
        section = next((n for n in (self._nodes[i] for i in reversed(self._open)) if n.rank == _SECTION), None)
        if section is None or "definition" not in section.heading.lower() or block.kind == "footnote":
            return
        match = _DEFINED.match(text)
        if match and (
            self._tree is None
            or not self._tree.path
            or self._nodes[self._open[-1]].kind == "definition"
            or self._in_definition()
        ):
            term = (match.group("term") or match.group("alone") or "").strip(" ,")
            citation = f"{section.citation} \u201c{term}\u201d"
            self._push(_Node(_DEFINITION, citation, term, "definition", block.start))
            self._tree = DesignatorTree()

    def _in_definition(self) -> bool:
        return any(self._nodes[number].kind == "definition" for number in self._open)

    def _manual_heading(self, block: Block, text: str) -> None:
        for rank, look, form in _MANUAL_PARTS:
            match = look.match(text)
            if match:
                parent = next(n for n in (self._nodes[i] for i in reversed(self._open)) if n.rank < rank)
                number = match.group(1) if match.groups() else ""
                citation = parent.citation + form.format(number) if form else parent.citation
                self._push(_Node(rank, citation, _one_line(text), "heading", block.start))
                return
        above = next(n for n in (self._nodes[i] for i in reversed(self._open)) if n.rank < _UNNUMBERED)
        self._push(_Node(_UNNUMBERED, above.citation, _one_line(text), "heading", block.start))

    def _footnote(self, block: Block) -> None:
        # In the manual footnotes belong to the chapter, elsewhere to the nearest heading.
        above, rank = (31, _MANUAL_FOOTNOTE) if self._is_manual else (_FOOTNOTE, _FOOTNOTE)
        holder = next(n for n in (self._nodes[i] for i in reversed(self._open)) if n.rank < above)
        self._push(
            _Node(rank, f"{holder.citation} fn {block.marker}", f"Footnote {block.marker}", "footnote", block.start)
        )

    def _push(self, node: _Node) -> None:
        """Close the sections that the new one ends, and open it below what stays open."""
        while len(self._open) > 1 and self._nodes[self._open[-1]].rank >= node.rank:
            self._open.pop()
        node.parent, node.depth = self._open[-1], len(self._open)
        self._open.append(len(self._nodes))
        self._nodes.append(node)


def _provision_heading(token: str, text: str) -> str:
    """``(b) Physical presence`` for a paragraph with a caption, ``(b)`` for one without."""
    body = text[text.find(")") + 1 :] if text else ""
    caption = _CAPTION.match(body)
    if caption and len(caption.group("caption").split()) <= 14:  # noqa: PLR2004 - captions are short
        return f"({token}) {_one_line(caption.group('caption'))}"
    short = body.strip()
    if short and len(short.split()) <= 12 and short[-1] not in ".;,:" and short[0].isupper():  # noqa: PLR2004
        return f"({token}) {_one_line(short)}"
    return f"({token})"


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"\[\d{1,3}\]", "", text).split())


def _ends(nodes: Sequence[_Node], length: int) -> list[int]:
    """Where each section ends: at the next one that is not below it."""
    ends = [length] * len(nodes)
    open_numbers: list[int] = []
    for number, node in enumerate(nodes):
        while open_numbers and nodes[open_numbers[-1]].depth >= node.depth:
            ends[open_numbers.pop()] = node.start
        open_numbers.append(number)
    return ends


def _ended(citation: str, crosswalk: Sequence[Crosswalk], otherwise: date | None) -> date | None:
    """First day out of force of a provision that moved; ``otherwise`` for every other."""
    named = parse_citations(citation) if crosswalk else ()
    lines = {str(level) for level in ancestors(named[0])} if named else set()
    days = [entry.effective for entry in crosswalk if entry.old in lines]
    return min([*days, *([otherwise] if otherwise else [])], default=None)


def _ended_parents(sections: list[Section]) -> tuple[Section, ...]:
    """A provision whose parts have all ended has ended with the last of them."""
    below: dict[int, list[date | None]] = {}
    for number in range(len(sections) - 1, -1, -1):
        section = sections[number]
        days = [day for day in below.get(number, []) if day is not None]
        if days and len(days) == len(below[number]) and section.effective_to is None and section.kind != "document":
            sections[number] = section = replace(section, effective_to=max(days))
        below.setdefault(section.parent, []).append(section.effective_to)
    return tuple(sections)
