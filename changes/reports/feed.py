"""An Atom file (RFC 4287) to which each run adds an entry for every document that changed."""

import hashlib
import re
import uuid
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from feedgen.feed import FeedGenerator

from changes.records import Changes, DocumentChange, Side
from changes.reports.markup import section_html
from changes.reports.wording import fact_line, summary_of
from pinpoint.errors import PinpointError
from pinpoint.files import write_text
from pinpoint.text import escape

FILE = "changes.atom"
"""Name of the file where only a folder is named."""
MOST_ENTRIES = 500
"""Entries of a file; the oldest go. Set by hand; not measured."""
_MOST_SECTIONS = 50
"""Sections that an entry shows; the others are counted. Set by hand; not measured."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = uuid.UUID("6f1f4f5e-3a58-5a43-9f0a-6b4d3d6c2b10")
"""Name space of the ids of feeds and entries; any fixed one would do."""


def add_to_feed(changes: Changes, file: Path) -> int:
    """Add the changes to an Atom file, which is made where there is none; what it has already is not added again.

    Returns:
        Number of entries that were added.

    Raises:
        PinpointError: The file is there and is no Atom file, or it cannot be written.
    """
    before = _entries(file)
    known = {entry[0] for entry in before}
    fresh = [entry for document in changes.documents if (entry := _entry(changes, document))[0] not in known]
    entries = [*fresh, *before][:MOST_ENTRIES]
    feed = FeedGenerator()
    feed.id(_feed_id(file))
    feed.title(f"Changes of the documents of {_clean(file.resolve().parent.name)}")
    feed.author({"name": "Pinpoint"})
    feed.generator("Pinpoint")
    feed.updated(max((entry[2] for entry in entries), default=_moment(changes.new)))
    for name, title, updated, content in entries:
        entry = feed.add_entry(order="append")
        entry.id(name)
        entry.title(title)
        entry.updated(updated)
        entry.content(content, type="html")
    try:
        write_text(file, feed.atom_str(pretty=True).decode())
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}). Name a file in a folder that you may write to."
        raise PinpointError(message) from error
    return len(fresh)


Entry = tuple[str, str, datetime, str]
"""Id, title, time with its zone, and HTML of an entry."""


def _entry(changes: Changes, document: DocumentChange) -> Entry:
    """The entry of a document; its id is that of what changed, not of when somebody looked."""
    facts = "".join(f"<li>{escape(fact_line(fact.name, fact.old, fact.new))}</li>" for fact in document.facts)
    shown = document.sections[:_MOST_SECTIONS]
    more = len(document.sections) - len(shown)
    content = (
        f"<p>{escape(summary_of(document))}</p>{f'<ul>{facts}</ul>' if facts else ''}"
        f"{''.join(section_html(section, '') for section in shown)}"
        f"{f'<p>And {more:,} more sections.</p>' if more > 0 else ''}"
        f"<p>{escape(f'{changes.old.name} to {changes.new.name}. {changes.filters}'.strip())}</p>"
    )
    identity = [document.state, changes.filters, document.known.document_id]
    identity += [f"{one.sha256} {one.document_id}" if one else "" for one in (document.old, document.new)]
    identity.append(hashlib.sha256(_clean(content.rpartition("<p>")[0]).encode()).hexdigest())
    name = uuid.uuid5(_SPACE, "\n".join(identity)).urn
    return name, _clean(document.known.title), _moment(changes.new), _clean(content)


def _entries(file: Path) -> list[Entry]:
    """The entries of an Atom file; none where there is no file."""
    if not file.exists():
        return []
    try:
        root = ET.fromstring(file.read_bytes())  # noqa: S314 - a file that this function wrote
        return [
            (
                str(entry.findtext(f"{_ATOM}id")),
                str(entry.findtext(f"{_ATOM}title") or ""),
                datetime.fromisoformat(str(entry.findtext(f"{_ATOM}updated"))),
                str(entry.findtext(f"{_ATOM}content") or ""),
            )
            for entry in root.findall(f"{_ATOM}entry")
            if root.tag == f"{_ATOM}feed"
        ]
    except (OSError, ET.ParseError, ValueError) as error:
        message = f"{file} is not an Atom file that can be added to ({error}). Remove it, or name another."
        raise PinpointError(message) from error


def _feed_id(file: Path) -> str:
    """The id of the feed: that which the file has, else a new one."""
    if file.exists():
        found = ET.fromstring(file.read_bytes()).findtext(f"{_ATOM}id")  # noqa: S314 - see ``_entries``
        if found:
            return found
    return uuid.uuid4().urn


def _moment(side: Side) -> datetime:
    """When a generation was made, with its zone."""
    try:
        made = datetime.fromisoformat(side.made)
    except ValueError:
        made = datetime.now(UTC)
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _clean(text: str) -> str:
    """Text without the characters that XML does not have."""
    return _CONTROL.sub(" ", text)
