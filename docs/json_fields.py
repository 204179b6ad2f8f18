"""Writes ``docs/json.md``: what the commands print with ``--json``, field by field.

    python docs/json_fields.py            # print the page
    python docs/json_fields.py --write    # write it into docs/json.md

The fields, in their order, are listed here, since they are a promise to programs that read them. Their types and
meanings come from the records and the ``Attributes:`` of their docstrings; ``EDGE`` has those that no record holds as
they are printed. ``tests/test_json_page.py`` holds the page equal to this, and the fields equal to what is printed.
"""

import inspect
import re
import sys
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin

PAGE = Path(__file__).with_name("json.md")
MODULES = ("answer.records", "index.records", "pinpoint.records", "ingest.report", "index.generations.doctor")
"""Modules in which a record is looked for by its name."""


class Object(NamedTuple):
    """One object of the JSON output.

    Attributes:
        name: Heading on the page, and how other objects name it.
        about: Which command prints it.
        records: Records that hold its fields; the first that explains a field is believed.
        fields: Names of its fields, in the order in which they are printed.
    """

    name: str
    about: str
    records: tuple[str, ...]
    fields: tuple[str, ...]


OBJECTS = (
    Object(
        "Search result",
        'Printed by `python -m index "QUERY" --json`; with `--queries` one a line.',
        ("SearchResult",),
        ("id", "query", "route", "notes", "hits"),
    ),
    Object(
        "Hit",
        "A passage that was found.",
        ("Hit", "Source"),
        (
            *("rank", "score", "passage_id", "document_id", "source_file", "title", "kind", "section", "section_path"),
            *("page", "page_label", "start", "end", "text", "effective_from", "effective_to", "in_force", "note"),
            *("authority", "replaced_by", "ocr_confidence", "also_in"),
        ),
    ),
    Object(
        "Answer",
        'Printed by `python -m answer "QUESTION" --json`; with `--questions` one a line.',
        ("Answer",),
        (
            *("id", "question", "status", "reason", "statements", "citations", "hits", "timings_ms", "as_of", "route"),
            *("nearest", "notes", "dropped", "related", "summary", "removed", "conflicts"),
        ),
    ),
    Object("Statement", "A verbatim quotation.", ("Statement",), ("text", "citations", "item", "more")),
    Object(
        "Citation",
        "Where a quotation stands.",
        ("Citation", "Source"),
        (
            *("marker", "passage_id", "source_file", "title", "kind", "section", "section_path", "page", "page_label"),
            *("quote", "start", "end", "effective_from", "effective_to", "in_force", "note", "authority"),
            *("replaced_by", "ocr_confidence"),
        ),
    ),
    Object("Conflict", "Two quotations that differ on the same matter.", ("Conflict",), ("markers", "sentence")),
    Object(
        "Summary sentence",
        "A sentence of the optional language model.",
        ("SummarySentence",),
        ("text", "citations"),
    ),
    Object(
        "Intake report",
        "Printed by `python -m ingest CORPUS_DIR --json` and `python -m ingest report --json`.",
        (),
        ("generation", "seconds", "counts", "pages", "passages", "embedded", "files"),
    ),
    Object(
        "File of the intake report",
        "A file of the corpus folder, or an official source that was not fetched.",
        ("IntakeRecord",),
        (
            *("file", "status", "document_id", "title", "pages", "sections", "passages", "repairs", "warnings"),
            *("pages_without_text", "scanned_pages", "ocr_pages", "reason", "seconds"),
        ),
    ),
    Object(
        "Doctor's report",
        "Printed by `python -m index doctor --json`.",
        (),
        ("index", "sound", "findings"),
    ),
    Object("Finding", "One check of the doctor.", ("Finding",), ("check", "says", "remedy", "sound")),
)

EDGE = {
    ("Search result", "id"): ("string or null", "The `id` of the line of a batch file; `null` for a single query."),
    ("Search result", "query"): ("string", "The query as typed."),
    ("Search result", "notes"): ("list of strings", "How the query was read, in plain sentences."),
    ("Hit", "passage_id"): ("string", "`<document id>:<start>-<end>`."),
    ("Hit", "document_id"): ("string", "The `id` of the document in the manifest."),
    ("Hit", "source_file"): ("string", "Path of the document, relative to the corpus folder."),
    ("Hit", "text"): ("string", "The passage, word for word."),
    ("Hit", "start"): ("number", "Where the passage begins in the document's text, in Unicode characters from 0."),
    ("Hit", "end"): ("number", "Where it ends: the first character that no longer belongs to it."),
    ("Answer", "id"): ("string or null", "The `id` of the line of a batch file; `null` for a single question."),
    ("Answer", "status"): ('`"answered"` or `"declined"`', "Whether the question was answered."),
    ("Answer", "citations"): ("list of [Citation](#citation)", "Where the quotations stand, by marker."),
    ("Statement", "text"): ("string", "The quotation, word for word."),
    ("Statement", "citations"): ("list of numbers", "Markers of the citations that say where it stands."),
    ("Citation", "passage_id"): ("string", "The passage in which the quotation stands, `<document id>:<start>-<end>`."),
    ("Citation", "source_file"): ("string", "Path of the document, relative to the corpus folder."),
    ("Citation", "quote"): ("string", "The quotation, word for word."),
    ("Citation", "start"): ("number", "Where the quotation begins **in its passage's text**, from 0."),
    ("Citation", "end"): ("number", "Where it ends in its passage's text."),
    ("Intake report", "generation"): ("string", "Name of the generation that serves; empty when none was written."),
    ("Intake report", "seconds"): ("number", "Time of the whole ingest."),
    ("Intake report", "counts"): ("object of numbers", "How many files have each status; every status is there."),
    ("Intake report", "pages"): ("number", "Pages of all files."),
    ("Intake report", "passages"): ("number", "Passages of all files."),
    ("Intake report", "embedded"): ("number", "Texts that were embedded anew; the others were carried over."),
    ("Intake report", "files"): ("list of [File of the intake report](#file-of-the-intake-report)", "One a file."),
    ("File of the intake report", "passages"): ("number", "Passages that were made of it."),
    ("File of the intake report", "repairs"): ("object of numbers or null", "How often each repair was made."),
    ("Doctor's report", "index"): ("string", "Folder of the index."),
    ("Doctor's report", "sound"): ("true or false", "Whether nothing is wrong."),
    ("Doctor's report", "findings"): ("list of [Finding](#finding)", "One a check."),
    ("Finding", "sound"): ("true or false", "Whether nothing is wrong, that is, whether there is no remedy."),
}
"""Type and meaning of what a record does not hold as it is printed."""

PLAIN = {
    "as_of": "Day whose law was asked for.",
    "authority": "Authority level in words; it labels, it never hides.",
    "document_id": "The `id` of the document in the manifest, or one that was made for it.",
    "effective_from": "First day on which the text was in force; `null` when unknown.",
    "effective_to": "First day on which it no longer was; `null` when it still is.",
    "in_force": "Whether the text is in force on the day asked for.",
    "kind": "Kind of the document, as in the manifest: statute, regulation, policy-manual, …",
    "note": 'Why it stands here, or where its text stands now; "" if nothing.',
    "ocr_confidence": "0 to 1 when the text was read from a picture of the page, else `null`.",
    "page": "Page of the file on which it begins, from 1; `null` when the format has no pages.",
    "page_label": 'What is printed on that page as its number; "" where nothing is.',
    "question": "The question as typed.",
    "replaced_by": 'Cited form of the provision that holds the text now; "" when it did not move.',
    "rank": "Rank, from 1.",
    "related": "Provisions that the quotations refer to; beside a declined question, what the documents require.",
    "route": "How the query was read.",
    "section": "Cited form, to the deepest paragraph known.",
    "section_path": "Headings from the top down to the section.",
    "sections": "Sections that were found in it.",
    "statements": "The quotations of the answer, in order.",
    "summary": "The quotations as a language model connected them; empty without one.",
    "conflicts": "Quotations of this answer that differ on the same matter.",
    "pages_without_text": "Pages that hold no text, from 1.",
    "scanned_pages": "Pages that are pictures, from 1, whether their text was recognised or not.",
    "ocr_pages": "Pages whose text was recognised, each as its number from 1 and the confidence from 0 to 1.",
    "also_in": "Other documents that hold the same paragraph, word for word.",
    "timings_ms": "Milliseconds of each step.",
    "title": "Title of the document.",
    "warnings": "What to look at, in sentences.",
}
"""Meanings of fields that several objects have, or whose name says nearly all; a docstring explains every other."""

_TYPES = {str: "string", int: "number", float: "number", bool: "true or false", date: "date such as 2024-08-28"}


def page() -> str:
    """The page in Markdown."""
    lines = [
        "# JSON fields",
        "",
        "What the commands print with `--json`. Written by `python docs/json_fields.py --write` from the records; a",
        "test holds it equal to what is printed. Fields may be added; none is renamed or removed in a major version.",
        "",
        "Positions are half-open and count Unicode characters from 0: those of a hit in its document's text, those of",
        "a citation in its passage's text. Pages count from 1.",
    ]
    for target in OBJECTS:
        lines += ["", f"## {target.name}", "", target.about, "", "| field | type | meaning |", "|---|---|---|"]
        lines += [f"| `{name}` | {' | '.join(explained(target, name))} |" for name in target.fields]
    return "\n".join([*lines, ""])


def explained(target: Object, name: str) -> tuple[str, str]:
    """Type and meaning of a field.

    Raises:
        KeyError: No record has it, or nothing explains it.
    """
    if (target.name, name) in EDGE:
        return EDGE[target.name, name]
    records = [_record(record) for record in target.records]
    kind = next((record.__annotations__[name] for record in records if name in record.__annotations__), None)
    if kind is None:
        message = f"No record of {target.name!r} has {name!r}: explain it in EDGE."
        raise KeyError(message)
    said = PLAIN.get(name) or next((text for text in (_attributes(one).get(name) for one in records) if text), "")
    if not said:
        message = f"Nothing explains {name!r} of {target.name!r}: say it in the docstring of the record, or in PLAIN."
        raise KeyError(message)
    return _type(kind), said


def _record(name: str) -> type:
    """The class of a name; an empty one where no module has it."""
    for module in filter(find_spec, MODULES):
        if hasattr(import_module(module), name):
            found: type = getattr(import_module(module), name)
            return found
    return type(name, (), {})


def _attributes(record: type) -> dict[str, str]:
    """What the ``Attributes:`` of a docstring say of each field, on one line."""
    _, _, listed = inspect.cleandoc(record.__doc__ or "").partition("\nAttributes:\n")
    entries = re.findall(r"^    (\w+): (.*(?:\n {5,}.*)*)", listed, re.MULTILINE)
    return {name: " ".join(said.split()).replace("``", "`").replace("|", "\\|") for name, said in entries}


def _type(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """A type in words."""
    if kind in _TYPES:
        return _TYPES[kind]
    arguments = get_args(kind)
    if get_origin(kind) is Literal:
        return " or ".join(f'`"{value}"`' for value in arguments)
    if isinstance(kind, UnionType):
        return " or ".join("null" if one is NoneType else _type(one) for one in arguments)
    if get_origin(kind) is dict:
        return "object of numbers"
    if get_origin(kind) is tuple:
        return f"list of {_several(arguments)}"
    name = next(target.name for target in OBJECTS if kind.__name__ in target.records)
    return f"[{name}](#{name.lower().replace(' ', '-')})"


def _several(arguments: tuple[Any, ...]) -> str:
    """The members of a list in words."""
    if arguments[-1] is Ellipsis:
        one = _type(arguments[0])
        return f"{one}s" if one in ("string", "number") else one.replace("list of", "lists of")
    return f"{len(arguments)} numbers"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
