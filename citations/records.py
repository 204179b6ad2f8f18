"""What a legal citation is, and what lies above the place that it names."""

import re
from dataclasses import dataclass, replace

BARE = "§"
"""Code of a section whose code is not said."""
NOTE = "fn"
"""Code of a footnote whose chapter is not said."""
MANUAL = "USCIS-PM"
"""End of the code of every citation of the Policy Manual."""
_FORM_PARTS = re.compile(r" (?:Supplement [A-Z]|Instructions)$")


@dataclass(frozen=True, slots=True)
class LegalCitation:
    """One citation.

    Attributes:
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``, ``TVPA``, ``3 USCIS-PM``, ``89 FR``, ``Form``,
            ``DHS Directive``, ``QHSR``, ``Pub. L.``, ``Executive Order``, ``fn`` for a footnote of
            a place that is not said, or ``§`` for a section whose code is not said.
        number: ``214.202``, ``1101``, ``B.2``, ``34864``, ``I-914 Supplement B``, ``112-01``, ``Mission 6``.
        path: Paragraph designators from the outside in, without parentheses.
        footnote: Footnote number, "" when none is cited.
        start: Span in the text it was read from, half-open. What a range does not write out has
            the span of the range's end.
        end: See ``start``.
    """

    code: str
    number: str
    path: tuple[str, ...] = ()
    footnote: str = ""
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """The canonical form."""
        paragraphs = "".join(f"({designator})" for designator in self.path)
        note = f" fn {self.footnote}" if self.footnote else ""
        return f"{self.code} {self.number}{paragraphs}{note}"


def ancestors(citation: LegalCitation) -> tuple[LegalCitation, ...]:
    """The citation and its ancestors, nearest first: ``214.202(c)(1)``, ``214.202(c)``, ``214.202``.

    A supplement is followed by its form, a goal of the review by its mission.
    """
    whole = replace(citation, footnote="")
    line = [replace(whole, path=whole.path[:n]) for n in range(len(whole.path), -1, -1)]
    while above := _above(line[-1]):
        line.append(replace(line[-1], number=above))
    return (citation, *line) if citation.footnote else tuple(line)


def _above(citation: LegalCitation) -> str:
    """Number of what holds a form or a part of the review, "" when nothing does."""
    if citation.code == "Form":
        shorter = _FORM_PARTS.sub("", citation.number)
        return shorter if shorter != citation.number else ""
    if citation.code.endswith("QHSR"):
        level, _, number = citation.number.partition(" ")
        higher = {"Objective": "Goal", "Goal": "Mission"}.get(level)
        return f"{higher} {number.rpartition('.')[0]}" if higher and "." in number else ""
    return ""
