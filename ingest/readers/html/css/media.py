"""Media queries, answered for a screen of a usual width."""

import re

_WIDTH = 1280.0
"""Pixels: queries of the size of the window are answered as in one of this width. Set by hand, not measured."""
_EM = 16.0  # pixels of an em in queries of the window's size
_FEATURE = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|r?em)\s*\)")


def applies_to_screen(media: str) -> bool:
    """Tell whether a media query applies on a screen of a usual width."""
    queries = [query.strip().lower() for query in media.split(",")]
    return not media.strip() or any(_applies(query) for query in queries)


def _applies(query: str) -> bool:
    negated = query.startswith("not ")
    plain = query.removeprefix("not ").removeprefix("only ").strip()
    kind = re.match(r"[a-z-]*", plain)
    applies = kind is None or kind.group() in ("", "all", "screen")
    for bound, number, unit in _FEATURE.findall(plain):
        pixels = float(number) * (1 if unit == "px" else _EM)
        applies = applies and (pixels <= _WIDTH if bound == "min" else pixels >= _WIDTH)
    if re.search(r"prefers-color-scheme\s*:\s*dark|prefers-contrast|forced-colors|prefers-reduced|scripting", plain):
        applies = False
    return applies != negated
