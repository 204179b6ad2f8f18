"""Front matter of Markdown files: a block of YAML or TOML before the text, which says what the file is."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime

from ingest.readers.text.dates import parse_date
from ingest.readers.text.yaml_block import parse_yaml, plain_key

_YAML = re.compile(r"\A---[ \t]*\n(?P<block>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<block>.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = ("title",)
_FROM = ("effectivedate", "effective", "effectivefrom", "dateeffective", "inforcefrom", "validfrom", "startdate")
_REVISED = ("revised", "revisiondate", "lastrevised", "daterevised", "revision")
_ISSUED = ("issued", "issuedate", "dateissued", "issuancedate", "date", "published", "publicationdate")
_TO = (
    "expires",
    "expirationdate",
    "expirydate",
    "expiry",
    "expiration",
    "expiredate",
    "validuntil",
    "validto",
    "sunset",
)
_UNTIL = (*_TO, "sunsetdate", "effectiveto", "effectiveuntil", "enddate", "inforceuntil")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; "" and None where it says nothing."""

    title: str = ""
    effective_from: date | None = None
    effective_to: date | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter of a file, and the text without it.

    A block in which no key stands is a rule of the text ("---") and stays.
    """
    text = re.sub(r"\r\n?", "\n", text) if text.startswith(("---", "+++")) else text
    yaml, toml = _YAML.match(text), _TOML.match(text)
    if yaml is not None:
        stated = parse_yaml(yaml["block"])
        return (_front_matter(stated), text[yaml.end() :]) if stated else (FrontMatter(), text)
    if toml is not None:
        try:
            table = tomllib.loads(toml["block"])
        except tomllib.TOMLDecodeError:
            return FrontMatter(), text
        stated = {
            plain_key(key): value.isoformat() if isinstance(value, date) else str(value) for key, value in table.items()
        }
        return _front_matter(stated), text[toml.end() :]
    return FrontMatter(), text


def _front_matter(stated: dict[str, str]) -> FrontMatter:
    def first(keys: tuple[str, ...]) -> date | None:
        days = (_day(stated[key]) for key in keys if key in stated)
        return next((day for day in days if day is not None), None)

    starts = [day for day in (first(_FROM), first(_REVISED)) if day is not None]
    title = next((" ".join(stated[key].split()) for key in _TITLE if stated.get(key)), "")
    return FrontMatter(title, max(starts) if starts else first(_ISSUED), first(_UNTIL))


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return parse_date(text.strip())
