"""Documents that an administrator adds in the app: checked, written into the corpus folder, listed in its manifest.

Off unless ``PINPOINT_UPLOADS=1``. Nothing is written outside the corpus folder, and what is written appears there
complete or not at all.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock

from ingest.corpus.added import AddedFile, read_added, write_added
from ingest.corpus.files import files_below
from ingest.corpus.files import refusal as file_refusal
from ingest.corpus.manifest import MANIFEST, Manifest, load_manifest
from ingest.corpus.manifest_editing import relisted, valid_listing, with_entry
from ingest.corpus.removal import LOCK, copy_aside
from ingest.readers.registry import READERS
from pinpoint.files import free_name, put

SETTING = "PINPOINT_UPLOADS"
LARGEST = 200
"""Largest file that may be added, in megabytes. Set by hand, as the two below."""
TOGETHER = 500
"""Megabytes that may be added at once."""
_SPARE = 500
"""Megabytes that adding leaves free on the disk, for the index that is made of the documents."""
_LONGEST_NAME = 200  # bytes; a file system takes 255, and a suffix is put behind the name while it is written
_DEVICE = re.compile(r"CON|PRN|AUX|NUL|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A document to add; what is "" or None is not said of it.

    Attributes:
        name: File name as the browser gave it.
    """

    name: str
    content: bytes
    title: str = ""
    kind: str = ""
    publisher: str = ""
    collection: str = ""
    effective_from: date | None = None
    current_to: date | None = None

    @property
    def is_described(self) -> bool:
        """Tell whether anything is said of it beyond its name."""
        dated = self.effective_from or self.current_to
        return bool(self.title or self.kind or self.publisher or self.collection or dated)


def uploads_allowed(environment: Mapping[str, str]) -> bool:
    """Tell whether the administrator lets documents be added in the app."""
    return environment.get(SETTING, "").strip() == "1"


def refused_together(corpus: Path, sizes: Sequence[int]) -> str:
    """Say why documents of some sizes, in bytes, cannot be added at once, as a sentence; "" when they can."""
    size, free = sum(sizes) / 2**20, shutil.disk_usage(corpus).free / 2**20
    if size > TOGETHER:
        return (
            f"The {len(sizes)} files have {size:,.0f} MB together; {TOGETHER} MB are the most at once. Add fewer "
            "at a time, or put them into the corpus folder by hand."
        )
    if size > free - _SPARE:
        return (
            f"The disk of the corpus folder has {free:,.0f} MB free, and {_SPARE} MB have to stay free. Make room "
            f"for {size:,.0f} MB first; nothing was added."
        )
    return ""


def refusal(corpus: Path, upload: Upload, *, overwrite: bool) -> str:
    """Say why a document is not added, as a sentence; "" when it may be."""
    if not corpus.is_dir():
        return f"The corpus folder {corpus} is not there."
    return (
        _wrong_name(upload.name)
        or _wrong_content(corpus, upload)
        or _taken_name(corpus, upload.name, overwrite=overwrite)
    )


def same_content(corpus: Path, content: bytes) -> str:
    """A file of the corpus with these bytes, relative to the folder; "" for none."""
    digest = hashlib.sha256(content).digest()
    root = corpus.resolve()
    for file in sorted(files_below(root)):
        if file_refusal(root, file):
            continue
        inside = file.relative_to(root)
        if file.stat().st_size == len(content) and hashlib.sha256(file.read_bytes()).digest() == digest:
            return inside.as_posix()
    return ""


def add_upload(corpus: Path, upload: Upload, *, overwrite: bool, manifest_file: Path | None = None) -> str:
    """Write a document into the corpus folder, and what is said of it into its manifest, which may list it already.

    A file that it replaces is copied aside first, and can be put back.

    Args:
        corpus: The folder.
        upload: The document.
        overwrite: Put it in place of a file of the same name.
        manifest_file: The manifest where it is not the folder's own.

    Returns:
        Why it was not added, as a sentence; "" when it was.

    Raises:
        ManifestError: The manifest is wrong already, or lists the document in a form that cannot be changed; nothing
            was written.
        OSError: The folder or its manifest cannot be written.
    """
    if not corpus.is_dir():
        return f"The corpus folder {corpus} is not there."
    with FileLock(corpus / LOCK):
        refused = refusal(corpus, upload, overwrite=overwrite)
        if refused:
            return refused
        listing_file = manifest_file or corpus / MANIFEST
        manifest = load_manifest(corpus, manifest_file)
        listed = {entry.file for entry in (*manifest.documents, *(source.entry for source in manifest.sources))}
        list_anew = _relisting if upload.name in listed else _listing
        listing = list_anew(listing_file, manifest, upload) if upload.is_described else ""
        added, there = read_added(corpus), (corpus / upload.name).exists()
        entry = _entry(listing_file, upload.name) if there and listing else ""
        earlier = copy_aside(corpus, upload.name) if there else ""
        put(corpus / upload.name, upload.content, prefix=".adding-")
        if listing:
            put(listing_file, listing.encode(), prefix=".adding-")
        added.files[upload.name] = AddedFile(
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            described=bool(listing),
            earlier=earlier,
            earlier_entry=entry,
            before=added.files.get(upload.name),
        )
        write_added(corpus, added)
    return ""


def toml_string(text: str) -> str:
    """Text as a TOML string in one line: white space joined, characters that do not print left out."""
    printed = "".join(character for character in " ".join(text.split()) if character.isprintable())
    return json.dumps(printed, ensure_ascii=False)


def _wrong_name(name: str) -> str:
    """Say what is wrong with a file name, "" when nothing is."""
    if not name or name != Path(name).name or re.search(r'[\\/:*?"<>|]', name) or not name.isprintable():
        return f"\u201c{name}\u201d is not a plain file name. Rename it: letters, digits, spaces, dots and hyphens."
    if name[0] in "._" or name[-1] in ". " or name[0] == " ":
        return f"{name} begins with a dot or an underscore, or ends with a dot or space; such files are left out."
    if _DEVICE.fullmatch(name.partition(".")[0].strip()):
        return f"{name} is the name of a device on Windows. Rename it."
    if len(name.encode()) > _LONGEST_NAME:
        return f"{name[:40]}\u2026 has too long a name: the limit is {_LONGEST_NAME} bytes."
    if Path(name).suffix.lower() not in READERS:
        return f"{name} is of a type that is not read. Known are {', '.join(READERS)}."
    return ""


def _wrong_content(corpus: Path, upload: Upload) -> str:
    if not upload.content:
        return f"{upload.name} is empty: it has no bytes."
    if len(upload.content) > LARGEST * 2**20:
        return f"{upload.name} is larger than {LARGEST} MB. Put it into the corpus folder by hand."
    same = same_content(corpus, upload.content)
    return f"{upload.name} holds the same bytes as {same}, which is there already." if same else ""


def _taken_name(corpus: Path, name: str, *, overwrite: bool) -> str:
    there = next((file.name for file in corpus.iterdir() if file.name.casefold() == name.casefold()), "")
    if there and there != name:
        return f"{there} is there already, a name that differs from {name} only in capital letters. Rename your file."
    if there and not (corpus / there).is_file():
        return f"{there} is the name of a folder. Rename your file."
    refused = there and not overwrite
    return f"{there} is there already. To put the new file in its place, tick the box." if refused else ""


def _listing(file: Path, manifest: Manifest, upload: Upload) -> str:
    """The text of the manifest with an entry for a document, checked by the reader of manifests."""
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    named = replace(upload, title=upload.title or _titled(upload.name))
    taken = {entry.id for entry in (*manifest.documents, *(source.entry for source in manifest.sources))}
    fields = {
        "id": toml_string(free_name(Path(upload.name).stem, taken)),
        "file": toml_string(upload.name),
        **_said(named),
    }
    lines = ["[[document]]", *(f"{name} = {value}" for name, value in fields.items())]
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    return valid_listing(before + gap + "\n".join(lines) + "\n")


def _relisting(file: Path, _: Manifest, upload: Upload) -> str:
    """The text of the manifest with what is said of a document that it lists already."""
    before = file.read_text(encoding="utf-8")
    return valid_listing(relisted(before, upload.name, _said(upload)))


def _said(upload: Upload) -> dict[str, str]:
    """Return what is said of a document, as TOML values by key; what is not said is left out."""
    fields = {
        "title": upload.title,
        "publisher": upload.publisher,
        "kind": upload.kind,
        "collection": upload.collection,
    }
    said = {name: toml_string(value) for name, value in fields.items() if toml_string(value) != '""'}
    days = {"effective_from": upload.effective_from, "current_to": upload.current_to}
    return said | {name: day.isoformat() for name, day in days.items() if day}


def _entry(file: Path, name: str) -> str:
    """The entry for a file in a manifest, as TOML; "" for none."""
    return with_entry(file.read_text(encoding="utf-8"), name, "")[1] if file.is_file() else ""


def _titled(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", Path(name).stem).strip() or name
