"""RIS files: checked line by line, then read by rispy, which makes one record of two where an end is missing."""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import rispy

from ingest.references.dates import written_day
from ingest.references.records import Reference, kind_of_law
from pinpoint.errors import PinpointError

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?")
_KINDS = {
    "STAT": "statute", "LEGAL": "regulation", "CASE": "precedent-decision", "RPRT": "report", "GOVDOC": "report",
    "STAND": "guide", "HEAR": "report",
}  # fmt: skip
_ADDRESS, _FILES, _TITLES, _CODES = "UR", ("L1", "L2", "L3", "L4"), ("TI", "T1"), ("T2", "BT", "JO")


@dataclass(slots=True)
class _Checked:
    """A record as its lines stand: rispy cuts addresses and files at a semicolon."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *tags: str) -> str:
        return next((values[0] for tag in tags if (values := self.values.get(tag))), "")


def read_ris(text: str, file: str) -> tuple[Reference, ...]:
    """The references of a RIS text.

    Args:
        text: Without a byte order mark before it, which would lose the first record.
        file: Its name, for messages.

    Raises:
        PinpointError: A record does not end, or begins within another; the message names it.
    """
    checked = _checked(text, file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tags that rispy does not know; none of them is read here
        try:
            read = rispy.loads("\n".join(_plain_lines(text)))
        except Exception as error:  # noqa: BLE001 - whatever a library of others makes of a damaged file
            _refuse(f"{file} cannot be read as RIS ({type(error).__name__}).")
    if len(read) != len(checked):
        _refuse(f"{file} has {len(checked)} records, but {len(read)} of them can be told apart.")
    return tuple(
        _reference(number, record, lines)
        for number, (record, lines) in enumerate(zip(read, checked, strict=True), start=1)
    )


def _plain_lines(text: str) -> list[str]:
    """Lines as RIS has them; other characters that some programs end a line at become blanks."""
    return [re.sub(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", line) for line in re.split(r"\r\n|\r|\n", text)]


def _checked(text: str, file: str) -> list[_Checked]:
    """The lines of each record; ``TY`` and ``ER`` have to alternate."""
    found: list[_Checked] = []
    within: _Checked | None = None
    for number, line in enumerate(_plain_lines(text), start=1):
        read = _LINE.fullmatch(line.rstrip())
        if read is None:
            continue  # a second line of a value, an empty line, what some exports write before the first record
        tag, value = read["tag"], (read["value"] or "").strip()
        if tag == "TY":
            if within is not None:
                _no_end(file, len(found), within, f"the next one begins in line {number}")
            within = _Checked(number, {tag: [value]})
            found.append(within)
        elif within is None:
            _refuse(f"{file}, line {number}: {tag} stands in no record; a record begins with a line TY.")
        elif tag == "ER":
            within = None
        else:
            within.values.setdefault(tag, []).append(value)
    if within is not None:
        _no_end(file, len(found), within, "the file ends")
    if not found:
        _refuse(f"{file} has no record: no line begins with \u201cTY  - \u201d.")
    return found


def _no_end(file: str, number: int, record: _Checked, then: str) -> NoReturn:
    named = Reference(number=number, title=record.first(*_TITLES)).name
    _refuse(f"{file}, line {record.line}: {named} has no line ER before {then}. Two records would become one.")


def _reference(number: int, record: Mapping[str, Any], lines: _Checked) -> Reference:
    dates = [one for one in (lines.first("DA"), lines.first("Y1"), lines.first("PY")) if one]
    day = next((day for one in dates if (day := written_day(one))), None)
    title = str(record.get("title") or record.get("primary_title") or lines.first(*_TITLES))
    return Reference(
        number=number,
        title=title,
        kind=kind_of_law(_KINDS.get(lines.first("TY"), ""), title, lines.first(*_CODES), lines.first(_ADDRESS)),
        publisher=str(record.get("publisher") or "") or _institution(lines),
        url=lines.first(_ADDRESS),
        files=tuple(value for tag in _FILES for value in lines.values.get(tag, ()) if value),
        dated=dates[0] if dates else "",
        day=day,
    )


def _institution(lines: _Checked) -> str:
    """The only author, where it is no person: persons have a comma between their names."""
    authors = [one for tag in ("AU", "A1") for one in lines.values.get(tag, ()) if one]
    return authors[0].strip("{}") if len(authors) == 1 and "," not in authors[0] else ""


def _refuse(fault: str) -> NoReturn:
    raise PinpointError(f"{fault} Export the list again as RIS in UTF-8, or correct that line; nothing was imported.")
