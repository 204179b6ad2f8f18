"""A download that is not complete yet: its bytes so far, and what a later run needs to continue it."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class PartialFile:
    """A file that is not complete yet, with a note beside it by which a later run can continue it."""

    part: Path
    resumable: bool = True

    @property
    def note(self) -> Path:
        """Path of the note."""
        return self.part.with_name(f"{self.part.name}.json")

    def range_headers(self, url: str) -> dict[str, str]:
        """Headers that ask for the rest of the part, {} when it cannot be continued."""
        if not self.note.is_file() or not size_of(self.part):
            return {}
        try:
            stored = json.loads(self.note.read_text(encoding="utf-8"))
        except ValueError:
            return {}
        state = stored.get("state", "") if isinstance(stored, dict) and stored.get("url") == url else ""
        return {"Range": f"bytes={size_of(self.part)}-", "If-Range": state} if state else {}

    def begin(self, *, url: str, etag: str, last_modified: str, resumable: bool) -> None:
        """Write down what has begun to arrive; a weak ETag cannot name a byte range (RFC 9110, 13.1.5)."""
        self.resumable = resumable
        state = last_modified if etag.startswith("W/") or not etag else etag
        text = json.dumps({"url": url, "state": state if resumable else ""})
        self.note.write_text(text, encoding="utf-8")

    def forget(self) -> None:
        """Remove the part and its note."""
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def drop_part(part: Path) -> None:
    """Remove a partial file and what is noted of it."""
    PartialFile(part).forget()


def size_of(path: Path) -> int:
    """Return the bytes of a file, 0 when there is none."""
    return path.stat().st_size if path.is_file() else 0
