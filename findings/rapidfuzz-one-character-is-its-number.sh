#!/usr/bin/env bash
# rapidfuzz takes a word of one character for the number of that character: ["§", "1"] is the same as [167, 49].
#
# Versions  rapidfuzz 3.14.6, CPython 3.11.
# Guess     Two lists of words are compared element by element with ==, as difflib does: "1" is not 49, and a list of
#           words is never like a list of numbers.
# Really    Levenshtein.distance(["1"], [49]) is 0, Indel.opcodes says "equal", and fuzz.ratio(["§", "1"], [167, 49]) is
#           100, where difflib finds nothing in common. 0 and 2**61 - 1 are the same too. Only words of two characters and
#           more, and all other objects, are compared as one would think, as long as their hashes differ.
# Why       Every element is made a 64-bit number before anything is compared: a string of one character its code point,
#           an integer and all else its hash. Equality is not asked again.
# Who       Whoever exchanges words for numbers (of a vocabulary, of paragraphs) on one side only, or mixes both in a list:
#           the paragraph "1" and the word number 49 match, and an alignment of a quotation rests on it. Compare words with
#           words; give single characters and signs a second one ("1_") where numbers are in the same lists.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- rapidfuzz==3.14.6

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

SEEN = {  # two lists: distance and ratio of rapidfuzz, ratio of difflib
    (("1",), (49,)): (0, 100.0, 0.0),
    (("§", "1"), (167, 49)): (0, 100.0, 0.0),
    ((0,), (2**61 - 1,)): (0, 100.0, 0.0),
    (("§§", "12"), (167, 12)): (2, 0.0, 0.0),
}

same = True
for (one, other), seen in SEEN.items():
    plain = SequenceMatcher(None, one, other, autojunk=False).ratio()
    found = (Levenshtein.distance(one, other), fuzz.ratio(one, other), plain)
    print(list(one), list(other), found, [code.tag for code in Indel.opcodes(one, other)])
    same = same and found == seen
sys.exit(0 if same else 1)
PY
