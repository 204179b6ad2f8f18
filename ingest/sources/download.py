"""One address to one file: checked hop by hop, retried, resumed, never larger than allowed."""

import email.utils
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from ingest.sources.completeness import find_defect
from ingest.sources.hosts import check_address
from ingest.sources.partial_file import PartialFile, drop_part, size_of
from pinpoint.errors import FetchFailed

_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK, _PARTIAL, _NOT_MODIFIED, _NOT_FOUND, _NOT_SATISFIABLE = 200, 206, 304, 404, 416
_MOST_REDIRECTS = 5  # set by hand

Received = Callable[[int, int], None]
"""Called with the bytes received so far and those expected, 0 when the server does not say."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of how long and how often fetch tries; all defaults were set by hand.

    Attributes:
        attempts: Requests for one address before it is given up.
        first_pause: Seconds before the second attempt; doubled before each one after that.
        longest_pause: Seconds that no pause exceeds, whatever the server asks for.
        between: Seconds between two requests to one host.
        timeout: Seconds without a byte after which a connection is given up.
        megabytes: Largest file, in units of 1,000,000 bytes.
    """

    attempts: int = 5
    first_pause: float = 1.0
    longest_pause: float = 120.0
    between: float = 1.0
    timeout: float = 60.0
    megabytes: float = 200.0


@dataclass(frozen=True, slots=True)
class Download:
    """Result for one address.

    Attributes:
        url: The address asked for.
        final_url: Where the answer came from, after redirects.
        etag: The server's name for this state of the file, "" when it gives none.
        last_modified: The server's date of the file as it wrote it, "" when it gives none.
        redirects: Each hop as (from, to).
        attempts: How many requests it took, redirects not counted.
        resumed: Whether a part of an earlier download was continued.
        unchanged: Whether the server said that nothing changed, so that no file was written.
    """

    url: str
    final_url: str
    etag: str = ""
    last_modified: str = ""
    redirects: tuple[tuple[str, str], ...] = ()
    attempts: int = 1
    resumed: bool = False
    unchanged: bool = False


class AddressNotFound(FetchFailed):
    """The server has nothing at the address (status 404)."""


class _TryAgain(Exception):
    """An attempt failed in a way that may pass.

    Attributes:
        after: Seconds that the server asks to wait, 0 when it does not say.
    """

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(slots=True)
class Downloader:
    """Downloads one address after another.

    Attributes:
        client: Asks the servers; it must not follow redirects itself.
        hosts: Names of hosts that may be asked.
        patience: How long and how often to try.
        sleep: Waits for a number of seconds.
        jitter: A number from 0 to 1 that spreads the pauses.
    """

    client: httpx2.Client
    hosts: frozenset[str]
    patience: Patience
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    _asked: set[str] = field(default_factory=set)
    _unreachable: set[str] = field(default_factory=set)

    def download(
        self, url: str, part: Path, *, suffix: str, known: Mapping[str, str] | None = None, received: Received
    ) -> Download:
        """Download an address into ``part``, or continue what stands there.

        Args:
            url: The address.
            part: File that receives the bytes; beside it a note says what a resumption needs.
            suffix: The suffix of the finished file, by which its completeness is judged.
            known: ``etag`` and ``last_modified`` of the file at hand, if the server may answer
                that nothing changed.
            received: Told of the progress.

        Raises:
            FetchFailed: Refused, not found, too large, not the kind of file asked for, or still
                failing after the last attempt.
        """
        try:
            host = httpx2.URL(url).host
            # A host that could not be reached at all is not waited for again at every source.
            most = 1 if host in self._unreachable else self.patience.attempts
            for attempt in range(1, most + 1):
                try:
                    got = replace(self._attempt(url, part, known or {}, received), attempts=attempt)
                    if not got.unchanged:
                        _check_complete(part, suffix, url)
                    return got
                except _TryAgain as error:
                    last = error
                    if attempt < most:
                        self.sleep(self._pause(attempt, error.after))
        except httpx2.InvalidURL as error:
            raise FetchFailed(
                f"{url}: it, or what it redirects to, is not an address ({error}). Correct the manifest."
            ) from error
        if isinstance(last.__cause__, httpx2.ConnectError):
            self._unreachable.add(host)
        raise FetchFailed(
            f"{url}: gave up after {most} attempt{'s' * (most > 1)}, the last one: {last}. Try again later."
        )

    def _pause(self, attempt: int, after: float) -> float:
        """Exponential back-off with jitter (half to whole), or what the server asks for, never above the limit."""
        doubled = self.patience.first_pause * 2.0 ** (attempt - 1)
        return min(max(after, doubled * (0.5 + self.jitter() / 2)), self.patience.longest_pause)

    def _attempt(self, url: str, part: Path, known: Mapping[str, str], received: Received) -> Download:
        """One request, redirects followed."""
        partial = PartialFile(part)
        headers = partial.range_headers(url) or _condition(known)
        hops: list[tuple[str, str]] = []
        here = httpx2.URL(url)
        check_address(here, self.hosts)
        while True:
            self._wait_in_queue(here.host)
            try:
                with self.client.stream("GET", here, headers=headers) as response:
                    if response.status_code in _REDIRECTS:
                        here = self._next_hop(here, response, hops)
                        continue
                    return replace(self._take(url, response, partial, received), redirects=tuple(hops))
            except httpx2.TransportError as error:
                raise _TryAgain(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__) from error
            except httpx2.HTTPError as error:
                raise FetchFailed(f"{here}: {type(error).__name__}: {error}. Try again later.") from error

    def _wait_in_queue(self, host: str) -> None:
        if host in self._asked:
            self.sleep(self.patience.between)
        self._asked.add(host)

    def _next_hop(self, here: httpx2.URL, response: httpx2.Response, hops: list[tuple[str, str]]) -> httpx2.URL:
        target = response.headers.get("location", "")
        if not target or len(hops) == _MOST_REDIRECTS:
            raise FetchFailed(
                f"{here}: redirects {'to nowhere' if not target else f'more than {_MOST_REDIRECTS} times'}."
            )
        there = here.join(target)
        check_address(there, self.hosts, came_from=str(here))
        hops.append((str(here), str(there)))
        return there

    def _take(self, url: str, response: httpx2.Response, partial: PartialFile, received: Received) -> Download:
        """Act on the status of an answer; write its body."""
        status, headers = response.status_code, response.headers
        got = Download(
            url=url,
            final_url=str(response.url),
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
        )
        if status == _NOT_MODIFIED:
            return replace(got, unchanged=True)
        if status == _NOT_SATISFIABLE:
            partial.forget()
            raise _TryAgain("the server could not continue the partial file, which is dropped")
        if status in _TRY_AGAIN:
            raise _TryAgain(f"status {status} {response.reason_phrase}", _retry_after(headers.get("retry-after", "")))
        start = _range_start(headers.get("content-range", "")) if status == _PARTIAL else 0
        if status not in (_OK, _PARTIAL) or start not in (0, size_of(partial.part)):
            raise (AddressNotFound if status == _NOT_FOUND else FetchFailed)(
                f"{url}: status {status} {response.reason_phrase}. Check the address in a browser; if it has moved, "
                "correct the manifest, or save the document by hand under the name that the manifest gives."
            )
        resumable = not headers.get("content-encoding")
        partial.begin(url=url, etag=got.etag, last_modified=got.last_modified, resumable=resumable)
        self._write(response, partial, start, received)
        return replace(got, resumed=start > 0)

    def _write(self, response: httpx2.Response, partial: PartialFile, start: int, received: Received) -> None:
        """Append the body at ``start``, watching its size; the part stays when the connection breaks."""
        most = int(self.patience.megabytes * 1_000_000)
        length = int(response.headers.get("content-length") or 0)
        expected = start + length if length and partial.resumable else 0
        done = start
        with partial.part.open("r+b" if start else "wb") as stream:
            stream.seek(start)
            stream.truncate()
            for chunk in response.iter_bytes():
                done += len(chunk)
                if max(done, expected) > most:
                    break
                stream.write(chunk)
                received(done, expected)
        if max(done, expected) > most:
            partial.forget()
            raise FetchFailed(
                f"{response.url}: {max(done, expected):,} bytes or more, and the limit is {most:,}. Not kept."
            )
        if expected and done != expected:
            raise _TryAgain(f"{done:,} bytes came and {expected:,} were announced")


def _check_complete(part: Path, suffix: str, url: str) -> None:
    """Look into a file that has come to its end; what is wrong with it is not continued later."""
    defect = find_defect(part, suffix)
    if defect is None:
        return
    drop_part(part)
    if defect.cut_off:
        raise _TryAgain(f"what came {defect.reason}")
    raise FetchFailed(f"{url}: what came {defect.reason}. Open the address in a browser to see what it says.")


def _condition(known: Mapping[str, str]) -> dict[str, str]:
    names: dict[str, Any] = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last_modified")}
    return {name: value for name, value in names.items() if value}


def _retry_after(value: str) -> float:
    """Seconds to wait from a Retry-After header: a number or a date; 0 when it says nothing."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _range_start(value: str) -> int:
    """First byte of a Content-Range header ("bytes 200-999/1000"), -1 when it is not one."""
    first = value.removeprefix("bytes ").partition("-")[0]
    return int(first) if first.isdigit() else -1
