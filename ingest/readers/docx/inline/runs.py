"""Runs of a paragraph to the parts of a line, with the notes and text boxes that they bring along."""

from collections import Counter
from dataclasses import dataclass, field

from ingest.readers.docx.inline.fields import TICKED, UNTICKED, Fields
from ingest.readers.docx.inline.formulas import formula, lowered, raised
from ingest.readers.docx.inline.lines import Part
from ingest.readers.docx.inline.looks import HIDDEN, SEEN, STRUCK, Look, Looks
from ingest.readers.docx.inline.symbols import as_printed, symbol
from ingest.readers.docx.markup import Element, branch, content, is_checked, w
from ingest.readers.docx.notes import Notes

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BLANKS = {w(name): " " for name in ("tab", "ptab", "br", "cr")}
_SIGNS = {**_BLANKS, w("noBreakHyphen"): "-"}
_BOXES = {w(name) for name in ("drawing", "pict", "object")}
_REFERENCES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_TEXT, _RUN = w("t"), w("r")
_RAISING = {"superscript": raised, "subscript": lowered}


@dataclass(slots=True)
class Content:
    """What a paragraph holds.

    Attributes:
        parts: Its text, each part with the reason why it is not seen.
        notes: Mark and element of each note that it refers to.
        boxes: Text boxes anchored in it.
    """

    parts: list[Part] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    def add(self, other: "Content") -> None:
        """Append what another paragraph holds, whose mark was deleted."""
        self.parts += other.parts
        self.notes += other.notes
        self.boxes += other.boxes


class Runs:
    """Reads the runs of one story in order: fields may run over its paragraphs."""

    def __init__(self, looks: Looks, notes: dict[str, Notes], unknown: Counter[str], fields: Fields | None) -> None:
        """Take the notes by kind, a count of unknown symbols by font, and fields, None where they do not balance."""
        self._looks = looks
        self._notes = notes
        self._unknown = unknown
        self._fields = fields

    def read(self, paragraph: Element, style: str) -> Content:
        """What a paragraph holds; ``style`` is the identifier of its style."""
        found = Content()
        for child in content(paragraph):
            self._inline(child, style, found)
        return found

    def _inline(self, element: Element, style: str, found: Content) -> None:
        if element.tag == _RUN:
            look = self._looks.of(element.find(w("rPr")), style, element)
            first = len(found.parts)
            for position, child in enumerate(element):
                if not self._in_run(child, position, look, style, found):
                    break
            _raise(found.parts, first, look)
        elif is_checked(element) is not None:
            found.parts.append((SEEN, TICKED if is_checked(element) else UNTICKED))
        elif isinstance(element.tag, str) and element.tag.startswith(_MATH):
            self._say(formula(element), Look(SEEN, "", ""), found)

    def _in_run(self, child: Element, position: int, look: Look, style: str, found: Content) -> bool:
        """Read what stands in a run; False when the rest of the run has been read along with it."""
        tag = child.tag
        if tag == _TEXT:
            text, unknown = as_printed(child.text or "", look.font)
            self._unknown[look.font] += unknown
            self._say(text, look, found)
        elif tag in _SIGNS:
            self._say(_SIGNS[tag], look, found)
        elif tag == w("sym"):
            text, unknown = symbol(child.get(w("font"), ""), child.get(w("char"), "0"))
            self._unknown[child.get(w("font"), "")] += unknown
            self._say(text, look, found)
        elif tag in _REFERENCES:
            return self._refer(child, position, look, found)
        elif tag in _BOXES:
            self._box(child, look, found)
        elif tag == w("lastRenderedPageBreak"):
            self._turn_page()
        else:
            self._rare(child, look, style, found)
        if tag == w("br") and child.get(w("type")) == "page":
            self._turn_page()
        return True

    def _rare(self, child: Element, look: Look, style: str, found: Content) -> None:
        if child.tag == w("fldChar") and self._fields is not None:
            self._say(self._fields.mark(child), look, found)
        elif child.tag == w("instrText") and self._fields is not None:
            self._fields.instruct(child.text or "")
        elif child.tag == w("ruby"):
            base = child.find(w("rubyBase"))
            for inner in () if base is None else content(base):
                self._inline(inner, style, found)
        elif child.tag == _ALTERNATE:
            chosen = branch(child)
            for position, inner in enumerate(() if chosen is None else chosen):
                self._in_run(inner, position, look, style, found)

    def _say(self, text: str, look: Look, found: Content) -> None:
        if text and not (self._fields is not None and self._fields.is_instruction):
            found.parts.append((look.state, text))

    def _refer(self, reference: Element, position: int, look: Look, found: Content) -> bool:
        """A reference to a note; what follows it in the run may be its own mark."""
        if look.state not in (SEEN, STRUCK):
            return True
        has_own = reference.get(w("customMarkFollows"), "0") in ("1", "true", "on")
        own = self._rest(reference.getparent(), position) if has_own else ""
        notes = self._notes[_REFERENCES[reference.tag]]
        mark = notes.mark(reference, own)
        if look.state == SEEN and mark:
            found.parts.append((SEEN, f"[{mark}]"))
            note = notes.text(reference)
            if note is not None:
                found.notes.append((mark, note))
        return not has_own

    def _rest(self, run: Element, position: int) -> str:
        """Characters of a run behind a position."""
        text = ""
        for child in run[position + 1 :]:
            if child.tag == _TEXT:
                text += child.text or ""
            elif child.tag == w("sym"):
                text += symbol(child.get(w("font"), ""), child.get(w("char"), "0"))[0]
        return text.strip()

    def _box(self, drawn: Element, look: Look, found: Content) -> None:
        """Text boxes of a drawing, outermost ones only and of alternate content one branch."""
        properties = next(drawn.iter(_DRAWN), None)
        is_hidden = properties is not None and properties.get("hidden", "0") in ("1", "true")
        if look.state == HIDDEN or is_hidden:
            found.parts += [(HIDDEN, f" {text.text} ") for box in _boxes(drawn) for text in box.iter(_TEXT)]
        else:
            found.boxes += _boxes(drawn)

    def _turn_page(self) -> None:
        for notes in self._notes.values():
            notes.begin_page()


def _boxes(drawn: Element) -> list[Element]:
    found: list[Element] = []
    for child in content(drawn):
        if child.tag == w("txbxContent"):
            found.append(child)
        else:
            found += _boxes(child)
    return found


def _raise(parts: list[Part], first: int, look: Look) -> None:
    """Give the numerals of a raised or lowered run the form that they are printed in."""
    change = _RAISING.get(look.raised)
    if change is None:
        return
    text = "".join(text for state, text in parts[first:] if state == SEEN)
    if "[" not in text and change(text) != text:
        parts[first:] = [(state, change(text) if state == SEEN else text) for state, text in parts[first:]]
