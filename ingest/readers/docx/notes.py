"""Footnotes and endnotes: the numbers that they are printed with (ECMA-376, Part 1, 17.11)."""

from dataclasses import dataclass

from ingest.readers.docx.markup import Element, number, value, w
from ingest.readers.docx.number_formats import printed

EACH_SECTION, EACH_PAGE = "eachSect", "eachPage"
_USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class NoteNumbers:
    """How the notes of a section of the document are numbered."""

    form: str
    start: int
    restart: str


class Notes:
    """The notes of one kind, "footnote" or "endnote", counted in the order of their references.

    Attributes:
        marks: Printed marks given so far.
    """

    def __init__(self, kind: str, root: Element | None, settings: Element | None, sections: list[Element]) -> None:
        """Take the part with the notes, the settings, and the properties of the document's sections in order."""
        self.marks: set[str] = set()
        self._texts: dict[str, Element] = {}
        for note in () if root is None else root.iterchildren(w(kind)):
            if note.get(w("type"), "normal") == "normal":
                self._texts[note.get(w("id"), "")] = note
        properties = f"{kind}Pr"
        self._sections = [_numbers(kind, one, settings, properties) for one in sections]
        self._sections = self._sections or [_numbers(kind, None, settings, properties)]
        self._section = 0
        self._count: int | None = None
        self.restarts_on_pages = any(one.restart == EACH_PAGE for one in self._sections) and bool(self._texts)

    def begin_section(self) -> None:
        """Go on to the next section of the document."""
        self._section = min(self._section + 1, len(self._sections) - 1)
        if self._sections[self._section].restart == EACH_SECTION:
            self._count = None

    def begin_page(self) -> None:
        """Go on to the next page, as far as the file says where one begins."""
        if self._sections[self._section].restart == EACH_PAGE:
            self._count = None

    def mark(self, reference: Element, own: str) -> str:
        """The mark that a reference prints.

        Args:
            reference: ``w:footnoteReference`` or ``w:endnoteReference``.
            own: A mark that stands in the text instead of a number, "" when there is none; it is not counted.
        """
        if not own:
            numbers = self._sections[self._section]
            self._count = numbers.start if self._count is None else self._count + 1
            own = printed(self._count, numbers.form)
        self.marks.add(own)
        return own

    def text(self, reference: Element) -> Element | None:
        """The note that a reference belongs to; None when the file has none."""
        return self._texts.get(reference.get(w("id"), ""))


def _numbers(kind: str, section: Element | None, settings: Element | None, properties: str) -> NoteNumbers:
    def stated(name: str) -> str:
        return value(section, f"{properties}/{name}") or value(settings, f"{properties}/{name}")

    start = number(section, f"{properties}/numStart")
    start = number(settings, f"{properties}/numStart") if start is None else start
    return NoteNumbers(stated("numFmt") or _USUAL[kind], 1 if start is None else start, stated("numRestart"))
