"""Dates that the eCFR serves a title for: what ``{date}`` in an address of the manifest stands for."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.corpus.manifest import DATE
from ingest.sources.download import Downloader
from ingest.sources.partial_file import drop_part
from pinpoint.errors import FetchFailed

_TITLES = "https://www.ecfr.gov/api/versioner/v1/titles.json"
_TITLE_NUMBER = re.compile(r"/title-(\d+)\.xml")


@dataclass(slots=True)
class TitleDates:
    """The eCFR's list of titles, asked for once, when the first dated address needs it.

    Attributes:
        downloader: Asks the server.
        folder: Folder for the list while it is read.
    """

    downloader: Downloader
    folder: Path
    _dates: dict[int, tuple[str, ...]] | FetchFailed | None = field(default=None, init=False)

    def addresses(self, url: str) -> tuple[str, ...]:
        """An address with the dates that the eCFR names for its title, the newest first.

        The eCFR lags some days behind the calendar and answers 404 to a day that it has not reached.
        """
        title = _TITLE_NUMBER.search(url)
        if DATE not in url or title is None:
            return (url,)
        if self._dates is None:
            try:
                self._dates = self._titles()
            except FetchFailed as error:
                self._dates = error
        if isinstance(self._dates, FetchFailed):
            raise self._dates
        return tuple(url.replace(DATE, day) for day in self._dates.get(int(title.group(1)), ()))

    def _titles(self) -> dict[int, tuple[str, ...]]:
        part = self.folder / ".titles.json.part"
        self.downloader.download(_TITLES, part, suffix=".json", received=lambda *_: None)
        try:
            titles = json.loads(part.read_text(encoding="utf-8"))["titles"]
            return {int(title["number"]): _days(title) for title in titles}
        except (ValueError, KeyError, TypeError) as error:
            raise FetchFailed(
                f"{_TITLES}: not the list of titles that was expected ({error!r}). Try again later."
            ) from error
        finally:
            drop_part(part)


def _days(title: dict[str, str | None]) -> tuple[str, ...]:
    """Dates that a title is served for, the newest first."""
    days = (title.get("up_to_date_as_of"), title.get("latest_issue_date"))
    known = {day for day in days if day and _is_day(day)}
    return tuple(sorted(known, reverse=True))


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError:
        return False
