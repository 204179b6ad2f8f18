"""The sections that changed, made of an alignment: their kinds, their paragraphs, and the sentence that says it."""

from collections.abc import Iterator

from changes.alignment.align import Alignment
from changes.alignment.version import Version
from changes.kinds import heads_notes
from changes.moves import Moves
from changes.paragraph_changes import ParagraphChanges, part_words
from changes.records import Kind, ParagraphChange, SectionChange, SectionText
from changes.sentences import sentence_of
from index.documents.comparison import Change as Run
from index.documents.similarity import shared_terms


def section_changes(found: Alignment) -> Iterator[SectionChange]:
    """Every section that changed, in the order of the new version; one that went stands behind the one before it."""
    moves = Moves(found)
    taken = {new: old for old, new in found.sections.items()}
    gone: dict[int, list[int]] = {}
    before = 0
    for section in found.old.sections:
        if section.number in found.sections:
            before = found.sections[section.number]
        else:
            gone.setdefault(before, []).append(section.number)
    for section in found.new.sections:
        old = taken.get(section.number)
        change = _come(found, section.number) if old is None else _both(found, moves, old, section.number)
        if change:
            yield change
        yield from (_gone(found, number) for number in gone.get(section.number, ()))


def _both(found: Alignment, moves: Moves, old: int, new: int) -> SectionChange | None:
    note = is_note(found.new, new) and is_note(found.old, old)
    compared = ParagraphChanges(found, old, new, note)
    moved = moves.moved(old, new) and not note
    differences = compared.differences | ({"dates"} if _new_days(found, old, new) else set())
    text: list[Kind] = [kind for kind in ("words", "dates", "notes") if kind in differences]
    kinds: tuple[Kind, ...] = (*(("moved",) if moved else ()), *(text[:1] if "words" in text else text))
    if not kinds:
        return None
    one, other = text_of(found.old, old), text_of(found.new, new)
    along = moved and moves.along(old, new)
    others = [found.new.sections[part].citation for part, source in found.divided.items() if source == old]
    parts = tuple(dict.fromkeys([*compared.parts, *others]))
    return SectionChange(
        kinds=kinds,
        sentence=sentence_of(kinds, one, other, parts, along=along),
        old=one,
        new=other,
        paragraphs=tuple(compared.rows),
        along=along,
        likeness=round(shared_terms(one.text, other.text), 3) if text else 1.0,
        parts=parts,
    )


def _come(found: Alignment, new: int) -> SectionChange | None:
    text = text_of(found.new, new)
    source = found.divided.get(new)
    if not text.text:
        return None
    kinds: tuple[Kind, ...] = ("notes",) if is_note(found.new, new) else ("added",) if source is None else ("moved",)
    parts = () if source is None else (found.old.sections[source].citation,)
    return SectionChange(
        kinds=kinds,
        sentence=sentence_of(kinds, None, text, parts),
        old=None,
        new=text,
        paragraphs=_lines(text.text, "added") if source is None else _taken_from(found, source, text.text),
        parts=parts,
    )


def _gone(found: Alignment, old: int) -> SectionChange:
    text = text_of(found.old, old)
    into = found.merged.get(old)
    kinds: tuple[Kind, ...] = ("notes",) if is_note(found.old, old) else ("removed",) if into is None else ("moved",)
    parts = () if into is None else (found.new.sections[into].citation,)
    return SectionChange(
        kinds=kinds,
        sentence=sentence_of(kinds, text, None, parts),
        old=text,
        new=None,
        paragraphs=_lines(text.text, "removed"),
        parts=parts,
    )


def text_of(version: Version, section: int) -> SectionText:
    """A section of a version."""
    stored = version.sections[section]
    return SectionText(
        document_id=stored.document_id,
        section=stored.citation,
        heading=stored.heading,
        section_path=stored.path,
        text=version.own_text(section),
        start=stored.start,
        end=stored.end,
        effective_from=stored.effective_from,
        effective_to=stored.effective_to,
    )


def is_note(version: Version, section: int) -> bool:
    """Tell whether a section is a footnote, or stands under a heading of notes."""
    return version.sections[section].kind == "footnote" or heads_notes(version.sections[section].path)


def _new_days(found: Alignment, old: int, new: int) -> bool:
    """Tell whether the days of a section changed, and not with those of the whole document."""
    one, other = found.old.sections[old], found.new.sections[new]
    if (one.effective_from, one.effective_to) == (other.effective_from, other.effective_to):
        return False
    root, new_root = found.old.sections[0], found.new.sections[0]
    inherited = (one.effective_from, one.effective_to) == (root.effective_from, root.effective_to)
    new_inherited = (other.effective_from, other.effective_to) == (new_root.effective_from, new_root.effective_to)
    return not (old and inherited and new_inherited)


def _lines(text: str, change: Run) -> tuple[ParagraphChange, ...]:
    return tuple(ParagraphChange(words=((change, line),)) for line in text.split("\n") if line)


def _taken_from(found: Alignment, source: int, text: str) -> tuple[ParagraphChange, ...]:
    """The text of a section that was part of an old one, with the words that it did not have there."""
    runs = part_words(found.old.own_text(source), text)
    return (ParagraphChange(words=runs, where=f"from {found.old.sections[source].citation}"),)
