"""What a reader left out on purpose, said in a line: "12 words struck out on page 3; 225 line numbers on pages 1–9"."""

from collections import defaultdict
from collections.abc import Iterable

from pinpoint.text import plural

_SAID: dict[str, tuple[str, str]] = {
    "struck out": ("word", "struck out"),
    "hidden": ("hidden word", ""),
    "invisible": ("invisible word", ""),
    "layer off": ("word", "of layers that are switched off"),
    "clipped": ("word", "cut off by what is drawn around"),
    "covered": ("word", "covered by what is drawn over"),
    "redacted": ("word", "under a redaction"),
    "watermark": ("word", "of watermarks and stamps"),
    "line number": ("line number", ""),
}


def said_left_out(left_out: Iterable[tuple[str, int, int]]) -> str:
    """Say what was left out of a document, and on which pages.

    Args:
        left_out: The reason, the 1-based page (0 without pages), how many words; as in ``IntakeRecord.left_out``.

    Returns:
        "" when nothing was left out.
    """
    words: dict[str, int] = defaultdict(int)
    pages: dict[str, set[int]] = defaultdict(set)
    for reason, page, count in left_out:
        words[reason] += count
        pages[reason].add(page)
    order = [*(reason for reason in _SAID if reason in words), *(reason for reason in words if reason not in _SAID)]
    return "; ".join(f"{said_words(reason, words[reason])}{_on(pages[reason])}" for reason in order)


def said_words(reason: str, count: int) -> str:
    """Say how many words were left out and why: "2 words of watermarks and stamps"."""
    noun, rest = _SAID.get(reason, ("word", reason))
    return f"{plural(count, noun)} {rest}".rstrip()


def page_ranges(pages: Iterable[int]) -> str:
    """Name pages with as few words as can be: "1–9, 12"."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}\u2013{last}" for first, last in spans)


def _on(pages: Iterable[int]) -> str:
    numbered = {page for page in pages if page}
    if not numbered:
        return ""
    return f" on page{'s' if len(numbered) > 1 else ''} {page_ranges(numbered)}"
