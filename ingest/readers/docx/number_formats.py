"""Numbers as Word prints them, of paragraphs and of notes (ECMA-376, Part 1, 17.18.59)."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 32767
_ONES = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_CHICAGO = "*†‡§"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_THOUSAND = 1000
_MOST_REPEATED = 30  # letters of one number; Word goes to 780 = 30 times z


def printed(count: int, form: str, custom: str = "") -> str:
    """A number in one of Word's formats; in one that is not known in Arabic numerals.

    Args:
        count: The number.
        form: Name of the format ("lowerRoman").
        custom: First numbers of a custom format ("001, 002, 003, ..."), "" for every other.
    """
    if form in ("none", "bullet"):
        return ""
    if form == "custom":
        return str(count).zfill(len(custom.partition(",")[0].strip()))
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "ordinal":
        return f"{count}{_suffix(count)}"
    if form == "numberInDash":
        return f"- {count} -"
    return _above_nothing(count, form) if count > 0 else str(count)


def _above_nothing(count: int, form: str) -> str:
    text = str(count)
    if form in ("lowerLetter", "upperLetter"):
        repeated = (count - 1) // 26 + 1
        letter = chr(ord("a") + (count - 1) % 26)
        text = letter * repeated if repeated <= _MOST_REPEATED else text
    elif form in ("lowerRoman", "upperRoman"):
        text = _roman(count)
    elif form in ("cardinalText", "ordinalText"):
        return _in_words(count, ordinal=form == "ordinalText").capitalize()
    elif form == "chicago":
        text = _CHICAGO[(count - 1) % 4] * min((count - 1) // 4 + 1, _MOST_REPEATED)
    elif form.startswith("decimalEnclosedCircle") and count < len(_CIRCLED):
        text = _CIRCLED[count]
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    if count > _LARGEST_ROMAN:
        return str(count)
    text = ""
    for size, numeral in _ROMAN:
        text += numeral * (count // size)
        count %= size
    return text


def _suffix(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _in_words(count: int, *, ordinal: bool) -> str:
    """A number below a thousand in words; a larger one in numerals."""
    if count >= _THOUSAND:
        return f"{count}{_suffix(count)}" if ordinal else str(count)
    hundreds, rest = divmod(count, 100)
    tens = _ONES[rest] if rest < len(_ONES) else "-".join(filter(None, (_TENS[rest // 10], _ONES[rest % 10])))
    words = " ".join(filter(None, (f"{_ONES[hundreds]} hundred" if hundreds else "", tens)))
    if not ordinal:
        return words
    head, last = words[: len(words) - len(_last(words))], _last(words)
    return head + (_ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))


def _last(words: str) -> str:
    return words.replace("-", " ").rpartition(" ")[2]
