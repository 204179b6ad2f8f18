"""Divisions that the file itself states: the tree is built from the cited forms of its blocks, nothing is guessed.

Each block of official XML bears the cited forms of the divisions around it (``RawBlock.stated``). A form that the block
before did not bear opens a division; one that it bore and this one does not ends there, so that text behind a list
stands at the level to which it belongs. Sections of the CFR whose paragraphs the file does not state have them found in
their text, as in every other format.
"""

import re
from collections.abc import Iterator, Sequence

from citations.records import APPENDIX_KINDS
from ingest.records import AssembledDocument, SectionKind
from ingest.structure.codes import is_code
from ingest.structure.marks import leading_designators
from ingest.structure.outline import Entry, Outline, one_line
from ingest.structure.provisions.appendices import Appendix, Comments
from ingest.structure.provisions.divisions import appended, note_of
from ingest.structure.provisions.paragraphs import Paragraphs, provision_heading
from pinpoint.records import Block

_Chain = tuple[str, ...]

_TOKEN = re.compile(r"\((?P<token>[^()]+)\)$")
_REGULATION = re.compile(r"^\d+ CFR \d(?!.*, Effective Date Note$)")
_AMENDMENT_NOTE = re.compile(r", Effective Date Note$")
_APPENDIX = re.compile(rf"^\d+ CFR .*, (?:{APPENDIX_KINDS})(?: [\w-]+)?$")
_UNTITLED = re.compile(r"^CFR(?P<heading>,)? (?P<rest>(?P<section>\d)?.*)$")
_ACT_SECTION = re.compile(r"^(?P<act>.+?)(?P<rest>, (?:div\. \w+, )?sec\. (?P<number>.+))$")
_REGISTER = re.compile(r"^\d+ FR \d+$")
_FILED = re.compile(r"^\[FR Doc\. (?P<number>\S+)")
_SECTION_LABEL = re.compile(r"^\W{0,3}(?:S(?:EC|ec)(?:\.|TION|tion)|§+)\s*[\w.-]{1,20}\s*(?:\[[^\]]{0,60}\]\s*)?(?=\()")
_OPENING_QUOTES = "\u201c\u2018\"' [■"
_INNER_HEADING = 6  # level of the headings inside a section, which open no division
_TITLES = 4  # headings that make up the title of a document of the Federal Register; set by hand


def outline_stated(outline: Outline, document: AssembledDocument, cited_as: str) -> None:
    """Push the divisions that the blocks of a document state.

    Args:
        outline: Begun with the document.
        document: The assembled document; ``stated`` has an item for each block.
        cited_as: The code or name under which it is listed, "" when it is not: it completes forms whose title the file
            does not state, and names an act that the file states by another name.
    """
    insets = ["" in chain for chain in document.stated]  # what is quoted states no division of its own
    stated = [chain[: chain.index("")] if "" in chain else chain for chain in document.stated]
    _Stated(outline, document, _completed(stated, cited_as), insets).push_all()
    _name_register_documents(outline, document)


class _Stated:
    def __init__(
        self, outline: Outline, document: AssembledDocument, chains: Sequence[_Chain], insets: Sequence[bool]
    ) -> None:
        self._outline = outline
        self._text = document.text
        self._blocks = document.blocks
        self._chains = chains
        self._insets = insets
        # A file that states paragraphs states all that it knows of: what it does not state is not guessed.
        pairs = {pair for chain in chains for pair in zip(chain, chain[1:], strict=False)}
        self._searches = not any(_token(form, above) for above, form in pairs)
        self._open: _Chain = ()
        self._section: Paragraphs | Appendix | Comments | None = None
        self._noted = False  # whether it is a note or an alternate that only its words state

    def push_all(self) -> None:
        for number, (block, chain) in enumerate(zip(self._blocks, self._chains, strict=True)):
            self._push(number, block, chain)
        self._close_section()

    def _push(self, number: int, block: Block, chain: _Chain) -> None:
        content = self._text[block.start : block.end]
        if block.kind == "footnote" and self._section is not None and chain[:-1] == self._open:
            self._take_footnote(block, chain[-1])
            return
        shared = self._shared(block, content, chain, inset=self._insets[number])
        if shared < len(self._open):
            self._close_section()
            self._outline.close(shared + 1, block.start)
        begun = list(self._begin(block, content, chain, shared))
        if begun:
            self._close_section()
        for entry in begun:
            self._outline.push(entry)
        self._open = chain
        if begun and self._is_searched(chain):
            self._section = self._gathering(chain[-1], block, content)
            if block.kind == "heading":
                return
        if isinstance(self._section, Paragraphs) and self._open_note(block, content, chain):
            return
        # What the mark-up says is a table has cells; "(k)" in one is no paragraph.
        if self._section is not None and block.kind not in ("footnote", "table_row", "table_header"):
            if isinstance(self._section, Paragraphs):
                self._section.take(number, block.start, content, block, inset=self._insets[number])
            else:
                self._section.take(number, block.start, content, block)

    def _open_note(self, block: Block, content: str, chain: _Chain) -> bool:
        """Open the note or the alternate behind the text of a section, whose paragraphs are not the section's."""
        name = note_of(chain[-1].partition(" CFR")[0] + " CFR", block, content, credited=False)
        if not name or block.kind in ("footnote", "table_row", "table_header"):
            return False
        self._close_section()
        citation, rank = f"{chain[-1]}, {name}", len(chain) + 1
        self._outline.push(Entry(rank=rank, citation=citation, heading=name, kind="heading", start=block.start))
        self._section, self._noted = Paragraphs(self._outline), True
        return True

    def _take_footnote(self, block: Block, form: str) -> None:
        """Gather a footnote; in a note it is the section's, as the file states, and the note goes on behind it."""
        if self._section is not None and not self._noted:
            self._section.take_footnote(block)
            return
        rank, heading = len(self._open) + 2, f"Footnote {block.marker}"
        self._outline.push(Entry(rank=rank, citation=form, heading=heading, kind="footnote", start=block.start))
        self._outline.close(rank, block.end)

    def _shared(self, block: Block, content: str, chain: _Chain, *, inset: bool) -> int:
        """Number of open divisions in which a block still stands."""
        shared = 0
        for before, now in zip(self._open, chain, strict=False):
            if before != now:
                break
            shared += 1
        same = shared and shared == len(chain)
        deeper = shared < len(self._open)
        if same and not inset:
            token = _token(chain[-1], chain[-2] if len(chain) > 1 else "")
            return shared - _begins_again(block, content, token, deeper=deeper)
        return shared

    def _begin(self, block: Block, content: str, chain: _Chain, shared: int) -> Iterator[Entry]:
        """The divisions that a block opens, from the outside in."""
        new = chain[shared:]
        starts = _designators(content, new)
        for order, form in enumerate(new):
            above = chain[shared + order - 1] if shared + order else ""
            last, at = order == len(new) - 1, block.start + starts[order]
            token = _token(form, above)
            kind: SectionKind = "heading"
            heading = _own_words(form, above) if not last or _AMENDMENT_NOTE.search(form) else one_line(content)
            if last and block.kind == "footnote":
                kind, heading = "footnote", f"Footnote {block.marker}"
            elif token:
                kind, heading = "provision", provision_heading(token, self._text[at : block.end] * last)
            yield Entry(rank=shared + order + 1, citation=form, heading=heading, kind=kind, start=at)

    def _is_searched(self, chain: _Chain) -> bool:
        """Tell whether paragraphs are found in the text of the innermost division, since the file states none."""
        form = chain[-1] if chain else ""
        return self._searches and bool(_REGULATION.match(form) or _APPENDIX.match(form))

    def _gathering(self, form: str, block: Block, content: str) -> Paragraphs | Appendix | Comments:
        """What finds the paragraphs of a section, of an appendix, or of the official interpretations of a part."""
        heading = one_line(content)
        if not _APPENDIX.match(form):
            return Paragraphs(self._outline, form, heading)
        found = appended(form.partition(" CFR")[0] + " CFR", block, content, part="")
        if found and found.comments:
            return Comments(self._outline, form)
        return Appendix(self._outline, form, found.mark if found else "")

    def _close_section(self) -> None:
        if self._section is not None:
            self._section.close()
            self._section, self._noted = None, False


def _token(form: str, above: str) -> str:
    """``a`` of the form of paragraph (a) of the division above; "" for any other division ("… (CONTINUED)")."""
    match = _TOKEN.search(form)
    return match.group("token") if match and form == f"{above}{match.group()}" else ""


def _begins_again(block: Block, content: str, token: str, *, deeper: bool) -> bool:
    """Tell whether a block opens another division of the number of one that is open ("two subsecs. (c)").

    A paragraph does so only behind those below the first one: what it quotes may open with its own number.
    """
    if block.kind == "heading":
        return block.level < _INNER_HEADING
    found = leading_designators(content) if token and deeper and block.kind == "paragraph" else []
    return bool(found) and found[-1][0] == token


def _designators(content: str, new: Sequence[str]) -> list[int]:
    """Where in a block each of the divisions that it opens begins: ``(17)(A) The term`` opens two."""
    tokens = [match.group("token") if (match := _TOKEN.search(form)) else "" for form in new]
    label = _SECTION_LABEL.match(content) if new and not tokens[0] else None
    skipped = label.end() if label else len(content) - len(content.lstrip(_OPENING_QUOTES))
    found = leading_designators(content[skipped:])
    starts = [0] * len(new)
    for order in range(1, min(len(found), len(new)) + 1):
        if found[-order][0] != tokens[-order]:
            return [0] * len(new)
        starts[-order] = skipped + found[-order][1] if order < len(new) else 0
    return starts


def _own_words(form: str, above: str) -> str:
    """What a form says beyond that of the division around it: ``Note`` of "22 U.S.C. 7101 note"."""
    words = (form.removeprefix(above) if above else form).strip(" ,")
    return words[:1].upper() + words[1:]


def _completed(chains: Sequence[_Chain], cited_as: str) -> list[_Chain]:
    """Forms with the title or the name that the manifest gives where the file states none of its own."""
    completed: dict[str, str] = {}
    for chain in chains:
        for form in chain:
            if form not in completed:
                completed[form] = _complete(form, cited_as)
    own = _act_of(chains)
    if own and cited_as and own != cited_as:
        completed = {form: _renamed(form, own, cited_as) for form in completed}
    return [tuple(completed[form] for form in chain) for chain in chains]


def _complete(form: str, cited_as: str) -> str:
    untitled = _UNTITLED.match(form)
    if untitled is None:
        return form
    if cited_as.endswith(" CFR"):
        return f"{cited_as}{untitled.group('heading') or ''} {untitled.group('rest')}"
    sign = "\u00a7 " if untitled.group("section") and not untitled.group("heading") else ""
    return f"{cited_as}, {sign}{untitled.group('rest')}" if cited_as else f"{sign}{untitled.group('rest')}"


def _act_of(chains: Sequence[_Chain]) -> str:
    """Name of the act whose sections a document states; "" when it is none."""
    for chain in chains:
        for form in chain:
            act = _ACT_SECTION.match(form)
            if act and not form[0].isdigit():  # a code: "5 U.S.C. App., INSPECTOR GENERAL ACT OF 1978, sec. 3"
                return act.group("act")
    return ""


def _renamed(form: str, own: str, cited_as: str) -> str:
    """A form under the name that the manifest gives: "INA 101(a)", "TVPA, TITLE I—…"."""
    section = _ACT_SECTION.match(form)
    if section and is_code(cited_as) and ", div. " not in section.group("rest"):
        return f"{cited_as} {section.group('number')}"
    return cited_as + form[len(own) :] if form.startswith(own) else form


def _name_register_documents(outline: Outline, document: AssembledDocument) -> None:
    """Give each document of the Federal Register its agency, its subject and its number as its heading."""
    entries = [entry for entry in outline.entries if _REGISTER.match(entry.citation) and entry.kind == "heading"]
    if not entries:
        return
    bounds = [*(entry.start for entry in entries[1:]), len(document.text) + 1]
    rows = iter(zip(document.blocks, document.stated, strict=True))
    row = next(rows, None)
    for entry, end in zip(entries, bounds, strict=True):
        titles: list[str] = []
        number = ""
        while row is not None and row[0].start < end:
            block, chain = row
            content = document.text[block.start : block.end]
            if block.start >= entry.start and block.kind == "heading" and chain == (entry.citation,):
                titles.append(one_line(content))
            filed = _FILED.match(content)
            number = filed.group("number") if filed else number
            row = next(rows, None)
        named = ": ".join(titles[:_TITLES])
        entry.heading = f"{named} (FR Doc. {number})" if number and named else named or entry.heading
