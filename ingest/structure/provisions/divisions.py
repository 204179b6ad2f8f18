"""Divisions of a code: title, chapter, part, subpart; appendices and the like; and what follows a section's text.

An appendix is a division of its own. Its cited form says to what it belongs: ``12 CFR Part 1005, Appendix A``.
"""

import re
from dataclasses import dataclass

from citations import patterns as look
from citations.section_numbers import DASHES, PART_NUMBER
from ingest.structure.cfr_forms import appendix_form, part_form, part_number
from ingest.structure.marks import is_line
from ingest.structure.outline import one_line
from ingest.structure.provisions.flush import is_credit
from pinpoint.records import Block

_DASH = r"\s?(?:\u2014|\u2013|--|-(?=\s)|:)"
_RANKS = (
    (10, re.compile(r"^(?:volume|title)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (20, re.compile(r"^(?:subtitle|chapter)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (30, re.compile(r"^subchapter\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (35, re.compile(r"^part\s+(?:\d+[A-Za-z]?|[IVXLC]+|[A-Z])\b", re.IGNORECASE)),
    (40, re.compile(r"^subpart\s+[A-Z\d]+\b", re.IGNORECASE)),
)
_OTHER = 45  # rank below a subpart, above a section
_SURE = re.compile(
    rf"^(?:(?:TITLE|CHAPTER|SUBCHAPTER|PART|SUBPART|Title|Chapter|Subchapter|Part|Subpart)\s+(?:[\dIVXLCA-Z]{{1,6}}|{PART_NUMBER}){_DASH}\s?[A-Z\[]"
    r"|(?:SUBPART|Subpart)\s[A-Z]{1,3}$)"
)
_CUT = re.compile(
    rf"^(?:§|(?:volume|(?:sub)?(?:title|chapter|part))\s+(?:[\dIVXLCA-Z]{{1,6}}[a-z]?|{PART_NUMBER})(?:[,;)]|\s+(?:of|and|or|to|through|is|are|shall|may)\b))",
    re.IGNORECASE,
)
"""The end of a sentence that a line break cut: "Part 478 of this chapter", "§ 555.11);"."""
_KINDS = (
    r"(?P<kind>APPENDI(?:X|CES)|Appendi(?:x|ces)|SUPPLEMENT|Supplement|ANNEX|Annex|SCHEDULE|Schedule|ATTACHMENT|Attachment"
    r"|EXHIBIT|Exhibit|ADDENDUM|Addendum|(?:TABLE|Table)(?=\s+[A-Z\d-]{1,5}\s+(?i:to|of)\s+(?i:part|subpart)\s))"
)
_MARK = (
    r"(?:\s+(?P<mark>[IVX]{1,5}-[A-Z]|[A-Z]{1,2}-?\d{0,3}|[IVXL]{1,6}|\d{1,3}(?:-?[A-Z])?)(?![\w-]\w)"
    r"(?P<more>(?:(?:,\s(?:and\s)?|\sand\s|\sthrough\s|\u2013|-)[A-Z]{0,2}-?\d{0,3}){0,9}))?"
)
_TO = (
    r"(?:\s+(?:to|TO|of|OF)\s+(?:(?:Subpart|SUBPART)\s+(?P<subpart>[A-Z]{1,3})(?:\s+(?:of|to|OF|TO)\s+|,\s+|$|(?=\s?[\u2014-])))?"
    rf"(?:(?:this|THIS)\s+(?:part|PART)|(?:Part|PART|part)\s+(?P<part>{PART_NUMBER})"
    rf"|(?:§{{1,2}}|[Ss]ection|SECTION)\s*(?P<section>[\w.(){DASHES}-]+?(?=[\u2014\s,:]|-[A-Z]|$)))?)?"
)
_APPENDIX = re.compile(rf"^{_KINDS}{_MARK}{_TO}(?P<rest>{_DASH}|\.|\s*\[|$)?\s*")
_COMMENTARY = re.compile(
    r"^(?:Official|OFFICIAL|Staff|STAFF)?\s?(?:Staff |STAFF )?"
    r"(?:Interpretations?|INTERPRETATIONS?|Commentary|COMMENTARY)"
    r"(?=\s*$|\s(?:to|of)\s)"
)
_SPEAKS_OF_COMMENTS = re.compile(r"\b(?:interpretations?|commentary)\b", re.IGNORECASE)
_AMENDMENT_NOTE = re.compile(r"^E(?:FFECTIVE|ffective) D(?:ATE|ate) N(?:OTE|ote)S?\b(?=:)")
_ALTERNATE = re.compile(r"^(?P<name>Alternate\s+[IVX]{1,5})\b(?=\s*[(.:\u2014]|$)")
_NOTES = re.compile(
    r"^(?:Editorial Notes?|Statutory Notes?(?: and Related Subsidiaries)?|Executive Documents?"
    r"|Historical(?: and Revision)? Notes?|References? in Text|Codification|Prior Provisions|Amendments?"
    r"|Effective(?: and Termination)? Dates?\b.{0,60}|Short Titles?\b.{0,60}|Transfer of Functions|Savings Provisions?"
    r"|Change of Name|Regulations|Separability|Severability|Construction(?: of .{0,60})?|Repeals?|Notes?)$",
    re.IGNORECASE,
)
_LONG_TITLE = 45  # words; a longer line that begins so is a sentence; set by hand, not measured
_APPENDED, _TO_SECTION = 44, 49  # ranks; only their order counts


@dataclass(frozen=True, slots=True)
class Division:
    """A division that a block opens.

    Attributes:
        rank: Only the order counts; a smaller one stands higher in the tree.
        citation: The cited form.
        part: Number of the part that it is or belongs to, "" when not known.
        appended: An appendix, a schedule, a supplement …: its paragraphs are its own.
        mark: "A" of "Appendix A".
        comments: Whether it holds official interpretations, numbered by the paragraphs that they are on.
    """

    rank: int
    citation: str
    heading: str
    part: str = ""
    appended: bool = False
    mark: str = ""
    comments: bool = False


def appended(code: str, block: Block, text: str, *, part: str, subpart: str = "") -> Division | None:
    """The appendix, supplement, annex, schedule … that a block opens; None when it opens none."""
    is_heading = block.kind == "heading"
    if block.kind in ("footnote", "table_row") or len(text.split()) > _LONG_TITLE:
        return None
    heading, plain = one_line(text), " ".join(text.replace("\u00a0", " ").split())
    comments = _COMMENTARY.match(plain)
    if comments and is_heading:
        base = part_form(code, part) if part and code.endswith("CFR") else code
        return Division(_APPENDED, f"{base}, {one_line(comments.group())}", heading, part, appended=True, comments=True)
    match = _APPENDIX.match(plain)
    if not match or plain[len(match.group("kind")) :][:1].isalnum():
        return None
    told = match.group("part") or match.group("subpart") or match.group("section")
    rest = plain[match.end() :]
    # "Appendix A to Part 40 contains …" is a sentence; so is what names nothing that it belongs to.
    closed = match.group("rest") is not None and (match.group("rest") != "." or is_heading)
    named = not rest or rest[:1].isupper() or rest[:1] in '[\u201c"(' or rest[:1].isdigit()
    ends = rest.endswith((";", ",")) or (not is_heading and not told and ". " in rest)
    if not (closed and named and not ends) and not (is_heading and (match.group("mark") or told) and not ends):
        return None
    if not (told or match.group("mark") or is_heading):
        return None
    kind = match.group("kind").capitalize().replace("Appendices", "Appendix")
    name = f"{kind} {match.group('mark')}" if match.group("mark") else kind
    part = look.plain_text(match.group("part") or part)
    rank = _TO_SECTION if match.group("section") and code.endswith("CFR") else _APPENDED
    citation = appendix_form(code, part, heading) if code.endswith("CFR") else f"{code}, {name}"
    return Division(
        rank,
        citation,
        heading,
        part,
        appended=True,
        mark="" if match.group("more") else match.group("mark") or "",
        comments=speaks_of_comments(citation, heading),
    )


def speaks_of_comments(citation: str, heading: str) -> bool:
    """Tell whether a supplement or an appendix holds official interpretations rather than says how they are issued."""
    return "Issuance" not in heading and bool(", Supplement " in citation or _SPEAKS_OF_COMMENTS.search(heading))


def division(code: str, block: Block, text: str, *, inside: bool, level: int) -> Division | None:
    """The division that a block opens; None for a heading inside a section and for a paragraph.

    Args:
        code: ``8 CFR``.
        block: The block.
        text: Its text.
        inside: Whether a section is open.
        level: Level of the heading of that section, 0 when it was no heading.
    """
    is_heading = block.kind == "heading"
    if not is_heading and not (block.kind == "paragraph" and _SURE.match(text) and len(text.split()) <= _LONG_TITLE):
        return None
    if _CUT.match(text):
        return None
    heading = one_line(text)
    rank = next((rank for rank, pattern in _RANKS if pattern.match(text)), 0)
    if not rank and inside and not (level and block.level <= level):
        return None
    part = part_number(text) if rank and code.endswith("CFR") else ""
    if part:
        return Division(rank, part_form(code, part), heading, part)
    return Division(rank or _OTHER, f"{code}, {heading}", heading)


def note_of(code: str, block: Block, text: str, *, credited: bool) -> str:
    """Name of the note or alternate that follows the text of a section, "" when the block is none.

    Args:
        code: ``8 U.S.C.``.
        block: The block.
        text: Its text.
        credited: Whether the line that says where the section comes from was read: in the Code only notes follow it.
    """
    amendment = _AMENDMENT_NOTE.match(text)
    if amendment:
        return "Effective Date Note"
    alternate = _ALTERNATE.match(text)
    if alternate and code.endswith("CFR"):
        return one_line(alternate.group("name"))
    if not code.endswith("U.S.C.") or not is_line(text) or is_credit(text):
        return ""
    name = one_line(text)
    if _NOTES.match(name.rstrip(".")):
        return name
    if any(pattern.match(name) for _, pattern in _RANKS):
        return ""
    return name if credited and (block.kind == "heading" or name[:1].isupper()) else ""
