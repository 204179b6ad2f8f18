"""Signs of emphasis in plain text, as Markdown has them: ``*not*``, ``**not**``, ``_not_``. No reader sees them."""

import re

_LONGEST = 2_000
"""Characters of the longest emphasis. Set by hand; not measured."""
_EMPHASIS = re.compile(
    rf"(?<![\w*\\])(\*{{1,3}})(?=[^\s*])((?:(?!\n\s*\n)[^*]){{1,{_LONGEST}}})(?<=[^\s*])\1(?![\w*])"
    rf"|(?<![\w_\\])(_{{1,3}})(?=[^\s_])((?:(?!\n\s*\n)[^_]){{1,{_LONGEST}}})(?<=[^\s_])\3(?![\w_])"
)


def without_emphasis(text: str) -> str:
    """A text without signs of emphasis around words; ellipses of asterisks, lists and single signs stay."""
    return _EMPHASIS.sub(lambda found: found[2] or found[4], text)
