"""Regular expressions of the citation scanner.

Every repetition is bounded, so that each match costs a bounded number of steps. They apply to
``plain_text``; numbers accept ``l``, ``I`` and ``O`` where character recognition misread a digit.
"""

import re
from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase

from citations.section_numbers import DASHES, DIGITS, NUMBER

_PLAIN = {
    **dict.fromkeys("\n\r\t\x0b\x0c\u00a0\u202f\u205f\u3000\u2028\u2029", " "),
    **dict.fromkeys((chr(code) for code in range(0x2000, 0x200B)), " "),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys("\u201c\u201d", '"'),
    "\u2019": "'",
    "\ufe59": "(",
    "\uff08": "(",
    "\uff09": ")",
}
_BLANK_LINES = re.compile(r"\n[ \t\r]{0,9}\n")
_RUN = re.compile(r"(?:[\dlIO]*\d)?")
_SUFFIXED = re.compile(r"[a-km-z]$")
_ITEM_RUN = re.compile(r"[\dlIOo]*")
DIGIT_OF = str.maketrans({"l": "1", "I": "1", "O": "0", "o": "0"})
"""Digits for which characters stand where a digit must be, as text recognition confuses them."""

_DOUBLED = "|".join(f"{letter}{{2,4}}" for letter in ascii_lowercase + ascii_uppercase)
DESIGNATOR = (
    r"(?:\d{1,3}[A-Z]{0,2}|[A-Za-z]-\d{1,2}|[ivxl]{1,6}|[IVXL]{1,6}|[lIO]\d|\d[lIO]|[a-z]\d"
    rf"|{_DOUBLED}|[A-Za-z])"
)
_ONE = rf"\(\s{{0,2}}(?-i:{DESIGNATOR})\s{{0,2}}\)"
PATH = rf"{_ONE}(?:\s{{0,2}}{_ONE}){{0,8}}"
SIGN = r"(?:§{1,4}|\b(?:sections?|secs?\b\.?|sect\b\.?))\s{0,2}"
PART = r"(?:\b(?:parts?|pts?\.)\s{1,2})"
CFR = r"(?:C\.?\s?F\.?\s?R\b\.?|Code\sof\sFederal\sRegulations\b)"
_USC = r"(?:U\.?\s?S\.?\s?C(?:ode\b|\.?\s?[AS]\b\.?|\b\.?|\.)|U\.?\s?S\.?\sCode\b|United\sStates\sCode\b)"
_INA = r"(?:\bI\.?N\.?A\b\.?|\bImmigration\s(?:and|&)\sNationality\sAct\b)"
_TVPA = (
    r"(?:\b(?:VTVPA|TVPA)\b|\bTrafficking\sVictims\sProtection\sAct\b"
    r"|\bVictims\sof\sTrafficking\sand\sViolence\sProtection\sAct\b)"
)
_ASIDE = r"(?:\s?\((?:the\s)?\"?(?:INA|TVPA|VTVPA|Act)\"?\)|\s?\[INA\])?"
_OF_2000 = r"(?:,?\s(?:of\s)?2000\b)?"
_I = re.IGNORECASE | re.ASCII

CODED = re.compile(
    rf"(?=[\dTIV])(?:(?<![\w.])(?:\btitle\s)?(?P<title>\d{{1,2}})(?:,?\s{{0,2}}(?:of\s(?:the\s)?)?)"
    rf"(?:(?P<cfr>{CFR}|C\.?F\.?R\.?(?=\d))|(?P<usc>{_USC}|U\.?S\.?C\.?(?=\d))(?P<app>,?\s?App(?:endix\b|\.))?)"
    rf"|(?P<ina>{_INA}{_ASIDE})|(?P<tvpa>{_TVPA}{_ASIDE}{_OF_2000}{_ASIDE}))(?!,?\s{{1,2}}\d{{1,2}}\s(?:U\.?\s?S|C\.?\s?F))"
    rf"[,\s]{{0,3}}(?P<sign>(?:(?:{SIGN}|{PART}){{1,2}})?)(?={DIGITS})",
    _I,
)
CODE_NAME = re.compile(
    rf"(?:title\s)?(?P<title>\d{{1,2}}),?\s?(?:of\s(?:the\s)?)?(?:(?P<cfr>{CFR})|{_USC})(?:,?\s?(?P<appendix>App(?:endix|\.)?))?"
    rf"(?:,?\s(?:parts?|chapters?|subchapters?|pts?\.|ch\.|§{{1,2}}|sections?)\s?[\w.-]{{1,12}}|\s\d[\w.-]{{0,12}})?"
    rf"|(?:(?P<cfr_before>{CFR})|{_USC}),?\s?(?:title\s)?(?P<behind>\d{{1,2}})",
    _I,
)
SIGNED = re.compile(rf"(?P<sign>{SIGN})(?={DIGITS})", _I)
PARTS = re.compile(rf"(?P<sign>{PART})(?=\d)", _I)
UNSIGNED = re.compile(
    r"(?<![\w.,$/#-])(?<!\d )(?=[\dlI][\dlIO]{2,3}[A-Za-z]{0,4}(?:-\d{1,4}[A-Za-z]{0,2})?(?:\.[\dlIO]|\()"
    # 52.222-50, 1.401(k)-1, 102-74.435, 77z-1(a): the hyphen makes a number of what could be a quantity
    r"|\d{1,3}\.(?:\d{3,4}|\d{1,4}(?:[A-Z]|\([a-z]\)))-\d|\d{2,3}-\d{1,4}\.\d|\d{2}[a-z]{1,4}-\d{1,4}\()",
    re.ASCII,
)
QUANTITY = re.compile(
    r"%|\s{1,2}(?:[\d$(]\d|%|percent|million|billion|thousand|per\b|miles|acres|feet|tons|pounds|dollars|points)", _I
)
ELEMENT = re.compile(rf"{NUMBER}(?:\s{{0,2}}(?P<path>{PATH}))?", _I)
PATH_ONLY = re.compile(rf"(?P<path>{PATH})", _I)
NEXT_CODE = re.compile(r"\s{0,2}(?:C\.?\s?F\.?\s?R|U\.?\s?S\.?\s?C|USCIS|F\.?\s?R\b|Fed\b|Stat\b|I\s?&\s?N\b)", _I)
ALSO = re.compile(
    r"(?:\s{0,2},\s{0,2}(?:(?:and/or|and|or|&)\s{1,2})?|\s{1,2}(?:and/or|and|or|&)\s{1,2})"
    rf"(?P<sign>{SIGN})?",
    _I,
)
RANGE = re.compile(rf"(?:\s{{0,2}}-{{1,2}}\s{{0,2}}|\s{{1,2}}(?:through|thru|to)\s{{1,2}})(?P<sign>{SIGN})?", _I)
FOOTNOTE = re.compile(r",?\s{0,2}(?:\bfn\b\.?|\bn\.|\bfootnote|\bnote)\s{0,2}(?P<note>\d{1,3})(?![\w-]|\.\d)", _I)

NOTE_OF_CODE = re.compile(r",?\s{1,2}note\b(?!s?\s{0,2}\d)(?!\s(?:that|to|of)\b)", _I)

OF = re.compile(r",?\s{0,2}\bof\s{1,2}", re.ASCII)
OF_INA = re.compile(rf"(?:the\s)?(?:{_INA}|\[INA\]){_ASIDE}", _I)
OF_TVPA = re.compile(rf"(?:the\s)?{_TVPA}{_ASIDE}{_OF_2000}{_ASIDE}(?!\s(?:of|Re))", _I)
OF_THE_ACT = re.compile(r"(?:the|this)\sAct\b(?!\s(?:of|entitled)\b)", _I)
OF_CFR = re.compile(rf"(?:title\s)?(?P<title>\d{{1,2}}),?\s{{0,2}}(?:of\s(?:the\s)?)?{CFR}", _I)
OF_USC = re.compile(rf"(?:title\s)?(?P<title>\d{{1,2}}),?\s{{0,2}}(?:of\s(?:the\s)?)?{_USC}", _I)
OF_TITLE = re.compile(r"title\s(?P<title>\d{1,2})\b", _I)
OF_THIS = re.compile(r"this\s(?P<division>title|chapter|part|subpart|subchapter)\b", _I)
OF_SUCH = re.compile(r"(?:such|that|the\ssame|said)\stitle\b", _I)
OF_OTHER = re.compile(
    r"(?:such|that|said|this)\s(?:Act|law|Code|section|subsection|division)\b"
    r"|(?:the\s)?(?:(?:[A-Z][\w&.',-]{0,30}|and|of|for|to|in|the|on|\d{4},?)\s){0,14}?"
    r"(?:Acts?|Code|Laws?|Statutes|Amendments?|Constitution|Treaty|Convention|Orders?|Protocol|Resolution)\b"
    r"|Pub(?:lic|\.)\s?L|H\.\s?R\.|S\.\s\d|E\.O\.|Forms?\b|(?:division|subtitle|subdivision)\s[A-Z]\b"
    r"|title\s[IVXL]{1,6}\b|chapter\s[\dIVX]|an?\s[Aa]ct\b",
    re.ASCII,
)
TITLE_BEFORE = re.compile(
    r"\b(?:title\s(?P<title>\w{1,5})\b|(?P<this>this)\stitle\b|(?P<usc>\d{1,2})\sU\.?\s?S\.?\s?C)", _I
)

LEVELLED = re.compile(
    rf"\b(?P<this>this\s)?(?P<level>subsections?|paragraphs?|subparagraphs?|clauses?|subclauses?|items?)\s{{1,2}}(?={_ONE})",
    _I,
)
LEVEL_OF = re.compile(rf"(?P<level>subsection|paragraph|subparagraph|clause|subclause)\s{{1,2}}(?P<path>{PATH})", _I)
THIS_LEVEL = re.compile(r"this\s(?P<level>section|subsection|paragraph|subparagraph|clause)\b(?!\s{0,2}\()", _I)
SUCH_LEVEL = re.compile(r"(?:such|that|said|the\ssame|each|any)\b|part\b|the\b", _I)
THIS_SECTION = re.compile(r"\bthis\ssection\b(?!\s{0,2}[\d(])", _I)

MANUAL_SHORT = re.compile(
    r"(?<![\w.])(?P<title>\d{1,2})\s{0,2}USCIS[-\s]{0,2}PM\s{0,2}(?P<number>[A-Z](?:\.[\dlIO]{1,2})?)(?![A-Za-z0-9])"
    rf"(?:\s{{0,2}}(?P<path>{PATH}))?",
    _I,
)
_CHAPTER = r"\bch(?:apter|ap)?\b\.?\s{0,2}(?P<chapter>\d{1,2})\b"
_LETTER = r"\bsec(?:tion|t)?\b\.?\s{0,2}(?P<letter>[A-Z])\b(?:[.\s(]{1,2}(?P<item>\d{1,2})(?![\d.]*\d)\)?)?"
_PART_LETTER = r"\b(?:part|pt)\b\.?\s{0,2}(?P<part>[A-Z])\b"
_VOLUME = r"\bvol(?:ume|\b)\.?\s{0,2}(?P<title>\d{1,2})\b"
MANUAL_WORDS = re.compile(
    rf"{_VOLUME}[^.;\[\]]{{0,80}}?{_PART_LETTER}(?:[^.;\[\]]{{0,80}}?{_CHAPTER}(?:[^.;\[\]]{{0,80}}?{_LETTER})?)?", _I
)
_BETWEEN = r"(?:,?\s(?:of|in)\s|,\s)"
MANUAL_REVERSED = re.compile(
    rf"\b(?=[SCP])(?:(?:{_LETTER}{_BETWEEN})?{_CHAPTER}{_BETWEEN})?{_PART_LETTER}{_BETWEEN}{_VOLUME}", _I
)
MANUAL_RELATIVE = re.compile(
    r"\b(?:Part\s(?P<part>[A-Z]),\s[^.;\[\]]{0,80}?)?(?:\bChapter\s(?P<chapter>\d{1,2})\b(?!\.\d|\sof\s)"
    r"(?:,[^.;\[\]]{0,80}?\bSection\s(?P<letter>[A-Z])(?:[.(](?P<item>\d{1,2})\)?)?(?![\w-]))?"
    r"|\bSection\s(?P<alone>[A-Z])(?:[.(](?P<part_of>\d{1,2})\)?)?(?![\w-]|\sof\s)(?=,\s[A-Z]|[.;)\s]|$))",
    re.ASCII,
)
BRACKETED = re.compile(r"[^.;\[\]]{0,120}\[\d{1,2}\sUSCIS-PM\s[A-Z]", re.ASCII)


def plain_text(text: str) -> str:
    """The text with look-alike characters made one; every character stays at its position.

    Blank lines become semicolons, since no citation goes on behind one.
    """
    if text.isascii() and text.isprintable():
        return text  # none of the characters is in it, as in most citations
    return exchanged(_BLANK_LINES.sub(lambda blank: ";" * len(blank.group()), text), _PLAIN)


def digits(number: str) -> str:
    """A number with the letters that stand for digits read as digits: ``2l4.2O2`` gives ``214.202``.

    A letter behind the last digit stays when there is no point: ``460l`` is a section.
    """
    whole, point, rest = number.partition(".")
    sure = len(whole) if point and not _SUFFIXED.search(whole) else _RUN.match(whole).end()  # type: ignore[union-attr]
    run = _ITEM_RUN.match(rest).end()  # type: ignore[union-attr]
    return whole[:sure].translate(DIGIT_OF) + whole[sure:] + point + rest[:run].translate(DIGIT_OF) + rest[run:]


def exchanged(text: str, table: Mapping[str, str]) -> str:
    """A text with characters exchanged; no character that is put in may be one that is taken out.

    One search of the text for each character of the table takes a thirtieth of the time of ``str.translate``, which
    looks up every character of a text that is not ASCII.
    """
    for old, new in table.items():
        text = text.replace(old, new)
    return text
