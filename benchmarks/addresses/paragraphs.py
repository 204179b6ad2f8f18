"""A law as a list of paragraphs, each with its true address."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["division", "section", "paragraph", "flush", "more", "appendix", "note"]
"""``flush`` stands behind a list and belongs to the level above; ``more`` is a further paragraph of one level."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the law.

    Attributes:
        kind: What it is.
        section: Number of the section that holds it ("214.202"), "" outside of sections.
        path: Designators from the outside in, without parentheses.
        label: Designators or number as printed before it ("(a)", "§ 4."), "" for none.
        heading: Caption behind the label, "" for none.
        text: The words behind label and caption, white space folded.
        depth: Levels below the section, for the indentation of the plain forms.
    """

    kind: Kind
    section: str
    path: tuple[str, ...]
    label: str
    heading: str
    text: str
    depth: int = 0

    @property
    def words(self) -> str:
        """All that is printed, in one line."""
        return " ".join(part for part in (self.label, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Law:
    """A file: the code that its sections are cited under, whether it states paragraphs, and its paragraphs in order."""

    code: str
    states_paragraphs: bool
    paragraphs: tuple[Paragraph, ...]
