"""The official sources of a manifest: which are to be fetched, and what is held of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ingest.corpus.fetch_record import day_of_text, read_records
from ingest.corpus.manifest import MANIFEST, Source, load_manifest
from pinpoint.errors import ManifestError


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held of a source.

    Attributes:
        id: Of the source.
        title: Of the document.
        url: The page for people.
        file: Path relative to the corpus folder.
        held: Whether the file is there.
        fetched: Day on which what is there was first fetched; None where that is not known.
        checked: Day on which the server was last asked; None likewise.
        current_to: Day whose text it is as far as the fetch tells; None where it does not.
    """

    id: str
    title: str
    url: str
    file: str
    held: bool
    fetched: date | None = None
    checked: date | None = None
    current_to: date | None = None


def chosen_sources(corpus: Path, only: Sequence[str], manifest_file: Path | None = None) -> list[Source]:
    """The sources with some ids, all without any.

    Raises:
        ManifestError: The manifest is wrong or lists no sources, or none with one of the ids.
    """
    named = manifest_file or corpus / MANIFEST
    sources = {source.entry.id: source for source in load_manifest(corpus, manifest_file).sources}
    if not sources:
        raise ManifestError(f"{named} lists no official sources. Add a [[source]] table, or name another folder.")
    for name in only:
        if name not in sources:
            raise ManifestError(f"{named} lists no source {name!r}. Known are: {', '.join(sorted(sources))}.")
    return [sources[name] for name in dict.fromkeys(only)] or list(sources.values())


def held_sources(corpus: Path, manifest_file: Path | None = None) -> list[Holding]:
    """What is held of each source of a manifest, in its order; nothing where it lists none.

    Raises:
        ManifestError: The manifest or the record of what was fetched is wrong.
    """
    sources, records = load_manifest(corpus, manifest_file).sources, read_records(corpus)
    found = []
    for source in sources:
        entry, record, path = source.entry, records.get(source.entry.id), corpus / source.entry.file
        held = path.is_file()
        known = record if record and held and path.stat().st_size == record.bytes else None
        found.append(
            Holding(
                id=entry.id,
                title=entry.title,
                url=entry.url,
                file=entry.file,
                held=held,
                fetched=date.fromisoformat(known.fetched) if known else None,
                checked=date.fromisoformat(known.checked) if known else None,
                current_to=day_of_text(known, entry.kind, known.sha256) if known else None,
            )
        )
    return found


def asked_hosts(sources: Iterable[Source]) -> list[str]:
    """Hosts that are asked for some sources, by name, before any redirect."""
    return sorted({urlsplit(url).hostname or "" for source in sources for url in source.urls} - {""})
