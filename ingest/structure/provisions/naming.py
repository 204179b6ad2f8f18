"""The code that a document gives the text of, as its opening says: "TITLE 8—ALIENS", "12 CFR Part 1005"."""

import re

from citations import patterns as look
from ingest.records import Reading

_OPENING = 15  # blocks in which a code says which title it is; set by hand, not measured
_LINE = 25  # words; a longer one is a sentence that names a code
_CITED = re.compile(
    r"(?:^|[\s(\u2014:-])(?P<title>\d{1,2})\s(?:(?P<cfr>C\.?F\.?R\.?)|U\.?S\.?\s?C(?:ode\b|\.|\b))(?=[\s,.):\u2014]|$)",
    re.ASCII,
)
_TITLE = re.compile(r"^\s*(?:\W{0,3})(?:TITLE|Title)\s(?P<title>\d{1,2})\b\s?(?:$|[\u2014\u2013:.,-]|of the\b|[A-Z(])")
_HEAD = re.compile(
    rf"^\[?(?P<code>\d{{1,2}}\s(?:{look.CFR}|U\.?\s?S\.?\s?C(?:ode\b|\b\.?)|U\.?\s?S\.?\sCode\b)\s(?=§))?(?:§{{1,2}}\s?|S(?:EC|ec)\.\s)(?P<number>\d[\w-]*(?P<point>\.\d)?)",
    re.ASCII,
)
_REGISTER = re.compile(
    r"^(?:AGENCY|ACTION|SUMMARY|SUPPLEMENTARY INFORMATION):|^(?:Federal Register|FEDERAL REGISTER)\b"
)


def find_code(reading: Reading) -> str:
    """The code, "" when the opening names no title or no line begins like a section; rules in the Register are none."""
    texts = [block.text for block in reading.blocks]
    if any(_REGISTER.match(text) for text in texts[: 4 * _OPENING]):
        return ""
    heads = [match for text in texts if (match := _HEAD.match(look.plain_text(text)))]
    if not heads:
        return ""
    opening = [reading.title, *texts[:_OPENING]]
    for text in opening:
        plain = look.plain_text(text)
        head = _HEAD.match(plain)
        found = _TITLE.match(plain) or (_CITED.search(plain) if not head or head.group("code") else None)
        if found and len(text.split()) <= _LINE:
            regulations = 2 * sum(bool(match.group("point")) for match in heads) > len(heads)
            if found.re is _CITED and bool(found.group("cfr")) != regulations:
                continue  # it cites a code of the other kind
            return f"{int(found.group('title'))} {'CFR' if regulations else 'U.S.C.'}"
    return ""
