"""Front matter of Markdown files: a block of YAML or TOML before the text, which says what the file is."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime

from ingest.readers.text.dates import parse_date

_YAML = re.compile(r"\A---[ \t]*\n(?P<block>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?P<block>.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_INNER = re.compile(r"^(?:[ \t]+\S|-[ \t]|#|[ \t]*$|[\]}])")
_COMMENT = re.compile(r"\s+#.*$")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"_": "\u00a0", "N": "\u0085", "n": " ", "t": " ", "r": " ", "0": "", "L": " ", "P": " "}
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
        stated = _yaml(yaml["block"])
        return (_front_matter(stated), text[yaml.end() :]) if stated else (FrontMatter(), text)
    if toml is not None:
        try:
            table = tomllib.loads(toml["block"])
        except tomllib.TOMLDecodeError:
            return FrontMatter(), text
        stated = {
            _plain(key): value.isoformat() if isinstance(value, date) else str(value) for key, value in table.items()
        }
        return _front_matter(stated), text[toml.end() :]
    return FrontMatter(), text


def _yaml(block: str) -> dict[str, str]:
    """The plain values of the outermost keys; {} when a line is none of YAML."""
    stated: dict[str, str] = {}
    key, folded = "", False
    for line in block.split("\n"):
        match = _LINE.match(line)
        if match is not None:
            key, value = _plain(match["key"]), match["value"] or ""
            folded = value.strip() in (">", "|", ">-", "|-", ">+", "|+")
            stated[key] = "" if folded else _scalar(value)
        elif not _INNER.match(line):
            return {}
        elif folded and line.strip():
            stated[key] = f"{stated[key]} {line.strip()}".strip()
    return stated


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"'):
        end = value.find(value[0], 1)
        while (value[0] == "'" and value[end + 1 : end + 2] == "'") or (value[0] == '"' and value[end - 1] == "\\"):
            end = value.find(value[0], end + 1 + (value[0] == "'"))
        inner = value[1:end] if end > 0 else value[1:]
        return inner.replace("''", "'") if value[0] == "'" else _ESCAPE.sub(_unescaped, inner)
    return _COMMENT.sub("", value)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _ESCAPED.get(match[4], match[4])


def _plain(key: str) -> str:
    return re.sub(r"[\s_-]", "", key).lower()


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
