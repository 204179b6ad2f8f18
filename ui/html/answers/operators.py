"""What operators there are, as HTML to unfold."""

from pinpoint.text import escape

_OPERATORS = {
    "waiver AND hardship": "passages that have both; between words beside an operator AND need not be written",
    "waiver OR pardon": "passages that have one of them, or both",
    "waiver NOT fee": "passages without a word; -fee and -\u201cU visa\u201d say the same",
    "traffick*": "any word that begins so; at least three letters",
    "fee near/5 waiver": "both, at most five words apart, in either order",
    "(fee OR cost) AND waiver": "parentheses say what belongs together",
    "\u201cany credible evidence\u201d": "word for word; may stand among operators",
}


def _help() -> str:
    rows = "".join(f"<dt>{escape(typed)}</dt><dd>{escape(means)}</dd>" for typed, means in _OPERATORS.items())
    return (
        '<details class="pp-more"><summary>Operators: AND, OR, NOT, near/5, traffick*, -word</summary>'
        f'<dl class="pp-facts">{rows}</dl><p class="pp-fact">AND, OR and NOT count in capitals only. How a query was '
        "read stands above its results.</p></details>"
    )


HELP = _help()
"""All of them with an example each."""
