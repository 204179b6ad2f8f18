#!/usr/bin/env bash
# nupunkt cuts behind "tit." and "art." by the letter that follows, and ends no sentence behind a letter.
#
# Versions  nupunkt 0.8.0, CPython 3.11.
# Guess     A splitter that is trained on law treats an abbreviation of a division in one way, whatever its numeral is;
#           and "Supplement B." at the end of a sentence ends it, as "Supplement 2." does.
# Really    "See tit. V, Pub. L. 106-386." is one sentence, "See tit. I, Pub. L. 106-386." is two; "art. V" and "art. I",
#           "div. B" and "div. F" differ in the same way. "You file Supplement B. The officer signs it." is one sentence,
#           with "Supplement 2." it is two.
# Why       Its parameters list "i" and "f" among the words that begin sentences, but not "v" and "b": behind an
#           abbreviation such a word ends the sentence. A single capital with a point is taken for an initial, and an
#           initial ends nothing, not even before "The".
# Who       Statutes and the notes behind them name titles, articles and divisions by Roman numerals and letters, and
#           forms have supplements A, B and J: a quotation that is cut at sentences begins with "I, sec. 107", or runs
#           on through two sentences. What follows the letter has to be looked at.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- nupunkt==0.8.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

from nupunkt import sent_tokenize

SEEN = {
    "See tit. V, Pub. L. 106-386. It applies.": ["See tit. V, Pub. L. 106-386.", "It applies."],
    "See tit. I, Pub. L. 106-386. It applies.": ["See tit.", "I, Pub. L. 106-386.", "It applies."],
    "See art. V, § 2. It applies.": ["See art. V, § 2.", "It applies."],
    "See art. I, § 2. It applies.": ["See art.", "I, § 2.", "It applies."],
    "See div. B, § 107. It applies.": ["See div. B, § 107.", "It applies."],
    "See div. F, § 107. It applies.": ["See div.", "F, § 107.", "It applies."],
    "You file Supplement B. The officer signs it.": ["You file Supplement B. The officer signs it."],
    "You file Supplement 2. The officer signs it.": ["You file Supplement 2.", "The officer signs it."],
}

same = True
for text, seen in SEEN.items():
    found = [sentence.strip() for sentence in sent_tokenize(text)]
    print(found)
    same = same and found == seen
sys.exit(0 if same else 1)
PY
