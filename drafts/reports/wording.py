"""What a report says of findings, in sentences."""

import re
from collections.abc import Iterator, Sequence

from drafts.records import STATES, Check, Finding
from pinpoint.records import Source
from pinpoint.text import day, pages, plural, worded

TITLE = "What the documents say of this draft"
NO_VERDICT = (
    "This compares words with the indexed documents. It is no verdict on the draft: read each provision before you "
    "rely on it."
)
READS, IN_DRAFT = "The document reads", "In the draft"
NEAREST = "Nearest sentences of the provision, for you to judge"
_LONGEST = 160
"""Characters of a text in a line of a list; the whole stands in the report. Set by hand."""
_SHORT = 200
"""Characters of the provision of a citation that is found; a reader opens the rest. Set by hand."""
_WORD = re.compile(r"\w")
_NAMED = 80
"""Characters of a difference up to which the sentence of a finding has it."""
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printed(text: str) -> str:
    """A text whose characters can all be written into a file: others are blanks."""
    return _UNPRINTED.sub(" ", text)


def state_of(finding: Finding) -> str:
    """The state in words."""
    return STATES[finding.state]


def heading(finding: Finding) -> str:
    """Number, kind and state: "Finding 3, quotation: Differs from the text"."""
    return f"Finding {finding.number}, {finding.kind}: {state_of(finding)}"


def where_of(finding: Finding) -> str:
    """Where it stands, as the beginning of a line: "Page 2, paragraph 14"."""
    return f"{finding.where[:1].upper()}{finding.where[1:]}"


def counted(check: Check) -> str:
    """How many findings there are of each state, in a sentence."""
    if not check.findings:
        return "No citation and no quotation was found in this draft."
    counts = check.counts
    said = [f"{words}: {counts[state]}" for state, words in STATES.items() if counts[state]]
    return f"{plural(len(check.findings), 'finding')}. {'; '.join(said)}."


def held_against(check: Check) -> str:
    """The day and the fingerprint of the index, in a sentence."""
    return f"Held against the law as of {day(check.as_of)}. Index: {check.generation}."


def not_checked(check: Check) -> tuple[str, ...]:
    """What was not checked of the draft as a whole, in sentences, each once."""
    return tuple(dict.fromkeys((*check.draft.warnings, *check.not_checked)))


def sentence(finding: Finding) -> str:
    """What was found, with days in words."""
    return worded(finding.sentence)


def now_reads(finding: Finding) -> str:
    """What the second text of a finding is: that which replaced the first, or that in which the words stand."""
    if finding.state in ("replaced", "not_yet_in_force"):
        return "In its stead"
    return "What comes nearest stands in" if finding.state == "differs" else "The words stand in"


def reads(finding: Finding) -> str:
    """What a report shows of the text of a document: of what is found no more than a reader needs to find it."""
    if finding.state != "found":
        return finding.reads
    return "" if finding.kind == "quotation" else shortened(finding.reads, _SHORT)


def in_turn(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings as a table lists them: those that need a look first, each in the order of the draft."""
    return tuple(sorted(findings, key=lambda one: not one.needs_a_look))


def differences(finding: Finding) -> tuple[str, ...]:
    """What differs, in a sentence for each span of words, but for signs alone and for what the finding itself says.

    Of what was replaced the words are those of two texts of the law; nothing of them is of the draft.
    """
    if finding.state == "replaced":
        return ()
    return tuple(
        _difference(gone, come)
        for gone, come in _spans(finding)
        if _WORD.search(gone + come) and not _is_said(finding, gone, come)
    )


def _is_said(finding: Finding, *words: str) -> bool:
    """Whether the sentence of a finding names words; it cuts long ones."""
    said = (f"{one[:_NAMED].rstrip()}\u2026" if len(one) > _NAMED else one for one in words if one)
    return all(f"\u201c{one}\u201d" in finding.sentence for one in said)


def _spans(finding: Finding) -> Iterator[tuple[str, str]]:
    """Words of the document alone with those that the draft has in their stead; one of them is "" where none are."""
    gone = ""
    for change, text in (*finding.words, ("same", "")):
        said = " ".join(text.split())
        if change == "added":
            yield gone, said
            gone = ""
            continue
        if gone:
            yield gone, ""
        gone = said if change == "removed" else ""


def _difference(gone: str, come: str) -> str:
    if not come:
        return f"The draft leaves out \u201c{gone}\u201d."
    if not gone:
        return f"The draft adds \u201c{come}\u201d."
    return f"The document has \u201c{gone}\u201d, the draft \u201c{come}\u201d."


def word_by_word(finding: Finding) -> str:
    """What the marks in a comparison of words mean, and between which texts it is."""
    if finding.state == "replaced":
        return "Word by word (struck: in the replaced text only; underlined: in the text of the day only)"
    return "Word by word (struck: in the document only; underlined: in the draft only)"


def beside(finding: Finding) -> str:
    """The finding to which it belongs, in words; "" for none."""
    other = "citation" if finding.kind == "quotation" else "quotation"
    return f"Its {other} is finding {finding.beside}." if finding.beside else ""


def choices(finding: Finding) -> str:
    """What an ambiguous citation may name; "" for any other."""
    return f"It may be {' or '.join(finding.choices)}." if finding.choices else ""


def source_line(source: Source | None) -> str:
    """The facts of a text in a line; "" for none."""
    if source is None:
        return ""
    said = (source.section, source.title, pages(source.page, source.page_label), source.status_text)
    return ", ".join(filter(None, said))


def shortened(text: str, longest: int = _LONGEST) -> str:
    """A text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}\u2026"


def lines(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Everything that a report says of a finding below its heading: a name and a text each, the name "" for none."""
    said: list[tuple[str, str]] = [("", sentence(finding))]
    said += [("", text) for text in differences(finding)]
    shown = reads(finding)
    said.append((READS, shown and f"\u201c{shown}\u201d"))
    said.append(("Source", source_line(finding.source) or (finding.citation if finding.reads else "")))
    if finding.now or finding.now_reads:
        text = finding.now_reads and f"\u201c{finding.now_reads}\u201d"
        said.append((now_reads(finding), ": ".join(filter(None, (finding.now, text)))))
    said += [(NEAREST, f"\u201c{text}\u201d") for text in finding.nearest]
    said += [("", choices(finding)), ("", beside(finding))]
    return tuple((name, text) for name, text in said if text)


def by_part(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    """The findings of each part, in order of where they begin; the longer first."""
    found: dict[int, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: (one.part, one.start, -one.end, one.number)):
        found.setdefault(finding.part, []).append(finding)
    return found
