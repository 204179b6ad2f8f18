"""Which file of a folder a reference describes: by the file that it names, else its address, else its title.

Nothing is guessed: where two files would do, neither is taken.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.references.records import Reference

_SHORTEST_TITLE = 12
"""Letters and digits of a title that may be the end of a file's name only ("Author - Year - Title.pdf").

Set by hand; not measured.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """The files that a reference may describe, and by what they were found."""

    files: tuple[str, ...] = ()
    by: str = ""


def match(reference: Reference, files: Sequence[str]) -> Match:
    """The files of a folder that a reference describes; none, one or several.

    Args:
        reference: The reference.
        files: Their paths relative to the folder, with forward slashes.
    """
    for by, names in (("file name", _attached(reference)), ("address", _tail(reference.url))):
        found = tuple(dict.fromkeys(file for name in names for file in files if _same(name, file)))
        if len(found) > 1:  # the folder of an attachment tells files of one name apart
            nearer = tuple(file for file in found if any(_folded(name).endswith(_folded(f"/{file}")) for name in names))
            found = nearer if len(nearer) == 1 else found
        if found:
            return Match(found, by)
    wanted = _plain(reference.title)
    stems = {file: _plain(PurePosixPath(file).stem) for file in files}
    found = tuple(file for file, stem in stems.items() if wanted and stem == wanted)
    if not found and len(wanted) >= _SHORTEST_TITLE:
        found = tuple(file for file, stem in stems.items() if stem.endswith(wanted))
    return Match(found, "title" if found else "")


def _attached(reference: Reference) -> list[str]:
    """The files that a reference names, with forward slashes; some programs write addresses of files."""
    plain = (unquote(one) if one.lower().startswith("file:") else one for one in reference.files)
    return [one.replace("\\", "/") for one in plain]


def _tail(url: str) -> list[str]:
    """The file at the end of an address, as it is named there."""
    try:
        name = unquote(PurePosixPath(urlsplit(url).path).name)
    except ValueError:
        return []
    return [name] if "." in name else []


def _same(name: str, file: str) -> bool:
    return _folded(PurePosixPath(name).name) == _folded(PurePosixPath(file).name)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _plain(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
