"""Complex fields: their result is text, their instruction is not (ECMA-376, Part 1, 17.16)."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ingest.readers.docx.inline.symbols import symbol
from ingest.readers.docx.markup import Element, is_on, number, w

_SYMBOL = re.compile(r'SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s+"?([^"\\]+))?', re.IGNORECASE | re.DOTALL)
_COMPUTED = re.compile(r"\s*(LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT|EQ)\b", re.IGNORECASE)
TICKED, UNTICKED = "☒", "☐"


@dataclass(slots=True)
class _Open:
    instruction: str = ""
    has_result: bool = False
    data: Element | None = None


@dataclass(slots=True)
class Fields:
    """The fields that are open while runs are read in order.

    Attributes:
        computed: Fields that print text which the file does not hold, by name.
    """

    computed: Counter[str]
    _open: list[_Open] = field(default_factory=list)

    @property
    def is_instruction(self) -> bool:
        """Whether what follows is told to Word only."""
        return any(not one.has_result for one in self._open)

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open:
            self._open[-1].instruction += text

    def mark(self, element: Element) -> str:
        """Take a ``w:fldChar``; return what a field without a result prints."""
        kind = element.get(w("fldCharType"), "")
        if kind == "begin":
            self._open.append(_Open(data=element.find(w("ffData"))))
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            closed = self._open.pop()
            if not closed.has_result and not self.is_instruction:
                return self._printed(closed)
        return ""

    def _printed(self, closed: _Open) -> str:
        box, choices = (None if closed.data is None else closed.data.find(w(name)) for name in ("checkBox", "ddList"))
        if box is not None:
            ticked = is_on(box, "checked")
            return TICKED if (is_on(box, "default") if ticked is None else ticked) else UNTICKED
        if choices is not None:
            entries = [entry.get(w("val"), "") for entry in choices.iterchildren(w("listEntry"))]
            chosen = number(choices, "result") or number(choices, "default") or 0
            return entries[chosen] if chosen < len(entries) else ""
        named = _SYMBOL.match(closed.instruction.strip())
        if named:
            code = int(named[1], 0)
            return symbol((named[2] or "").strip(), f"{code:X}")[0]
        if computed := _COMPUTED.match(closed.instruction):
            self.computed[computed[1].upper()] += 1
        return ""


def are_balanced(root: Element) -> bool:
    """Tell whether every field that begins also ends; where not, nothing says what is an instruction."""
    kinds = Counter(mark.get(w("fldCharType")) for mark in root.iter(w("fldChar")))
    return kinds["begin"] == kinds["end"]
