"""Official sources that the manifest lists are downloaded into the corpus folder.

It goes to the network only when a person runs ``python -m ingest fetch`` or presses the button in the app that does:
nothing at ingest or query time calls it.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Literal

import httpx2
from filelock import FileLock, Timeout

from ingest.corpus.fetch_record import FetchRecord, read_records, write_records
from ingest.corpus.manifest import OFFICIAL, Source
from ingest.readers.policy_manual import join_pages
from ingest.sources.archives import ARCHIVE, is_archive, unpack_one
from ingest.sources.choice import chosen_sources
from ingest.sources.download import AddressNotFound, Download, Downloader, Patience
from ingest.sources.ecfr_dates import TitleDates
from ingest.sources.hosts import load_allowed_hosts
from ingest.sources.local_file import part_of, save_previous, text_sha256
from ingest.sources.partial_file import drop_part
from pinpoint.errors import FetchFailed, ManifestError, PinpointError
from pinpoint.files import file_sha256, replace_file

Status = Literal["fetched", "changed", "unchanged", "failed"]

Progress = Callable[[str, int, int], None]
"""Called with (source id, bytes received, bytes expected or 0)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Result for one source.

    Attributes:
        id: Id of the source.
        file: Path relative to the corpus folder, with forward slashes.
        status: ``fetched`` for a first time, ``changed``, ``unchanged`` or ``failed``.
        notice: Why it failed or what changed; "" when there is nothing to say.
        bytes: Size of the file at hand, 0 when there is none.
        sha256: Digest of the file at hand, "" when there is none.
        final_urls: Where the answers came from.
        redirects: Each hop as (from, to).
        attempts: Requests, redirects not counted.
        resumed: Whether a part of an earlier download was continued.
    """

    id: str
    file: str
    status: Status
    notice: str = ""
    bytes: int = 0
    sha256: str = ""
    final_urls: tuple[str, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    attempts: int = 0
    resumed: bool = False


def make_client(patience: Patience, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """A client that says honestly who asks, and follows no redirect by itself."""
    try:
        version = metadata.version("pinpoint")
    except metadata.PackageNotFoundError:
        version = "0"
    headers = {
        "User-Agent": f"Pinpoint/{version} (document search; +python-httpx)",
        "Accept-Encoding": "identity",  # so that lengths and byte ranges are those of the file
    }
    return httpx2.Client(headers=headers, timeout=patience.timeout, follow_redirects=False, transport=transport)


def fetch_sources(  # noqa: PLR0913 - each is a setting of its own
    corpus: Path,
    *,
    only: Sequence[str] = (),
    manifest_file: Path | None = None,
    client: httpx2.Client | None = None,
    hosts: frozenset[str] | None = None,
    patience: Patience | None = None,
    sleep: Callable[[float], None] = time.sleep,
    jitter: Callable[[], float] = random.random,
    progress: Progress = lambda *_: None,
) -> Iterator[Fetched]:
    """Download the official sources of a corpus, one after another.

    Args:
        corpus: Folder with the ``manifest.toml`` that lists them.
        only: Ids of the sources to fetch; all when empty.
        manifest_file: The manifest that lists them where it is not the folder's own.
        client: Asks the servers; one over the network when not given.
        hosts: Hosts that may be asked; those of ``allowed_hosts.toml`` when not given.
        patience: How long and how often to try.
        sleep: Waits for a number of seconds.
        jitter: A number from 0 to 1 that spreads the pauses.
        progress: Told of the bytes as they come.

    Returns:
        What came of each, as it ends. One that fails never stops the rest.

    Raises:
        ManifestError: The manifest is wrong or lists no sources, or ``only`` names none of them.
        PinpointError: Another fetch is writing to the folder.
    """
    patience = patience or Patience()
    chosen = chosen_sources(corpus, only, manifest_file)
    records = read_records(corpus)
    hosts = hosts if hosts is not None else load_allowed_hosts()
    downloader = Downloader(
        client=client or make_client(patience), hosts=hosts, patience=patience, sleep=sleep, jitter=jitter
    )
    if not _stays(corpus, corpus / OFFICIAL):
        raise ManifestError(
            f"{corpus / OFFICIAL} leads out of the corpus folder. Put a folder of its own in its place."
        )
    (corpus / OFFICIAL).mkdir(parents=True, exist_ok=True)
    return _fetch_each(
        _Fetcher(
            corpus=corpus,
            downloader=downloader,
            records=records,
            progress=progress,
            dates=TitleDates(downloader, corpus / OFFICIAL),
        ),
        chosen,
        owned=client is None,
    )


def _stays(corpus: Path, folder: Path) -> bool:
    """Tell whether a folder of a corpus stands in it, links followed."""
    return folder.resolve().is_relative_to(corpus.resolve())


def _fetch_each(fetcher: "_Fetcher", chosen: Sequence[Source], *, owned: bool) -> Iterator[Fetched]:
    try:
        with FileLock(fetcher.corpus / OFFICIAL / ".fetch.lock", timeout=0):
            for source in chosen:
                yield fetcher.fetch(source)
    except Timeout as error:
        raise PinpointError(
            f"Another fetch is writing to {fetcher.corpus / OFFICIAL}. Wait until it has ended, then try again."
        ) from error
    finally:
        if owned:
            fetcher.downloader.client.close()


@dataclass(slots=True)
class _Fetcher:
    """Fetches sources into one corpus folder."""

    corpus: Path
    downloader: Downloader
    records: dict[str, FetchRecord]
    progress: Progress
    dates: TitleDates

    def fetch(self, source: Source) -> Fetched:
        """One source, to its final name or to a failure that names its reason."""
        path = self.corpus / source.entry.file
        if not _stays(self.corpus, path.parent):
            reason = f"{path.parent} leads out of the corpus folder. Put a folder of its own in its place."
            return Fetched(id=source.entry.id, file=source.entry.file, status="failed", notice=reason)
        path.parent.mkdir(parents=True, exist_ok=True)
        if part_of(path).is_symlink():
            part_of(path).unlink()
        at_hand = file_sha256(path) if path.is_file() else ""
        try:
            downloads = self._download(source, path, at_hand)
        except (FetchFailed, OSError) as error:
            size = path.stat().st_size if at_hand else 0
            return Fetched(
                id=source.entry.id,
                file=source.entry.file,
                status="failed",
                notice=str(error),
                bytes=size,
                sha256=at_hand,
            )
        came = Fetched(
            id=source.entry.id,
            file=source.entry.file,
            status="unchanged",
            final_urls=tuple(got.final_url for got in downloads),
            redirects=tuple(hop for got in downloads for hop in got.redirects),
            attempts=sum(got.attempts for got in downloads),
            resumed=any(got.resumed for got in downloads),
        )
        return self._settle(source, path, at_hand, downloads, came)

    def _download(self, source: Source, path: Path, at_hand: str) -> list[Download]:
        """All addresses of a source; the file to be stands in its part afterwards, unless nothing changed."""
        part = part_of(path)
        urls, suffix = source.urls, path.suffix.lower()
        if len(urls) == 1:
            return [self._one(source.entry.id, urls[0], part, suffix, at_hand)]
        parts = [path.with_name(f".{path.name}.{number}.part") for number in range(1, len(urls) + 1)]
        downloads = [
            self._one(source.entry.id, url, partial, suffix, "") for url, partial in zip(urls, parts, strict=True)
        ]
        pages = [(got.url, partial.read_bytes()) for got, partial in zip(downloads, parts, strict=True)]
        part.write_bytes(join_pages(pages, title=source.entry.title, url=source.entry.url))
        for partial in parts:
            drop_part(partial)
        return downloads

    def _one(self, name: str, url: str, part: Path, suffix: str, at_hand: str) -> Download:
        """One address; of a dated one, the newest date that the server has."""
        tried: AddressNotFound | None = None
        for dated in self.dates.addresses(url):
            record = self.records.get(name)
            same = record is not None and at_hand and record.sha256 == at_hand and record.urls == (dated,)
            known = {"etag": record.etag, "last_modified": record.last_modified} if record and same else None
            packed = is_archive(dated, suffix)
            try:
                got = self.downloader.download(
                    dated,
                    part,
                    suffix=ARCHIVE if packed else suffix,
                    known=known,
                    received=lambda done, of: self.progress(name, done, of),
                )
                if packed and not got.unchanged:
                    unpack_one(part, suffix, dated, most=int(self.downloader.patience.megabytes * 1_000_000))
                return got
            except AddressNotFound as error:
                tried = error
        raise tried or FetchFailed(f"{url}: the eCFR names no date for this title. Try again later.")

    def _settle(
        self, source: Source, path: Path, at_hand: str, downloads: Sequence[Download], came: Fetched
    ) -> Fetched:
        """Compare what came with what was there, give it its name, and write it down."""
        part, record, today = part_of(path), self.records.get(source.entry.id), date.today().isoformat()
        before = at_hand or (record.sha256 if record else "")
        if downloads[0].unchanged and record:
            self._write_down(came.id, replace(record, checked=today))
            return replace(came, bytes=record.bytes, sha256=at_hand)
        sha256, size, text = file_sha256(part), part.stat().st_size, text_sha256(part, path)
        if at_hand and (sha256 == at_hand or (text and text == text_sha256(path, path))):
            drop_part(part)
            stored = self._record(source, downloads, at_hand, text, path.stat().st_size, today)
            self._write_down(came.id, replace(stored, fetched=record.fetched if record else today))
            return replace(came, bytes=path.stat().st_size, sha256=at_hand)
        notice = ""
        if before and before != sha256:
            since = record.fetched if record and record.sha256 == before else "an unknown day"
            notice = f"Changed since {since}: old sha256 {before}, new sha256 {sha256}."
        if at_hand:
            save_previous(path)
            notice += f" The file of before is kept as {path.name}.previous."
        replace_file(part, path)
        drop_part(part)
        self._write_down(came.id, self._record(source, downloads, sha256, text, size, today))
        return replace(came, status="changed" if notice else "fetched", notice=notice, bytes=size, sha256=sha256)

    def _record(
        self, source: Source, downloads: Sequence[Download], sha256: str, text: str, size: int, today: str
    ) -> FetchRecord:
        single = downloads[0] if len(downloads) == 1 else Download("", "")
        urls, final_urls = tuple(got.url for got in downloads), tuple(got.final_url for got in downloads)
        return FetchRecord(
            file=source.entry.file,
            urls=urls,
            final_urls=final_urls,
            sha256=sha256,
            text_sha256=text,
            bytes=size,
            etag=single.etag,
            last_modified=single.last_modified,
            fetched=today,
            checked=today,
        )

    def _write_down(self, name: str, record: FetchRecord) -> None:
        self.records[name] = record
        write_records(self.corpus, self.records)
