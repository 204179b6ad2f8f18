"""Changes that legal style allows, so that the quotation is still one: ellipses, brackets, marks, breaks."""

import re
from random import Random

from benchmarks.drafts.making.changes import tables

_ELLIPSES = ("...", ". . .", "\u2026", "* * *", "[...]", "\u2026\u2009", ". . . .")
_FEWEST = 12
"""Words from which a sentence has something that an ellipsis can leave out. Set by hand; not measured."""
_NEGATION = re.compile(r"\b(?:not|no|nor|never|neither|unless|without|except|cannot|only)\b", re.IGNORECASE)
_MARKS_OF_NOTES = re.compile(r"\s?\[\d{1,3}\]")
_ACT = re.compile(r"\bCFR|\bU\.S\.C|\bINA\b|\bsections?\b|\u00a7|\bparagraphs?\b|\bsubsections?\b")
_CITING = re.compile(
    r"\b(?:[Ss]ee|also|of|the|this|Act|title|and|or|through|CFR|U\.S\.C|INA|sections?|paragraphs?)\b|\u00a7|"
    r"\(\s?\w{1,4}\s?\)|\b\d+\w?(?:\.\d+\w?)?\b"
)
"""What a citation is made of; "(as defined in …)" says something of its own."""
_OUTER = (
    ("\u2018", "\u2019"),
    ("\u201c", "\u201d"),
    ('"', '"'),
    ("\u00ab", "\u00bb"),
    ("\u201f", "\u201d"),
    ("\u201e", "\u201c"),
)
"""Marks in which a quotation may stand; the first is British, the last two come from other languages' keyboards."""


def ellipsis_inside(text: str, chance: Random) -> str:
    """Words within the sentence left out for an ellipsis, none of them a negation."""
    words = text.split()
    if len(words) < _FEWEST:
        return ""
    first = chance.randint(3, len(words) // 2)
    last = min(first + chance.randint(3, max(3, len(words) // 3)), len(words) - 3)
    gone = " ".join(words[first:last])
    if last - first < 3 or _NEGATION.search(gone) or not _whole(gone):  # noqa: PLR2004 - three words
        return ""
    sign = chance.choice(_ELLIPSES[:-1])
    return " ".join((*words[:first], sign, *words[last:]))


def two_ellipses(text: str, chance: Random) -> str:
    """Two spans left out."""
    words = text.split()
    if len(words) < 2 * _FEWEST:
        return ""
    third = len(words) // 3
    gone = (" ".join(words[5 : third + 1]), " ".join(words[third + 6 : 2 * third + 2]))
    if any(_NEGATION.search(one) or not _whole(one) for one in gone):
        return ""
    sign = chance.choice(_ELLIPSES[:4])
    return " ".join((*words[:5], sign, *words[third + 1 : third + 6], sign, *words[2 * third + 2 :]))


def ellipsis_at_end(text: str, chance: Random) -> str:
    """The end of the sentence left out."""
    words = text.split()
    if len(words) < _FEWEST:
        return ""
    last = chance.randint(8, len(words) - 3)
    shown = " ".join(words[:last]).rstrip(",;:")
    return f"{shown} . . . ." if chance.random() < 0.5 else f"{shown}\u2026"  # noqa: PLR2004 - half and half


def ellipsis_at_start(text: str, chance: Random) -> str:
    """The beginning left out."""
    words = text.split()
    if len(words) < _FEWEST:
        return ""
    first = chance.randint(2, len(words) - 8)
    return f"{chance.choice(('...', '. . .', chr(0x2026)))} {' '.join(words[first:])}"


def brackets(text: str, chance: Random) -> str:
    """A word in brackets for another that means the same in the memo."""
    rows = tables()["brackets"]
    found = [match for name in rows for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
    if not found:
        return ""
    match = chance.choice(found)
    return f"{text[: match.start()]}{rows[match.group()]}{text[match.end() :]}"


def bracketed_initial(text: str, _: Random) -> str:
    """The first letter in the other case, in brackets."""
    return f"[{text[0].swapcase()}]{text[1:]}" if text[0].isalpha() else ""


def other_initial(text: str, _: Random) -> str:
    """The first letter in the other case, without brackets."""
    first = text.partition(" ")[0]
    return f"{text[0].swapcase()}{text[1:]}" if first.isalpha() and not first.isupper() else ""


def typography(text: str, chance: Random) -> str:
    """Other dashes, apostrophes and blanks, as keyboards and word processors make them."""
    changed = text
    swaps = (
        ("\u2019", "'"), ("'", "\u2019"), ("\u2014", " -- "), ("\u2014", "-"), ("\u2013", "-"), ("-", "\u2011"),
        ("-", "\u2013"),
    )  # fmt: skip
    for old, new in swaps:
        if old in changed and chance.random() < 0.6:  # noqa: PLR2004 - most of them
            changed = changed.replace(old, new)
            break
    words = changed.split(" ")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(1, len(words))
        words[at - 1 : at + 1] = [f"{words[at - 1]}{chance.choice((chr(0xA0), '  ', chr(0x202F)))}{words[at]}"]
        if len(words) < 3:  # noqa: PLR2004 - something must be left to join
            break
    changed = " ".join(words)
    long = list(re.finditer(r"[a-z]{9,}", changed))
    if long and chance.random() < 0.4:  # noqa: PLR2004 - some of them
        at = chance.choice(long).start() + 4
        changed = f"{changed[:at]}\u00ad{changed[at:]}"
    return changed.replace("fi", "\ufb01", 1) if "fi" in changed and chance.random() < 0.2 else changed  # noqa: PLR2004


def breaks(text: str, chance: Random) -> str:
    """Lines as on a page, some of them broken within a word."""
    lines, line = [], ""
    width = chance.randint(38, 70)
    for word in text.split():
        long = len(word) >= 9 and word.isalpha()  # noqa: PLR2004 - words that a typesetter divides
        if len(line) + len(word) > width:
            if long and chance.random() < 0.5:  # noqa: PLR2004 - half and half
                at = chance.randint(4, len(word) - 4)
                lines.append(f"{line}{word[:at]}-")
                line = f"{word[at:]} "
                continue
            lines.append(line.rstrip())
            line = ""
        line += f"{word} "
    lines.append(line.rstrip())
    return "\n".join(lines) if len(lines) > 1 else ""


def without_citations(text: str, _: Random) -> str:
    """A text without what stands in parentheses and does nothing but cite; "" where nothing does."""
    shown, at = "", 0
    for start, end in _parentheses(text):
        inside = text[start + 1 : end - 1]
        if (
            re.search(r"\d", inside)
            and _ACT.search(inside)
            and not _CITING.sub("", inside).strip(" ,;.()\u2013-\u2014")
        ):
            shown += text[at:start].rstrip()
            at = end
    return shown + text[at:] if shown else ""


def without_marks(text: str, _: Random) -> str:
    """A text without its marks of notes; "" where it has none."""
    shown = _MARKS_OF_NOTES.sub("", text)
    return shown if shown != text else ""


def nested(text: str, _: Random) -> str:
    """A text whose own quotations have single marks, since it stands in double ones; "" where it has none."""
    if "\u201c" in text and text.count("\u201c") == text.count("\u201d") and '"' not in text:
        return text.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
    if text.count('"') and text.count('"') % 2 == 0 and "\u201c" not in text:
        return re.sub(r'"([^"]*)"', "\u2018\\1\u2019", text)
    return ""


def other_marks(text: str, chance: Random) -> tuple[str, str]:
    """Quotation marks in which a text may stand in a draft."""
    marks = chance.choices(_OUTER, weights=(2, 4, 6, 1, 1, 1))[0]
    # Nobody puts single marks around a text with apostrophes, which would close them.
    return _OUTER[1] if marks == _OUTER[0] and any(one in text for one in "'\u2019") else marks


def _parentheses(text: str) -> list[tuple[int, int]]:
    """Spans of the outer parentheses that follow a blank."""
    found, depth, begin = [], 0, 0
    for position, char in enumerate(text):
        if char == "(":
            begin = position if depth == 0 else begin
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0 and text[begin - 1 : begin].isspace():
                found.append((begin, position + 1))
    return found


def _whole(text: str) -> bool:
    """Tell whether no parenthesis or quotation is opened or closed in a text without the other."""
    return (
        text.count("(") == text.count(")") and text.count("\u201c") == text.count("\u201d") and text.count('"') % 2 == 0
    )
