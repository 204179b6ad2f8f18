"""The file of notes read: every note that can be shown, and a sentence for everything that is wrong."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from editor_notes.blocks import Block, blocks_of
from editor_notes.records import LONGEST_NAME, LONGEST_TEXT, Note, NotesRead

FILE_NAME = "editor-notes.toml"
"""The file in the corpus folder."""
LARGEST = 5_000_000
"""Bytes of the largest file that is read. Set by hand; not measured."""
KEYS = {
    "id": "id",
    "section": "section",
    "document": "document",
    "text": "text",
    "by": "by",
    "date": "written",
    "text_digest": "digest",
    "text_begins": "begins",
}
"""Keys of a note in the file, each with the attribute that it fills."""
_REQUIRED = ("id", "section", "text", "by", "date")
_UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def read_notes(corpus: Path) -> NotesRead:
    """The notes of a corpus folder; none where it has no such file."""
    file = corpus / FILE_NAME
    try:
        if file.is_file() and file.stat().st_size > LARGEST:
            return NotesRead((), (f"{file}: it has more than {LARGEST:,} bytes and is not read. Remove old notes.",))
        return parse_notes(read_text(file), file)
    except FileNotFoundError:
        return NotesRead()
    except OSError as error:
        return NotesRead((), (f"{file}: it cannot be read ({error.strerror}). Correct its rights.",))


def read_text(file: Path) -> str:
    """The text of a file as it is, line ends too; bytes that are not UTF-8 stand as halves of characters.

    Raises:
        OSError: It cannot be read, or is not there.
    """
    return file.read_bytes().decode("utf-8", "surrogateescape")


def parse_notes(text: str, file: Path) -> NotesRead:
    """The notes of a text that ``file`` has; what is wrong with one hides no other."""
    notes: list[Note] = []
    problems: list[str] = []
    for block in blocks_of(text):
        for note in _of_block(block, file, problems):
            if any(note.id == other.id for other in notes):
                problems.append(f"{file}, line {block.line}: id = {note.id!r} is given twice. Give it another one.")
            notes.append(note)
    return NotesRead(tuple(notes), tuple(problems))


def _of_block(block: Block, file: Path, problems: list[str]) -> Iterator[Note]:
    where = f"{file}, line {block.line}"
    if block.parsed is None:
        problems.append(f"{where}: this note is no valid TOML and is not shown. {block.damage}. Correct it there.")
        return
    for key in block.parsed:
        if key != "note":
            problems.append(f"{where}: unknown table or key {key!r:.80}. Notes stand below [[note]]; remove it.")
    listed = block.parsed.get("note", [])
    for table in listed if isinstance(listed, list) else [listed]:
        note = _note(table, where, problems)
        if note is not None:
            yield note


def _note(table: Any, where: str, problems: list[str]) -> Note | None:  # noqa: ANN401 - any TOML
    """The note of a table; None, and why, where it cannot be shown."""
    if not isinstance(table, dict):
        problems.append(f"{where}: {table!r:.80} is no note. Write [[note]], and its keys below.")
        return None
    for key in table:
        if key not in KEYS:
            problems.append(f"{where}: unknown key {key!r:.80}, which is not read. Known are: {', '.join(KEYS)}.")
    wrong = [sentence for key in KEYS if (sentence := _wrong(table, key))]
    if wrong:
        problems += [f"{where}: {sentence} This note is not shown." for sentence in wrong]
        return None
    if len(table["text"]) > LONGEST_TEXT:
        problems.append(
            f"{where}: text has {len(table['text']):,} characters; the first {LONGEST_TEXT:,} are shown. Shorten it."
        )
    values = {name: table[key] for key, name in KEYS.items() if key in table}
    return Note(**{name: _cleaned(value, name) for name, value in values.items()})


def _wrong(table: dict[str, Any], key: str) -> str:
    """What is wrong with the value of a key, as a sentence; "" for nothing."""
    if key not in table:
        return f"{key} is missing. Add it." if key in _REQUIRED else ""
    value = table[key]
    if key == "date":
        right = type(value) is date and not isinstance(value, datetime)
        return "" if right else f"date = {value!r:.80} must be a day without quotes, such as 2026-03-02."
    if not isinstance(value, str):
        return f"{key} = {value!r:.80} must be a text in quotes."
    if key in _REQUIRED and not _UNPRINTED.sub("", value).strip():
        return f"{key} = {value!r:.80} is empty. Write it."
    if key != "text" and len(value) > LONGEST_NAME:
        return f"{key} has {len(value):,} characters; {LONGEST_NAME} are the most. Shorten it."
    return ""


def _cleaned(value: Any, name: str) -> Any:  # noqa: ANN401 - a text or a day
    """A text without characters that do not print, and no longer than is shown; other values as they are."""
    if not isinstance(value, str):
        return value
    text = _UNPRINTED.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if name != "text":
        return " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}\u2026"
