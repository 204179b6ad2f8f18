"""Runs of a paragraph to characters, each with the element in which it stands."""

import re
from collections import Counter

from drafts.reading.word.records import Line, RunText
from ingest.readers.docx.inline.fields import TICKED, UNTICKED, Fields
from ingest.readers.docx.inline.formulas import formula
from ingest.readers.docx.inline.looks import HIDDEN, SEEN, Look, Looks
from ingest.readers.docx.inline.symbols import as_printed, symbol
from ingest.readers.docx.markup import Element, branch, content, is_checked, w
from ingest.readers.docx.notes import Notes

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SIGNS = {
    **{w(name): "\t" for name in ("tab", "ptab")},
    **{w(name): "\n" for name in ("br", "cr")},
    w("noBreakHyphen"): "-",
}
_BOXES = {w(name) for name in ("drawing", "pict", "object")}
_REFERENCES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_TEXT, _RUN = w("t"), w("r")
_COMMENTED = {w("commentRangeStart"), w("commentReference")}
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+")
"""Characters that no reader sees: soft hyphens, blanks without width, marks of direction."""
_FOLDED = str.maketrans("\n\r\t", "   ")  # white space in a w:t is a blank on the page


class Lines:
    """Reads the paragraphs of one story in order: fields may run over them."""

    def __init__(self, looks: Looks, notes: dict[str, Notes], counts: Counter[str], fields: Fields | None) -> None:
        """Take the notes by kind, a count of what is not read, and fields, None where they do not balance."""
        self._looks, self._notes, self._counts, self._fields = looks, notes, counts, fields

    def read(self, paragraph: Element, style: str) -> Line:
        """What a paragraph holds; ``style`` is the identifier of its style."""
        found = Line(paragraphs=[paragraph])
        for child in content(paragraph):
            self._inline(child, style, found)
        return found

    def _inline(self, element: Element, style: str, found: Line) -> None:
        if element.tag == _RUN:
            look = self._looks.of(element.find(w("rPr")), style, element)
            for position, child in enumerate(element):
                if not self._in_run(child, position, element, look, style, found):
                    break
        elif element.tag in _COMMENTED:
            found.comments.append(element.get(w("id"), ""))
        elif is_checked(element) is not None:
            found.say(RunText(TICKED if is_checked(element) else UNTICKED, None, None))
        elif isinstance(element.tag, str) and element.tag.startswith(_MATH):
            found.say(RunText(formula(element), None, None))

    def _in_run(  # noqa: PLR0913, PLR0917 - what a run is made of
        self, child: Element, position: int, run: Element, look: Look, style: str, found: Line
    ) -> bool:
        """Read what stands in a run; False when the rest of the run has been read along with it."""
        tag = child.tag
        if tag == _TEXT:
            self._text(child, run, look, found)
        elif tag in _SIGNS:
            self._say(RunText(_SIGNS[tag], run, child), look, found)
        elif tag == w("sym"):
            text, unknown = symbol(child.get(w("font"), ""), child.get(w("char"), "0"))
            self._counts["symbol"] += unknown
            self._say(RunText(text, run, child), look, found)
        elif tag in _REFERENCES:
            return self._refer(child, position, look, found)
        elif tag in _BOXES:
            self._box(child, look, found)
        elif tag in _COMMENTED:
            found.comments.append(child.get(w("id"), ""))
        elif tag == w("lastRenderedPageBreak"):
            self._turn_page()
        else:
            self._rare(child, run, look, style, found)
        if tag == w("br") and child.get(w("type")) == "page":
            self._turn_page()
        return True

    def _text(self, node: Element, run: Element, look: Look, found: Line) -> None:
        written = node.text or ""
        text, unknown = as_printed(written, look.font)
        self._counts["symbol"] += unknown
        if look.raised == "superscript" and look.state == SEEN and _is_mark(text, found):
            found.marks.append((found.length, text.strip()))
        elif len(text) != len(written):
            self._say(RunText(_UNSEEN.sub("", text.translate(_FOLDED)), run, node), look, found)
        else:
            start = 0
            for gap in (*_UNSEEN.finditer(text), None):
                end = gap.start() if gap else len(text)
                self._say(RunText(text[start:end].translate(_FOLDED), run, node, start), look, found)
                start = gap.end() if gap else end

    def _rare(self, child: Element, run: Element, look: Look, style: str, found: Line) -> None:  # noqa: PLR0913, PLR0917
        if child.tag == w("fldChar") and self._fields is not None:
            self._say(RunText(self._fields.mark(child), run, child), look, found)
        elif child.tag == w("instrText") and self._fields is not None:
            self._fields.instruct(child.text or "")
        elif child.tag == w("ruby"):
            base = child.find(w("rubyBase"))
            for inner in () if base is None else content(base):
                self._inline(inner, style, found)
        elif child.tag == _ALTERNATE:
            chosen = branch(child)
            for position, inner in enumerate(() if chosen is None else chosen):
                self._in_run(inner, position, run, look, style, found)

    def _say(self, text: RunText, look: Look, found: Line) -> None:
        if not text.text or (self._fields is not None and self._fields.is_instruction):
            return
        if look.state == SEEN:
            found.say(text)
        else:
            self._counts[look.state] += len(text.text.split())

    def _refer(self, reference: Element, position: int, look: Look, found: Line) -> bool:
        """A reference to a note; what follows it in the run may be its own mark."""
        if look.state != SEEN:
            return True
        has_own = reference.get(w("customMarkFollows"), "0") in ("1", "true", "on")
        own = _rest(reference.getparent(), position) if has_own else ""
        kind = _REFERENCES[reference.tag]
        mark = self._notes[kind].mark(reference, own)
        note = self._notes[kind].text(reference)
        if mark:
            found.marks.append((found.length, mark))
        if note is not None:
            found.notes.append((kind, mark, note))
        return not has_own

    def _box(self, drawn: Element, look: Look, found: Line) -> None:
        """Text boxes of a drawing, outermost ones only and of alternate content one branch."""
        properties = next(drawn.iter(_DRAWN), None)
        is_hidden = properties is not None and properties.get("hidden", "0") in ("1", "true")
        if look.state == HIDDEN or is_hidden:
            self._counts[HIDDEN] += sum(len((t.text or "").split()) for box in _boxes(drawn) for t in box.iter(_TEXT))
        else:
            found.boxes += _boxes(drawn)

    def _turn_page(self) -> None:
        for notes in self._notes.values():
            notes.begin_page()


def _is_mark(text: str, found: Line) -> bool:
    """Tell whether a raised number is the mark of a note that was typed by hand, and no power of another number."""
    before = found.texts[-1].text[-1] if found.texts else ""
    return text.strip().isdecimal() and bool(before) and not before.isdecimal()


def _rest(run: Element, position: int) -> str:
    """Characters of a run behind a position."""
    text = ""
    for child in run[position + 1 :]:
        if child.tag == _TEXT:
            text += child.text or ""
        elif child.tag == w("sym"):
            text += symbol(child.get(w("font"), ""), child.get(w("char"), "0"))[0]
    return text.strip()


def _boxes(drawn: Element) -> list[Element]:
    found: list[Element] = []
    for child in content(drawn):
        if child.tag == w("txbxContent"):
            found.append(child)
        else:
            found += _boxes(child)
    return found
