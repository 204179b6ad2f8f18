#!/usr/bin/env bash
# nupunkt, made for legal text, ends a sentence inside the name of the reporter of immigration decisions.
#
# Versions  nupunkt 0.8.0, CPython 3.11.
# Guess     A splitter that is trained on law knows its reporters: "I. & N. Dec." is left whole like "Fed. Reg." or
#           "F. Supp. 2d", in one spelling as in the other.
# Really    "See Matter of A-B-, 27 I. & N. Dec. 316 (A.G. 2018). The Board agreed." gives three sentences:
#               See Matter of A-B-, 27 I.
#               & N. Dec. 316 (A.G. 2018).
#               The Board agreed.
#           With "27 I&N Dec. 316" there are two, as there are with "89 Fed. Reg. 34,864".
# Why       A capital with a point before "&" is an initial, as in "J. & K. Co.", but "I." is not: it ends a sentence.
# Who       "I. & N. Dec." is how the Bluebook and the courts write the decisions of the Board of Immigration Appeals;
#           the agencies write "I&N Dec.". A text by the one is split rightly, by the other not: a quotation that is cut
#           at sentences ends with half a citation, and the next one begins with "& N. Dec.".
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

NEXT = "The Board agreed."
SEEN = {
    "See Matter of A-B-, 27 I. & N. Dec. 316 (A.G. 2018).": [
        "See Matter of A-B-, 27 I.",
        "& N. Dec. 316 (A.G. 2018).",
    ],
    "See Matter of A-B-, 27 I&N Dec. 316 (A.G. 2018).": ["See Matter of A-B-, 27 I&N Dec. 316 (A.G. 2018)."],
    "See the brief of J. & K. Co. for the form.": ["See the brief of J. & K. Co. for the form."],
    "See 89 Fed. Reg. 34,864 (Apr. 30, 2024).": ["See 89 Fed. Reg. 34,864 (Apr. 30, 2024)."],
}

same = True
for sentence, seen in SEEN.items():
    found = sent_tokenize(f"{sentence} {NEXT}")
    print(found)
    same = same and found == [*seen, NEXT]
sys.exit(0 if same else 1)
PY
