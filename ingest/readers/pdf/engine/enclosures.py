"""What a PDF file holds beside its pages: attached files, and forms that only one program can show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from ingest.readers.pdf.engine.damage import DAMAGE
from ingest.readers.pdf.engine.runs import Run

_DEPTH = 32  # of leaves below leaves; a damaged file may have them in a circle
_NAMED = 10  # attached files that a sentence names
_LONGEST_NAME = 80  # characters of a name that a sentence shows
_MOST_NOTICE = 1200  # characters; a page with more says something of its own. Set by hand, as the next
_MOST_COVER = 600  # characters of the cover of a portfolio
_SETTINGS = (".joboptions",)  # how a file was made; nobody reads it
_WAIT = re.compile(r"if\s+this\s+message\s+is\s+not\s+eventually\s+replaced", re.IGNORECASE)
_PORTFOLIO = re.compile(r"\bportfolio\b|\b(?:open|view(?:ed)?)\b.{0,80}\b(?:reader|acrobat|viewer)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Enclosures:
    """What a file holds beside its pages.

    Attributes:
        attached: Names of the files attached to it.
        portfolio: Whether the file is a cover around them.
        form: Whether it holds a form of its own architecture (XFA).
        dynamic: Whether its pages are nothing before that form is laid out anew.
    """

    attached: tuple[str, ...] = ()
    portfolio: bool = False
    form: bool = False
    dynamic: bool = False

    def is_notice(self, runs: Sequence[Run]) -> bool:
        """Tell whether a page only asks its reader to open the file in another program."""
        text = " ".join(run.text for run in runs)
        if not text:
            return False
        if len(text) <= _MOST_NOTICE and (_WAIT.search(text) or self.dynamic):
            return True
        return self.portfolio and len(text) <= _MOST_COVER and bool(_PORTFOLIO.search(text))


def read_enclosures(reader: PdfReader) -> Enclosures:
    """Read what a file says that it holds beside its pages; what is damaged counts as absent."""
    try:
        root = reader.root_object
        form = root.get("/AcroForm", DictionaryObject()).get_object()
        has_form = isinstance(form, DictionaryObject) and "/XFA" in form
        dynamic = has_form and bool(root.get("/NeedsRendering", False))
        return Enclosures(_attached(root), "/Collection" in root, has_form, dynamic)
    except DAMAGE:
        return Enclosures()


def _attached(root: DictionaryObject) -> tuple[str, ...]:
    names: Any = root.get("/Names")
    names = names.get_object().get("/EmbeddedFiles") if names is not None else None
    found = list(_files(cast(DictionaryObject, names.get_object()), _DEPTH)) if names is not None else []
    found += map(file_name, root.get("/AF", ArrayObject()).get_object())
    return tuple(dict.fromkeys(name for name in found if name and not name.endswith(_SETTINGS)))


def _files(node: DictionaryObject, depth: int) -> Iterator[str]:
    pairs = list(node.get("/Names", ArrayObject()).get_object())
    for key, file in zip(pairs[::2], pairs[1::2], strict=False):
        yield file_name(file) or str(key)
    for kid in node.get("/Kids", ArrayObject()).get_object() if depth else ():
        yield from _files(cast(DictionaryObject, kid.get_object()), depth - 1)


def file_name(reference: PdfObject | None) -> str:
    """Return the name that a file specification gives, "" when it gives none."""
    file: object = reference.get_object() if reference is not None else None
    if isinstance(file, DictionaryObject):
        file = file.get("/UF", file.get("/F", ""))
    name = "".join(char for char in str(file) if char.isprintable()) if isinstance(file, str) else ""
    return name[:_LONGEST_NAME]


def enclosure_warnings(enclosures: Enclosures, attached: Sequence[str], notices: Sequence[int]) -> list[str]:
    """Sentences of the intake report on what was not read, each with the remedy.

    Args:
        enclosures: What the file says that it holds.
        attached: Names of the files that hang on its pages.
        notices: 1-based pages that only ask to open the file in another program.
    """
    warnings = []
    files = tuple(dict.fromkeys((*enclosures.attached, *attached)))
    if notices and not enclosures.portfolio:
        warnings.append(
            "The file is a form that only Adobe Acrobat or Reader can show (XFA); its page asks to wait, and was not "
            "read. Open it there, print it to a new PDF, and ingest that."
        )
    if enclosures.portfolio or files:
        listed = ", ".join(files[:_NAMED]) + (", …" if len(files) > _NAMED else "")
        count = f"{len(files)} attached {'file' if len(files) == 1 else 'files'}"
        head = f"The file is a portfolio of {count}" if enclosures.portfolio else f"The file carries {count}"
        warnings.append(
            f"{head}, which {'was' if len(files) == 1 else 'were'} not read{f': {listed}' if listed else ''}. "
            "Save each of them from a PDF program and ingest it by itself."
        )
    return warnings
