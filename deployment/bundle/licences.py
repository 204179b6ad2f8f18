"""The licences of what the bundle holds: a table, and the texts as the wheels have them."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from benchmarks.licences import UNKNOWN, licence_of
from deployment.bundle.wheels import pinned_wheel, said

_TEXT = re.compile(r"(?:licen[cs]e|copying|notice|authors|third.?part)", re.IGNORECASE)
_REFUSED = re.compile(r"AGPL|\bGPL|^" + UNKNOWN + "$")
_NOT_OPEN = re.compile(r"proprietary|nvidia", re.IGNORECASE)
_NVIDIA = ("cuda-", "nvidia-")
_ASKS_MORE = re.compile(r"LGPL|MPL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What a wheel states.

    Attributes:
        name: Of the package.
        licence: By its short name, or as it is written.
        texts: Files of the wheel that hold the terms.
    """

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def licences(wheels: Iterable[Path]) -> tuple[Licence, ...]:
    """The licence of every wheel, by name.

    Raises:
        ValueError: One states none, or one under which the bundle could not be passed on as it is.
    """
    found = []
    for wheel in sorted(wheels):
        pinned = pinned_wheel(wheel)
        stated = licence_of(said(wheel))
        if pinned.name.startswith(_NVIDIA) and stated == UNKNOWN:
            stated = "terms of NVIDIA, not stated"
        if _REFUSED.search(stated):
            message = f"{pinned.name} {pinned.version} is under {stated!r}. Leave it out, or find its terms."
            raise ValueError(message)
        texts = tuple(_texts(wheel))
        found.append(Licence(name=pinned.name, version=pinned.version, licence=stated, texts=texts))
    return tuple(found)


def table(found: Iterable[Licence]) -> str:
    """The page of licences, in Markdown."""
    rows, without, own_terms, more = [], [], [], []
    for one in found:
        folder = f"licences/{one.name}-{one.version}"
        rows.append(f"| {one.name} | {one.version} | {one.licence} | {f'`{folder}`' if one.texts else 'see below'} |")
        without += [] if one.texts else [one.name]
        own_terms += [one.name] if _NOT_OPEN.search(one.licence) else []
        more += [f"{one.name} ({one.licence})"] if _ASKS_MORE.search(one.licence) else []
    notes = [
        f"Their wheels hold no text of the licence that they state: {', '.join(without)}." if without else "",
        f"They ask for their source to be passed on or named when they are changed: {', '.join(more)}." if more else "",
        f"These are not open source; read their terms before you pass the bundle on: {', '.join(own_terms)}."
        if own_terms
        else "",
    ]
    return (
        "# Licences\n\nWhat the packages of this bundle state of themselves. A wheel may hold other libraries under\n"
        "licences of their own; the texts that it brings are in the folder of its row.\n\n"
        "| package | version | licence | texts |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
        + "".join(f"\n{note}\n" for note in notes if note)
    )


def write_texts(wheels: Iterable[Path], folder: Path) -> None:
    """Write the texts of the licences of all wheels below a folder, which every package has one of its own in."""
    for wheel in wheels:
        pinned = pinned_wheel(wheel)
        with zipfile.ZipFile(wheel) as archive:
            for name in _texts(wheel):
                below = PurePosixPath(name).relative_to(PurePosixPath(name).parts[0])
                parts = [part for part in below.parts if part not in ("licenses", "..", "/")]
                file = folder / f"{pinned.name}-{pinned.version}" / "-".join(parts)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(name))


def _texts(wheel: Path) -> list[str]:
    """Files among what the wheel says of itself that hold terms."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" in name and not name.endswith("/")]
    return sorted(name for name in names if "/licenses/" in name or _TEXT.search(PurePosixPath(name).name))
