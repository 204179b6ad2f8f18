"""Quotations are checked, character by character, before they may be shown."""

from answer.records import Citation
from index.search import HybridIndex


def verified(citation: Citation, index: HybridIndex) -> bool:
    """True when a citation's quotation stands in its passage exactly where it says.

    The passage is read again from the index, not taken from whatever the quotation was cut from.
    """
    try:
        passage = index.passage(citation.passage_id)
    except KeyError:
        return False
    inside = 0 <= citation.start < citation.end <= len(passage.text)
    return inside and passage.text[citation.start : citation.end] == citation.quote
