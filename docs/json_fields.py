"""Writes ``docs/json.md``: what the commands print with ``--json``, field by field.

    python docs/json_fields.py            # print the page
    python docs/json_fields.py --write    # write it into docs/json.md

The fields, in their order, are listed in ``json_fields.toml``, since they are a promise to programs that read them.
Their types and meanings come from the records and the ``Attributes:`` of their docstrings, or from the list where no
record holds them as they are printed. ``tests/test_json_page.py`` holds the page equal to this, and the fields equal to
what is printed.
"""

import inspect
import re
import sys
import tomllib
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, get_args, get_origin

PAGE = Path(__file__).with_name("json.md")
LISTED = tomllib.loads(Path(__file__).with_name("json_fields.toml").read_text(encoding="utf-8"))
SHARED: dict[str, str] = LISTED["shared"]
MODULES = (
    "answer.records",
    "editor_notes.records",
    "index.records",
    "pinpoint.records",
    "pinpoint.stored",
    "ingest.report",
    "ingest.sources.fetch",
    "ingest.references.importing",
    "ingest.references.records",
    "index.cluster.health",
    "index.generations.doctor",
    "changes.records",
)
"""Modules in which a record is looked for by its name."""
_TYPES = {str: "string", int: "number", float: "number", bool: "true or false", date: "date"}


class Object(NamedTuple):
    """One object of the JSON output.

    Attributes:
        name: Heading on the page, and how other objects name it.
        about: Which command prints it.
        records: Records that hold its fields; the first that explains a field is believed.
        fields: Names of its fields, in the order in which they are printed.
        said: Type and meaning of fields that no record holds as they are printed.
    """

    name: str
    about: str
    records: list[str]
    fields: list[str]
    said: dict[str, tuple[str, str]] = {}


OBJECTS = tuple(Object(**entry) for entry in LISTED["object"])


def page() -> str:
    """The page in Markdown."""
    lines = [
        "# JSON fields",
        "",
        "What the commands print with `--json`. Written by `python docs/json_fields.py --write` from the records; a",
        "test holds it equal to what is printed. Fields may be added; none is renamed or removed in a major version.",
        "",
        "Positions are half-open and count Unicode characters from 0: those of a hit in its document's text, those of",
        "a citation in its passage's text. Pages count from 1. A date is a string such as 2024-08-28.",
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
    if name in target.said:
        kind, said = target.said[name]
        return kind, said
    records = [_record(record) for record in target.records]
    found = next((record.__annotations__[name] for record in records if name in record.__annotations__), None)
    if found is None:
        message = f"No record of {target.name!r} has {name!r}: say it in json_fields.toml."
        raise KeyError(message)
    said = SHARED.get(name) or next((text for text in (_attributes(one).get(name) for one in records) if text), "")
    if not said:
        message = f"Nothing explains {name!r} of {target.name!r}: say it in the docstring of the record."
        raise KeyError(message)
    return _type(found), said


def _record(name: str) -> type:
    """The class of a name, also written ``module:name``; an empty one where no module has it."""
    if ":" in name:
        module, _, name = name.partition(":")
        named: type = getattr(import_module(module), name)
        return named
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
    name = next((target.name for target in OBJECTS if kind.__name__ in target.records), "")
    if not name:
        message = f"{kind.__name__} is no object of json_fields.toml: say there how it is printed."
        raise KeyError(message)
    return f"[{name}](#{name.lower().replace(' ', '-')})"


def _several(arguments: tuple[Any, ...]) -> str:
    """The members of a list in words."""
    if arguments[-1] is Ellipsis:
        one = _type(arguments[0])
        return f"{one}s" if one in ("string", "number") else one.replace("list of", "lists of")
    types = [_type(one) for one in arguments]
    return f"{len(arguments)} numbers" if set(types) == {"number"} else f"({', '.join(types)})"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
