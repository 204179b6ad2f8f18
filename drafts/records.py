"""Records of a checked draft: its parts, and a finding for each citation and each quotation.

Positions are half-open and count Unicode code points of the text of the part in which they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from index.documents.comparison import Change as Run
from index.records import Provision
from pinpoint.records import Source, Span

State = Literal[
    "found",
    "differs",
    "replaced",
    "not_yet_in_force",
    "wrong_place",
    "does_not_exist",
    "not_in_these_documents",
    "ambiguous",
    "not_checked",
]
"""What was found of a citation or a quotation; there is no other, and none of them is a verdict on the draft."""
STATES: Mapping[State, str] = {
    "found": "Found",
    "differs": "Differs from the text",
    "replaced": "Replaced",
    "not_yet_in_force": "Not yet in force",
    "wrong_place": "Stands elsewhere",
    "does_not_exist": "Does not exist",
    "not_in_these_documents": "Not in these documents",
    "ambiguous": "Ambiguous",
    "not_checked": "Not checked",
}
"""Each state in words, in the order in which reports count them."""
NEEDS_A_LOOK: frozenset[State] = frozenset({"differs", "replaced", "not_yet_in_force", "wrong_place", "does_not_exist"})
"""States in which the documents say something else than the draft, for ``Finding.needs_a_look``."""
Story = Literal["body", "table", "note", "comment", "box", "header", "slide notes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPart:
    """A paragraph of a draft: of its body, a cell, a note, a comment, a slide.

    Attributes:
        text: As a reader sees it: insertions are in it, deletions are not; note marks are not.
        where: In words, for people: "paragraph 12", "table 2, row 3, cell 1", "footnote 4", "slide 3, notes", "page 2".
        block_quote: Whether it is set off as a quotation: a style of that name, ``>``, ``<blockquote>``, indented on
            both sides.
        note_marks: Positions in ``text`` at which a mark of a note stands, each with the number of the note.
        anchor: Number of the part at which a remark on it can be made: its own as a rule; that of the paragraph of the
            body that bears the mark for a note, the nearest one for a header.
        heading: Whether it is a heading or a title.
    """

    number: int
    text: str
    where: str
    story: Story = "body"
    block_quote: bool = False
    heading: bool = False
    note_marks: tuple[tuple[int, str], ...] = ()
    anchor: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was read; nothing of it is stored.

    Attributes:
        name: Name of the file, without its folders; "pasted text" for what was pasted.
        format: "docx", "pptx", "pdf", "html", "markdown", "text".
        warnings: What could not be read, in sentences: it is reported as not checked.
    """

    name: str
    format: str
    parts: tuple[DraftPart, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One citation or one quotation of a draft, and what the documents say of it.

    Attributes:
        number: From 1, in the order of the draft.
        kind: What it is.
        text: As it stands in the draft.
        part: Number of the part in which it begins.
        start: Where it stands in the text of that part; a quotation without its quotation marks.
        end: See ``start``; the end of the part's text where it goes on in the next one.
        where: The part in words.
        state: What was found.
        sentence: The state in a sentence that names document, day and what to look at.
        citation: Cited form of the provision that it names, or under which the words were found; "" for none.
        reads: What the document says there, verbatim; "" where nothing was found, and nothing that is cited is held.
        now: Cited form of what replaced it, or of where the words stand; "" for none.
        now_reads: Text of that, verbatim; "" for none.
        changed_on: Day on which it was replaced, or takes effect; None for neither.
        words: Where ``state`` is "differs", the text of the document and that of the draft, word by word: "removed"
            words stand in the document only, "added" ones in the draft only. Where it is "replaced", the text that
            was replaced and that of the day: "added" words stand in the latter only.
        nearest: Sentences of the provision that come nearest to the sentence beside a citation that quotes nothing, for
            a person to judge, verbatim and nearest first.
        choices: Cited forms between which an ambiguous one does not choose.
        beside: Number of the citation of a quotation, of the quotation of a citation; 0 for none.
        source: The facts of ``reads``; None where nothing was found.
        now_source: The facts of ``now_reads``.
    """

    number: int
    kind: Literal["citation", "quotation"]
    text: str
    part: int
    start: int
    end: int
    where: str
    state: State
    sentence: str
    citation: str = ""
    reads: str = ""
    now: str = ""
    now_reads: str = ""
    changed_on: date | None = None
    words: tuple[tuple[Run, str], ...] = ()
    nearest: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    beside: int = 0
    source: Source | None = None
    now_source: Source | None = None

    @property
    def needs_a_look(self) -> bool:
        """Whether the documents say something else than the draft; ``pinpoint check`` then ends with exit code 1.

        So they do too where a provision that is held has nothing like the words that are cited to it.
        """
        invented = self.kind == "quotation" and self.state == "not_in_these_documents"
        return self.state in NEEDS_A_LOOK or (invented and self.beside > 0 and self.source is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A draft held against the documents on a day.

    Attributes:
        draft: What was checked.
        as_of: Day whose law counts.
        generation: Name of the generation of the index: the fingerprint of what it was held against.
        findings: In the order of the draft.
        not_checked: What was not checked of the draft as a whole, and why, in sentences.
    """

    draft: Draft
    as_of: date
    generation: str
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    json_fields: ClassVar[Mapping[str, str]] = {
        "file": "draft.name",
        "as_of": "as_of",
        "generation": "generation",
        "counts": "counts",
        "findings": "findings",
        "not_checked": "not_checked",
    }

    @property
    def counts(self) -> dict[str, int]:
        """How many findings have each state, in the order of ``STATES``."""
        return {state: sum(finding.state == state for finding in self.findings) for state in STATES}

    @property
    def needs_a_look(self) -> bool:
        """Tell whether the documents say something else than the draft anywhere."""
        return any(finding.needs_a_look for finding in self.findings)


HeldState = Literal["unchanged", "moved", "changed", "gone"]
"""What became of a quotation that somebody holds from an earlier result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A quotation that somebody holds from an earlier result, and what became of its words.

    Attributes:
        span: Where it stood.
        digest: The sha256 of its words then.
        state: Whether the same words stand there, stand elsewhere, other words stand there, or nothing does.
        sentence: The same in plain words.
        now: What stands there now, or where the words stand now; None where nothing does.
    """

    span: Span
    digest: str
    state: HeldState
    sentence: str
    now: Provision | None = None
    json_fields: ClassVar[Mapping[str, str]] = {
        "span": "span",
        "digest": "digest",
        "state": "state",
        "sentence": "sentence",
        "section": "section",
        "now": "now",
    }

    @property
    def section(self) -> str:
        """Cited form of where it stands now, "" where nothing does."""
        return self.now.section if self.now else ""
