"""Characters and line ends: what a reader fixes so that words read as they were intended.

Every repair has a name; readers count them for the intake report. Nothing here changes
a word: characters that only print differently are replaced, a word that was broken at a
line end is joined, and a compound that has its own hyphen has it still.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LIGATURES = "ligatures"
SOFT_HYPHENS = "soft hyphens"
SPACES = "special spaces"
QUOTES = "doubled quotation marks"
CONTROLS = "control characters dropped"
UNKNOWN = "unreadable glyphs dropped"
JOINED = "line-end hyphens joined"
RETAINED_HYPHENS = "line-end hyphens kept"
LEADERS = "dot leaders shortened"
BRACKETS = "brackets of a type-setter's font restored"

_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_SYMBOL_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf06e\uf02d\uf0e0"
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n\v\f]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_DOUBLED_QUOTES = re.compile(r"‘‘|’’|``")
_LEADER = re.compile(r"\s*(?:[.·]\s*){5,}|\s*(?:…\s*){2,}|_{6,}")
_TYPESET_BRACKETS = re.compile(r"(?<!\w)ø([^ø¿]*)¿")
_BLANKS = re.compile(r" {2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENS = ("-", "\u2010", "\u00ad")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST_PART = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DASH_END = re.compile(r"\S[-\u2010–—/]$")
_LINK_END = re.compile(
    r"(?:https?://|www\.|\.(?:gov|mil|org|com|net|edu)/)\S*[/.=&?_%-]$|\.(?:gov|mil|org|com|net|edu)/$|https?:/?/?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"[A-Z]{2,}:")  # "NOTE:" begins a sentence behind a link
_MAY_TOUCH = " -\u2010\u00ad–—/.=&?_%:"  # after other characters a line end is a blank
_PLAIN = re.compile("[ -~¡-¬®-ɏ‐-‧‰-⁞]*")  # Latin characters and marks that need no correcting
# Parts of words that hardly ever stand in a word without a hyphen; a line end divides no word after one letter.
_COMPOUND_FIRST = re.compile(
    "self|quasi|half|cross|well|vice|attorney|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_COMPOUND_LAST = re.compile("based|related|specific|wide|elect|approved|issued|sponsored")
_NUMBERS = re.compile("one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth")
_WHOLE = re.compile(
    r"self(?:ish\w*|less\w*|same|hood)|half(?:way|hearted|penny)|cross(?:ed|es|ing|ings|roads?|walk|word|over)"
    r"|well(?:ness|ing)|viceroy|(?:nation|world|state|country|city)wide|oneself"
)
_LEAST_PART = 4  # characters; shorter parts that are words ("con", "in") prove no compound; set by hand


def clean_characters(text: str, repairs: Counter[str]) -> str:
    """Replace characters that only print differently.

    Soft hyphens stay at the end of the text, where ``join_lines`` needs them.

    Args:
        text: Text of a line or of a part of it.
        repairs: Repairs by name; this call adds its own.

    Returns:
        The text without ligatures, special spaces, control or private-use characters and
        with curly double quotation marks where they were printed as two single ones.
    """
    if not _PLAIN.fullmatch(text):
        text = _replace_special(text, repairs)
    return _join_quotes(text, repairs)


def count_unknown(text: str) -> int:
    """Return how many characters of a text ``clean_characters`` drops because nothing tells what they print."""
    if text.isascii():
        return 0
    return sum(
        char == "\ufffd" or (char not in _SYMBOL_BULLETS and unicodedata.category(char) == "Co") for char in text
    )


def _join_quotes(text: str, repairs: Counter[str]) -> str:
    if "‘‘" in text or "’’" in text or "``" in text:
        text, count = _DOUBLED_QUOTES.subn(lambda m: "”" if m[0] == "’’" else "“", text)
        repairs[QUOTES] += count
    return text


def _replace_special(text: str, repairs: Counter[str]) -> str:
    for ligature, characters in _LIGATURES.items():
        if ligature in text:
            repairs[LIGATURES] += text.count(ligature)
            text = text.replace(ligature, characters)
    text, count = _SPACES.subn(" ", text)
    repairs[SPACES] += count
    inner = text[:-1].replace("\u00ad", "")
    if inner != text[:-1]:
        repairs[SOFT_HYPHENS] += text[:-1].count("\u00ad")
        text = inner + text[-1:]
    for glyph in _SYMBOL_BULLETS:
        text = text.replace(glyph, "•")
    return _drop_controls(_INVISIBLE.sub("", text), repairs)


def _drop_controls(text: str, repairs: Counter[str]) -> str:
    retained = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Cs", "Cn"):
            repairs[CONTROLS] += 1
        elif category == "Co" or char == "\ufffd":
            repairs[UNKNOWN] += 1
        else:
            retained.append(char)
    return "".join(retained)


def tidy(text: str, repairs: Counter[str]) -> str:
    """Shorten dot leaders and runs of blanks, restore brackets and quotes, trim the ends.

    The Government Publishing Office sets bold brackets with a font in which they have the
    codes of ``ø`` and ``¿``; the two only stand around words there, never inside.
    """
    if "ø" in text and "¿" in text:
        text, count = _TYPESET_BRACKETS.subn(r"[\1]", text)
        repairs[BRACKETS] += count
    if "..." in text or ". ." in text or "__" in text or "……" in text or "·" in text:
        text, count = _LEADER.subn(" … ", text)
        repairs[LEADERS] += count
    text = _join_quotes(text, repairs)
    return _BLANKS.sub(" ", text).strip()


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Count the words of a document that stand whole inside a line.

    Args:
        lines: Lines as printed.

    Returns:
        Lower-case words, compounds with their hyphens; a word that a line end breaks is
        left out, and so is the first word of the line after it.
    """
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = _WORD.findall(line)
        if broken:
            del found[:1]
        broken = line.endswith(_HYPHENS) and bool(_BROKEN.search(line))
        if broken:
            del found[-1:]
        words.update(found)
    lower: Counter[str] = Counter()
    for word, count in words.items():
        lower[word.lower()] += count
    return lower


def join_lines(left: str, right: str, words: Counter[str], repairs: Counter[str]) -> str:
    """Return the end of ``left`` as it reads before ``right``: joined, or with a blank.

    A hyphen goes when the joined word is a word of the document, or when nothing in the
    document shows that the hyphen belongs to the word. It stays in compounds.

    Args:
        left: Text up to a line end.
        right: The line that follows.
        words: Words of the document, from ``vocabulary``.
        repairs: Repairs by name; this call adds its own.

    Returns:
        ``left`` so changed that ``result + right`` is the text.
    """
    if not right or not left:
        return left
    if left[-1] not in _MAY_TOUCH:
        return left + " "
    if left.endswith("\u00ad"):
        repairs[SOFT_HYPHENS] += 1
        return left[:-1]
    broken, following = _BROKEN.search(left), _FIRST_PART.match(right)
    is_word = broken is not None and following is not None and (broken[1] + following[0]).lower() in words
    if broken is not None and following is not None and (is_word or not _LINK_END.search(left)):
        is_compound = _is_compound(broken[1], following[0], words)
        repairs[RETAINED_HYPHENS if is_compound else JOINED] += 1
        return left[:-1] + "-" * is_compound
    is_ended = (left[-1] == "." and right[0].isupper()) or _CAPTION.match(right)
    is_link = _LINK_END.search(left) and not is_ended
    touches = left.endswith(" ") or is_link or _DASH_END.search(left)
    return left if touches else left + " "


def _is_compound(first: str, second: str, words: Counter[str]) -> bool:
    """Tell whether the hyphen between two parts of a word belongs to the word."""
    first, head = first.lower(), second.split("-", 1)[0]
    joined, hyphened = words[first + head.lower()], words[f"{first}-{second.lower()}"]
    hyphened += words[f"{first}-{head.lower()}"] if head != second else 0
    if joined or hyphened:
        return hyphened > joined
    if second[0].isupper():
        return not head.isupper() or first.isupper()
    is_last = len(first) >= _LEAST_PART and bool(_COMPOUND_LAST.fullmatch(head.lower()))
    if len(first) == 1 or _COMPOUND_FIRST.fullmatch(first) or is_last:
        return not _WHOLE.fullmatch(first + head.lower())
    if _NUMBERS.fullmatch(first) and head.lower() in words and not _WHOLE.fullmatch(first + head.lower()):
        return True
    parts = (first, head.lower())
    return all(len(part) >= _LEAST_PART and words[part] > 1 for part in parts)
