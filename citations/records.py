"""A legal citation, what was read around it, and what lies above the provision that it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

BARE = "§"
"""Code of a section whose code is not said."""
NOTE = "fn"
"""Code of a footnote whose chapter is not said."""
COMMENT = "comment"
"""Code of an official comment whose part is not said."""
MANUAL = "USCIS-PM"
"""End of the code of every citation of the Policy Manual."""
UNKNOWN = "?"
"""Code of sections of a law that has no code here: they are no citations, and nobody is led to a wrong section."""
_FORM_PARTS = re.compile(r" (?:Supplement [A-Z]|Instructions)$")
APPENDIX_KINDS = "Appendix|Supplement|Annex|Schedule|Exhibit|Attachment|Addendum"
"""What a part has besides its subparts, as a regular expression; each has paragraphs of its own."""
_APPENDIX_ALONE = re.compile(rf", (?:{APPENDIX_KINDS}|Table)(?: [\w-]+)?$")
_NUMBERED_APPENDIX = re.compile(r"(?<=, Appendix )(?P<mark>[A-Z]{1,2})-\d{1,3}$")
_LAST_OF_COMMENT = re.compile(r"(?:\.[A-Za-z\d]+|-\d+|\([A-Za-z\d]+\))$")
_LAST_DIVISION = re.compile(r", [^,]+$")


@dataclass(frozen=True, slots=True)
class LegalCitation:
    """One citation.

    Attributes:
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``, ``TVPA``, ``3 USCIS-PM``, ``89 FR``, ``Form``,
            ``DHS Directive``, ``QHSR``, ``Pub. L.``, ``Executive Order``, ``comment`` for one on a
            part that is not said, ``fn`` for a footnote of a chapter that is not said, or ``§`` for a
            section whose code is not said.
        number: ``214.202``, ``1101``, ``7101 note``, ``Part 1005, Appendix A``, ``B.2``, ``34864``,
            ``I-914 Supplement B``, ``112-01``, ``Mission 6``.
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
        joint = " " if paragraphs and _APPENDIX_ALONE.search(self.number) else ""
        return f"{self.code} {self.number}{joint}{paragraphs}{note}"

    @property
    def is_section(self) -> bool:
        """Whether it names a section of a code or a paragraph of one, rather than a part or what belongs to it."""
        return " " not in self.number and ("." in self.number or not self.code.endswith("CFR"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a text that a scanner has read.

    Attributes:
        citations: In order; empty when the words were read and name nothing that has a code.
        end: Where reading ended, behind all that belongs to the citations.
    """

    citations: tuple[LegalCitation, ...]
    end: int


Found = Iterator[tuple[int, Mention]]
"""What a scanner yields: where a span begins, and the span.

A scanner passes over spans that are claimed already; the caller claims a span before it asks for the next.
"""


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
    """Number of the form of a supplement, or of the goal or mission of a part of the review; "" for none."""
    if citation.code == "Form":
        shorter = _FORM_PARTS.sub("", citation.number)
        return shorter if shorter != citation.number else ""
    if citation.code.endswith("QHSR"):
        level, _, number = citation.number.partition(" ")
        higher = {"Objective": "Goal", "Goal": "Mission"}.get(level)
        return f"{higher} {number.rpartition('.')[0]}" if higher and "." in number else ""
    return _above_in_part(citation)


def _above_in_part(citation: LegalCitation) -> str:
    """What holds a part of a comment, an appendix, a note, a section of an act; "" for what stands in nothing."""
    number = citation.number
    if citation.code == COMMENT or (", comment " in number and _LAST_OF_COMMENT.search(number)):
        return _LAST_OF_COMMENT.sub("", number) if _LAST_OF_COMMENT.search(number) else ""
    if number.endswith(" note"):
        return number.removesuffix(" note")
    if _NUMBERED_APPENDIX.search(number):  # of Appendix A of 40 CFR Part 60, or form H-13 of 12 CFR Part 1026
        return _NUMBERED_APPENDIX.sub(r"\g<mark>", number)
    if ", " in number:
        return _LAST_DIVISION.sub("", number)
    return number.removeprefix("Part ") if citation.code.endswith("CFR") and number.startswith("Part ") else ""
