"""Asked: the sentences of a question that ask, without those that only tell facts of a case before them."""

import re

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s*\u2014\s*|\s-\s")
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|or|then|please)\s+)?(?:(?:at|by|for|from|in|on|to|under|with)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|may|might|must|should|shall"
    r"|will|would|has|have|had|am|list|name|give|tell|explain|define|summari[sz]e|describe|show|quote)\b",
    re.IGNORECASE,
)


def asking_part(text: str) -> str:
    """The sentences of a question that end with a question mark or begin as a question does; all when none does."""
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]
    asking = [sentence for sentence in sentences if sentence.rstrip().endswith("?") or _ASKS.match(sentence)]
    return " ".join(asking) or text
