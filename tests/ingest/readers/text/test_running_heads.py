"""Running heads that stand on the line of the text that goes on below them."""

from collections import Counter

import pytest

from ingest.cleaning import clean_characters
from ingest.readers.text.paragraphs import text_blocks

LONG = (
    "(5) Has not refused to provide assistance to an official or law enforcement agency, as determined by the Attorney"
)
CASES = [  # (lines, blocks, reason)
    (
        ["§ 245.24 Adjustment of aliens.", LONG, "§ 245.24 General, based on evidence; and", "(6) It is.", "§ 245.24"],
        ["§ 245.24 Adjustment of aliens.", f"{LONG} General, based on evidence; and", "(6) It is."],
        "a head that stands alone elsewhere is left out where the sentence before it goes on",
    ),
    (
        ["§ 245.24 Adjustment of aliens.", "(5) It is so.", "§ 245.24 Another heading", "(6) It is.", "§ 245.24"],
        ["§ 245.24 Adjustment of aliens.", "(5) It is so.", "§ 245.24 Another heading", "(6) It is."],
        "but not behind the end of a sentence",
    ),
    (
        ["§ 245.24 Adjustment of aliens.", LONG, "§ 245.25 General rules", "(a) It is."],
        ["§ 245.24 Adjustment of aliens.", LONG, "§ 245.25 General rules", "(a) It is."],
        "nor a number that is no head of a page",
    ),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), CASES)
def test_running_heads_within_a_sentence(lines, expected, reason):
    blocks = text_blocks("\n".join(lines), Counter(), clean_characters)
    assert [block.text for block in blocks] == expected, reason
