"""Compares the addresses that the ingest gives with the true ones."""

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.addresses.matching import citation, deepest, is_of, section_of, squash, vague_sections
from benchmarks.addresses.paragraphs import Law, Paragraph
from ingest.corpus.manifest import ManifestEntry
from ingest.parsing import parse_file
from pinpoint.stored import ParsedDocument

_TERM = re.compile(r" \u201c[^\u201d]*\u201d")
_WORDS = 60
"""Characters of a paragraph by which it is looked for in the text that was read."""
_BETWEEN = 120
"""Characters that a note between the number of a paragraph and its caption may have."""
_REACH, _SURE, _FAR = 20_000, 40, 400_000
"""Characters ahead of the paragraph before within which it is looked for; one with ``_SURE`` characters further on."""


@dataclass(slots=True)
class Score:
    """Counts of one source in one form.

    Attributes:
        paragraphs: Sections and paragraphs whose address is stated, as far as their text was found.
        right: Those that have their address.
        found: Provisions that were found in the text.
        true: Those that stand where a paragraph of that address begins.
        flush: Paragraphs behind a list that belong to the level above.
        flush_right: Those that have the address of that level.
        appendix: Paragraphs of appendices and comments.
        under_section: Those that have the address of a section.
        lost: Paragraphs whose text was not found at all.
        misses: What was expected, what was found, and the beginning of the text.
    """

    paragraphs: int = 0
    right: int = 0
    found: int = 0
    true: int = 0
    flush: int = 0
    flush_right: int = 0
    appendix: int = 0
    under_section: int = 0
    lost: int = 0
    misses: list[tuple[str, str, str]] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.misses = []


def read_as_ingest(file: Path, code: str) -> ParsedDocument:
    """Read a file as the ingest does, listed under a code; "" leaves it to the file."""
    entry = ManifestEntry(id="law", file=file.name, title=code or file.stem, cited_as=code, listed=bool(code))
    return parse_file(file, entry, sha256="", crosswalk=()).parsed


def score(law: Law, parsed: ParsedDocument) -> Score:
    """Compare the addresses of all paragraphs of a law with those of a document that was read."""
    text = parsed.document.text
    squashed, positions = squash(text)
    starts = [section.start for section in parsed.sections]
    counted, at = Score(), 0
    begin_at: dict[str, set[int]] = {}
    following, vague = [*law.paragraphs[1:], None], vague_sections(law)
    for paragraph, behind in zip(law.paragraphs, following, strict=True):
        if paragraph.section in vague and paragraph.kind != "section":
            continue
        expected = citation(law, paragraph)
        label = squash(paragraph.label)[0]
        alone = paragraph.words == paragraph.label and behind is not None  # "(2)" stands everywhere, "(2)(A) The" once
        words = f"{paragraph.words} {behind.words}" if alone and behind else paragraph.words
        head = squash(words)[0][: _WORDS + len(label)]
        if paragraph.kind in ("note", "division") and len(head) < _SURE:
            continue  # short words of a note or table are found everywhere
        match = squashed.find(head, at, at + (_FAR if len(head) >= _SURE else _REACH))
        if match < 0:  # a note may stand between number and caption
            head = squash(f"{paragraph.heading} {paragraph.text}")[0][:_WORDS]
            match = squashed.find(head, at, at + (_REACH if len(head) >= _SURE // 2 else _BETWEEN)) if head else -1
            label_at = squashed.rfind(label, max(at - 1, match - _BETWEEN), match) if match > 0 and label else -1
            match = label_at if label_at >= 0 else match
        if match < 0:
            if paragraph.kind in ("section", "paragraph", "flush"):
                counted.lost += 1
                counted.misses.append((expected, "(its text)", paragraph.words[:70]))
            continue
        at = match + 1
        position = positions[match]
        inside = positions[min(match + len(head) - 1, len(positions) - 1)]
        actual = deepest(parsed.sections, starts, position, inside)
        _count(counted, law, paragraph, expected, actual)
        if paragraph.kind in ("section", "paragraph"):
            begin_at.setdefault(expected, set()).add(position)
    for section in parsed.sections:
        named = _TERM.sub("", section.citation)
        if section.kind == "provision" and law.states_paragraphs and is_of(law, section.citation):
            if section_of(named) in vague:
                continue
            counted.found += 1
            near = begin_at.get(named[named.find(", sec. ") :] if law.code == "Act" else named, set())
            right = any(abs(section.start - start) <= 8 for start in near)  # noqa: PLR2004 - a quotation mark before it
            counted.true += right
            if not right:
                counted.misses.append(("(no such paragraph here)", section.citation, text[section.start :][:70]))
    return counted


def _count(counted: Score, law: Law, paragraph: Paragraph, expected: str, actual: str) -> None:
    # A list inside a definition is cited by its term; official nesting gives it no address of its own.
    actual = _TERM.sub("", actual)
    right = actual.endswith(expected) if law.code == "Act" else actual == expected
    if paragraph.kind == "appendix":
        counted.appendix += 1
        wrong = actual.startswith(f"{law.code} ") and actual[len(law.code) + 1 :][:1].isdigit()
        counted.under_section += wrong
        right = not wrong
    elif paragraph.kind == "flush":
        counted.flush += 1
        counted.flush_right += right
    elif paragraph.kind in ("section", "paragraph"):
        counted.paragraphs += 1
        counted.right += right
    elif paragraph.kind != "more" or law.states_paragraphs:
        return
    else:
        counted.paragraphs += 1
        right = actual == expected or actual.startswith(f"{expected}(") or actual.startswith(f"{expected} ")
        counted.right += right
    if not right:
        counted.misses.append((expected or "(none)", actual, paragraph.words[:70]))
