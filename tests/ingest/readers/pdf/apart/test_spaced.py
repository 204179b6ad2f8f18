"""Letter-spaced words are joined where it is known which words they are."""

from collections import Counter

import pytest

from ingest.readers.pdf.apart.spaced import join_spaced, spaced_words
from ingest.readers.pdf.segments import Segment

WORDS = {"part", "one", "general", "provisions", "the"}
CASES = [
    ("P A R T   T W O", "PART TWO", "wider gaps tell the words apart"),
    ("P A R T   2", "PART 2", "a number behind"),
    ("C H A P T E R   I I I", "CHAPTER III", "a Roman number"),
    ("P A R T O N E", "PART ONE", "words that the file has elsewhere"),
    ("G E N E R A L", "GENERAL", "one word"),
    ("S C O P E", "SCOPE", "one word that the file does not have"),
    (
        "E L I G I B I L I T Y O F A L I E N S",
        "E L I G I B I L I T Y O F A L I E N S",
        "unknown words stay as they are",
    ),
    ("A B C D E", "A B C D E", "the alphabet"),
    ("Y N Y N", "Y N Y N", "no word is without a vowel"),
    ("8 U S C 1101", "8 U S C 1101", "three single characters may be initials"),
    ("The general provisions", "The general provisions", "ordinary words"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_spaced_words(text: str, expected: str, reason: str):
    assert spaced_words(text, WORDS) == expected, reason


def test_characters_that_are_segments_of_their_own():
    row, x = [], 72.0
    for word in ("SPECIAL", "RULES"):
        for character in word:
            row.append(Segment(character, x, x + 8, 600, 13))
            x += 18
        x += 12
    repairs: Counter[str] = Counter()
    ((joined,),) = join_spaced([row], repairs)
    assert (joined.text, joined.x0, repairs.total()) == ("SPECIAL RULES", 72.0, 1)


def test_cells_stay_apart():
    row = [Segment(character, 72 + 60 * n, 80 + 60 * n, 600, 11) for n, character in enumerate("YNNY")]
    assert join_spaced([row], Counter()) == [row]


def test_short_words_of_a_spaced_line():
    cells = [("O R D E R", 72), ("O F", 160), ("T H E", 200), ("C O U R T", 260)]
    row = [Segment(text, x, x + 9 * len(text), 600, 13) for text, x in cells]
    other = Segment("O F", 72, 99, 500, 13)
    joined = join_spaced([[*row, other]], Counter())
    assert [segment.text for segment in joined[0]] == ["ORDER", "OF", "THE", "COURT", "O F"]
