"""Sentences: nupunkt, which knows legal abbreviations, corrected, with note references at sentence ends.

nupunkt is trained on legal text and right in most cases. It takes a capital with a point for an initial, so that it
does not end a sentence behind "Supplement B.", and it takes some abbreviations for the end of one, so that it cuts
through "tit. I" and "25 I. & N. Dec. 369". The corrections look at both sides of the point.
"""

import re
from functools import lru_cache

Bounds = tuple[int, int]
"""Start and end in the text that is divided, half-open."""
NOTE_MARK = r"\d{1,3}|[*\u2020\u2021\u00a7\u2217]{1,4}|[ivxl]{1,6}(?=\](?![a-z]))"
"""What a note is printed with: a number, a sign, or the Roman numeral of an endnote; no "[i]t" of a quotation."""
_MARK = rf"\[(?:{NOTE_MARK})\]"
_REFERENCES = re.compile(rf"(?:{_MARK})+")
_AFTER_REFERENCE = re.compile(
    rf"(?:(?<=[.?!\u201d\"'\u2019)])|(?<=[.?!])\s|(?<=[.?!][\u201d\"\u2019)])\s)(?:{_MARK})+(?=\s+[\"\u201c(]?[A-Z])"
)
_AFTER_POINT = re.compile(r"\.(?=\s+[\"\u201c(]?[A-Z])")
_LOOK_BACK, _LOOK_AHEAD = 80, 60  # characters before and behind a point that decide; set by hand

_STARTERS = (
    "A|After|All|Also|Although|An|And|Any|As|At|Because|Before|Both|But|By|Do|During|Each|Either|Even|Every|Except|"
    "For|From|He|Her|His|How|However|If|In|It|Its|Neither|No|None|Nor|Not|Nothing|Of|On|Once|One|Only|Or|Other|Our|"
    "Please|Provided|See|She|Should|Since|So|Some|Such|Than|That|The|Their|Then|There|Therefore|These|They|This|Those|"
    "Through|Thus|To|Under|Unless|Until|Upon|We|What|When|Where|Whether|Which|While|Who|With|Without|You|Your"
)
"""Words that begin sentences and no names: behind an abbreviation they show that a sentence ended."""
_STARTS = re.compile(rf"[\"\u201c(]?(?:(?:{_STARTERS})(?:,|\s+[a-z(\u201c\d]|\s+[A-Z])|N(?:OTE|ote):)")
_PLAIN_START = re.compile(r"[\"\u201c]?[A-Z][a-z]*(?:\s[A-Z\d]{1,3})?,?\s+[a-z]")

_DIVISION_NAMES = (
    "arts?|app|apps|amdts?|amends?|chs?|cls?|divs?|exs?|figs?|nn?|paras?|pars?|pp?|pts?|scheds?|secs?|ss|subchs?|"
    "subcls?|subdivs?|subpars?|subparas?|subpts?|subsecs?|subtits?|supps?|tits?|tbls?|vols?"
)
"""Abbreviations of parts of laws and books: a number or letter follows them."""
_BEFORE_NUMBER = re.compile(rf"(?:^|[\s(\[\u201c])(?:{_DIVISION_NAMES}|nos?)\.$", re.IGNORECASE)
_IS_NO = re.compile(r"(?:^|[\s(\[\u201c])No\.$")
_NUMERAL = re.compile(
    r"(?:\d|§|\([A-Za-z0-9]{1,5}\)|(?:[IVXLC]+|[A-Z]{1,2})(?=[-\u2013,.;:)\]]|\s*$|\s+(?:§|\d|\(|of|to|and|or|at)))"
)
_NO_BEGINNING = re.compile(r"[&,;:)\]%/]|[-\u2013]\s")
"""What no sentence begins with."""
_VERSUS = re.compile(r"\sv\.$")
_MAY_END = re.compile(
    r"(?:^|[\s(\[\u201c])(?:(?:[A-Z]\.){2,}|[ap]\.m\.|etc\.|et seq\.|et al\.|Inc\.|Ltd\.|Corp\.|Co\.|Jr\.|Sr\.)$"
)
"""Abbreviations that stand within sentences and at their ends: the word behind them decides."""

_LABELS = (
    "Addend(?:um|a)|Amendments?|Annex(?:es)?|Appendi(?:x|ces)|Articles?|Attachments?|Box(?:es)?|Categor(?:y|ies)|"
    "Chapters?|Class(?:es)?|Clauses?|Divisions?|Exhibits?|Figures?|Grades?|Groups?|Levels?|Lines?|Options?|"
    "Paragraphs?|Parts?|Phases?|Schedules?|Sections?|Steps?|Subchapters?|Subclauses?|Subdivisions?|Subparagraphs?|"
    "Subparts?|Subsections?|Subtitles?|Supplements?|Tables?|Tiers?|Titles?|Types?|Volumes?|"
    r"(?:App|Art|Ex|Sched|Supp|Tab)\."
)
"""What a letter or a Roman numeral names: "Supplement B", "class T", "Titles I and II"."""
_LETTER = r"(?:[A-Z]{1,2}|[IVXLC]+|\d{1,3}(?:[-.][A-Za-z\d]{1,3})?)"
_LABELLED = re.compile(rf"\b(?i:{_LABELS})\s{_LETTER}(?:(?:,|,?\s(?:and|or|through|to))\s{_LETTER})*\.$")
_FORM_PART = re.compile(r"\b(?:Part|Item Numbers?|Step)\s[\dA-Z][\d.a-z]*\.$")
_GOES_ON = re.compile(
    r"\([a-z]|[A-Z][\w\u2019'-]*(?:,)?\s(?:(?:and|or|of|for|to|the|a|an|in|with|About)\s)*[A-Z][\w\u2019-]*"
)
_CUT_SHORT = (
    "approx|assn|cert|cong|const|dept|dist|esp|est|exec|gov|govt|incl|intl|max|min|misc|natl|prob|reg|res|rev|seq|stat|"
    "tel|temp|univ|viz"
)
"""Abbreviations in small letters that look like words."""
_WORD = re.compile(rf"(?:^|[\s(\u201c\u2014-])(?!(?:{_CUT_SHORT})\.)[a-z\u2019']{{3,}}\.$")
_ACRONYM = re.compile(r"(?:^|[\s(\u201c])(?![IVXLC]+\.)[A-Z]{3,}s?\.$")
_LABEL_ALONE = re.compile(
    rf"(?:[A-Z]|[a-z]|[IVXLC]{{1,6}}|\d{{1,3}})(?:\.[a-z\d]{{1,2}})?\.(?:\s(?:{_LABELS})\s{_LETTER}\.)?|"
    rf"(?:{_LABELS}|Item Numbers?)\s{_LETTER}(?:\.[a-z\d]{{1,2}})?\.|§+\s?\d[\w.-]*\.",
)


def sentence_spans(text: str) -> list[Bounds]:
    """Half-open spans of the sentences of a text, trimmed, in order; white space belongs to none.

    A reference to a note belongs to the sentence before it. A line break always ends a sentence.
    """
    spans: list[Bounds] = []
    for start, end in _lines(text):
        spans += _of_line(text, start, end)
    return spans


def _lines(text: str) -> list[Bounds]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _of_line(text: str, start: int, end: int) -> list[Bounds]:
    spans, first = [], start
    for cut in sorted({start + cut for cut in _cuts(text[start:end])} | {end}):
        span = trimmed(text, first, cut)
        if span[0] < span[1]:
            spans.append(span)
        first = max(first, cut)
    return _joined_labels(text, _joined_references(text, spans))


def _cuts(line: str) -> set[int]:
    """Characters of a line behind which a sentence ends."""
    found = {last for _, last in _spans(line)}
    cuts = {cut for cut in found if not _is_no_end(*_around(line, cut))}
    cuts |= {match.end() for match in _AFTER_REFERENCE.finditer(line)}
    cuts |= {at for match in _AFTER_POINT.finditer(line) if _is_end(*_around(line, at := match.end()))}
    return cuts


def _around(line: str, cut: int) -> tuple[str, str]:
    """What stands before and behind a point."""
    return line[max(0, cut - _LOOK_BACK) : cut].rstrip(), line[cut : cut + _LOOK_AHEAD].lstrip()


def _joined_references(text: str, spans: list[Bounds]) -> list[Bounds]:
    """References that were split from their sentence, put back."""
    joined: list[Bounds] = []
    for start, end in spans:
        match = _REFERENCES.match(text[start:end])
        if joined and match:
            joined[-1] = (joined[-1][0], start + match.end())
            joined += [(first, last) for first, last in [trimmed(text, start + match.end(), end)] if first < last]
        else:
            joined.append((start, end))
    return joined


def _joined_labels(text: str, spans: list[Bounds]) -> list[Bounds]:
    """Numbers that were split from what they number, put back."""
    joined: list[Bounds] = []
    for start, end in spans:
        if joined and _is_label(text[slice(*joined[-1])]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def trimmed(text: str, start: int, end: int) -> Bounds:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=4096)
def _spans(line: str) -> tuple[Bounds, ...]:
    import nupunkt  # noqa: PLC0415 - a look-up of a citation does without

    return tuple(nupunkt.sent_spans(line))


def _is_no_end(before: str, behind: str) -> bool:
    """Tell whether a sentence cannot end between two texts.

    Args:
        before: Text up to and with the point.
        behind: Text from the next word on.
    """
    if _NO_BEGINNING.match(behind) or _VERSUS.search(before):
        return True
    if _BEFORE_NUMBER.search(before) and _NUMERAL.match(behind):
        return not (_IS_NO.search(before) and _STARTS.match(behind))
    if _MAY_END.search(before):
        return not _STARTS.match(behind)
    return bool(_FORM_PART.search(before) and _GOES_ON.match(behind) and not _STARTS.match(behind))


def _is_end(before: str, behind: str) -> bool:
    """Tell whether a sentence ends between two texts although a letter or an abbreviation stands there."""
    if _is_no_end(before, behind):
        return False
    if _MAY_END.search(before):
        return bool(_STARTS.match(behind))
    if _LABELLED.search(before) or _ACRONYM.search(before):
        return bool(_STARTS.match(behind) or _PLAIN_START.match(behind))
    if not _WORD.search(before):
        return False
    return bool(_STARTS.match(behind) or (_PLAIN_START.match(behind) and not _BEFORE_NUMBER.search(before)))


def _is_label(sentence: str) -> bool:
    """Tell whether what looks like a sentence is only the number of what follows it ("1.", "Part 2.", "§ 1589.")."""
    return bool(_LABEL_ALONE.fullmatch(sentence))
