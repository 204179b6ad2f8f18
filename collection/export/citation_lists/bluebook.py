"""Citations in the form of the Bluebook, with what the copy knows: year, institutional author, title, printed page.

Nothing is made up: where the copy does not tell its date, no year stands in the citation. docs/guides/answers.md says
which forms were chosen where the Bluebook leaves several.
"""

import re
from collections.abc import Sequence

from citations.bluebook import of_manual, page_number, provision_form
from citations.parse import parse_citations
from collection.export.citation_lists.entries import CitedEntry
from index.search import HybridIndex
from pinpoint.records import Source

_MANUAL = "U.S. Citizenship & Immigr. Servs., USCIS Policy Manual"
_WORDS = {
    "Administration": "Admin.", "and": "&", "Association": "Ass'n", "Authority": "Auth.", "Center": "Ctr.",
    "Centers": "Ctrs.", "Commission": "Comm'n", "Committee": "Comm.", "Counsel": "Couns.", "Department": "Dep't",
    "Division": "Div.", "Education": "Educ.", "Enforcement": "Enf't", "Federal": "Fed.", "General": "Gen.",
    "Government": "Gov't", "Human": "Hum.", "Immigration": "Immigr.", "Institute": "Inst.", "International": "Int'l",
    "Justice": "Just.", "Labor": "Lab.", "Legislative": "Legis.", "Management": "Mgmt.", "National": "Nat'l",
    "Office": "Off.", "Organization": "Org.", "Protection": "Prot.", "Public": "Pub.", "Register": "Reg.",
    "Representatives": "Reps.", "Research": "Rsch.", "Security": "Sec.", "Service": "Serv.", "Services": "Servs.",
    "Statistics": "Stat.", "Technology": "Tech.", "Transportation": "Transp.",
}  # fmt: skip
"""Words of institutional authors as table T6 of the Bluebook abbreviates them; every other stays as it is."""
_LAST_DATE = re.compile(
    r"\s*\((?P<edition>annual edition, )?(?:(?P<month>[A-Z][a-z]{2,8})\.? (?:(?P<day>\d{1,2}), )?)?"
    r"(?P<year>(?:19|20)\d\d)\)$"
)
_PAGE_OF = re.compile(r"(?:Page )?(\d+) of \d+", re.IGNORECASE)
_SHORTENED = ("January", "February", "March", "April", "August", "September", "October", "November", "December")
"""Months that table T12 of the Bluebook abbreviates: September to four letters, the others to three."""
_DIRECTIVES = ("DHS Directive", "DHS Instruction")


def bluebook_form(index: HybridIndex, source: Source, publisher: str) -> str:
    """The citation of a span, without a full stop at its end.

    Args:
        index: The documents in use; of an act's section it tells which paragraphs the Code has.
        source: Its facts.
        publisher: Who published the document, "" when that is not known.
    """
    provision = provision_form(
        source.section, lambda cited: any(one.citation == cited for one in index.store.with_key(cited))
    )
    if " Fed. Reg. " in provision:
        return _in_register(source, provision)
    if provision:
        year = source.current_to.year if source.current_to and _has_year(source, provision) else None
        return f"{provision} ({year})" if year else provision
    if manual := of_manual(source.section):
        return f"{_MANUAL} {manual}" + (f" ({source.current_to.year})" if source.current_to else "")
    return _document(source, publisher)


def bluebook_text(entries: Sequence[CitedEntry]) -> bytes:
    """Citations as plain text, one a line and each once, in UTF-8; what was never verified says so."""
    return "".join(f"{line}\n" for line in dict.fromkeys(map(_line, entries))).encode()


def abbreviated(author: str) -> str:
    """An institutional author with the words of table T6 abbreviated: ``U.S. Dep't of Homeland Sec.``."""
    return re.sub(r"[A-Za-z]+", lambda word: _WORDS.get(word[0], word[0]), " ".join(author.split()))


def _line(entry: CitedEntry) -> str:
    doubt = "" if entry.verified else "[Never verified here; the file gives it so:] "
    end = "" if entry.bluebook.endswith(".") else "."
    return f"{doubt}{' '.join(entry.bluebook.split())}{end}"


def _has_year(source: Source, provision: str) -> bool:
    """Whether a year belongs to it: to a regulation always (rule 14.2), to a statute that has ended (12.3.2)."""
    return " C.F.R. " in provision or (source.effective_to is not None and " U.S.C. " in provision)


def _in_register(source: Source, provision: str) -> str:
    """A document of the Federal Register: title, first page and page; its day of publication is not recorded."""
    first, page = provision.rpartition(" ")[2].replace(",", ""), source.page_label.replace(",", "")
    at = f", {page_number(page)}" if page.isdecimal() and first.isdecimal() and int(page) > int(first) else ""
    title = re.sub(r"\s*\(\d+ (?:FR|Fed\. Reg\.) [\d,]+\)$", "", " ".join(source.title.split()))
    same = provision_form(title) == provision or title in ("", source.section)
    return f"{provision}{at}" if same else f"{title}, {provision}{at}"


def _document(source: Source, publisher: str) -> str:
    """Author, title, part, printed page and year; of a page without a printed number none is given."""
    title, date = " ".join(source.title.split()), ""
    if (found := _LAST_DATE.search(title)) and found.start():
        day = f"{_month(found['month'])} " + (f"{found['day']}, " if found["day"] else "") if found["month"] else ""
        title, date = title[: found.start()].rstrip(" ,"), ("" if found["edition"] else day) + found["year"]
    elif source.effective_from:
        date = str(source.effective_from.year)
    named = ", ".join(filter(None, (abbreviated(publisher), _numbered(source, title))))
    label = _PAGE_OF.sub(r"\1", source.page_label)
    page = f", at {page_number(label)}" if label else ""
    return f"{named}{page}" + (f" ({date})" if date else "")


def _numbered(source: Source, title: str) -> str:
    """The title of a document; of a directive with its number and the paragraph, which its title may lack."""
    found = parse_citations(source.section)
    one = found[0] if found and not found[0].start and found[0].code in _DIRECTIVES else None
    if one is None:
        return title
    number = "" if one.number in title else f"{one.code} {one.number}, "
    return f"{number}{title}" + (f" \u00a7 {'.'.join(one.path)}" if one.path else "")


def _month(name: str) -> str:
    short = [f"{one[: 4 if one == 'September' else 3]}." for one in _SHORTENED]
    if name in _SHORTENED:
        return short[_SHORTENED.index(name)]
    return f"{name}." if f"{name}." in short else name
