#!/usr/bin/env bash
# rank_bm25 ranks the only document without the words of a query first, where the others are editions of one text.
#
# Versions  rank-bm25 0.2.2, numpy 2.4.6, CPython 3.11.
# Guess     A document that has the words of a query scores above one that has none of them. The package sees to it:
#           where the formula of Okapi gives a word of most documents a negative weight, it takes a small positive one
#           ("epsilon") instead.
# Really    three editions of "A noncitizen may be granted T status"   -0.110 each
#           "The fee is due"                                            0      first, for "noncitizen status"
#           With T, U and V in the three texts they score above 0, as one would guess.
# Why       The small weight is a quarter of the mean weight of all words. Where most words stand in most documents,
#           that mean is negative itself, and so is what replaces the negative weights.
# Who       Whoever compares versions of a provision, or searches a handful of documents that repeat each other: the
#           better a text fits, the lower it stands, and a filter "score > 0" drops all that fits. LangChain's
#           BM25Retriever is this class. Use BM25Plus, or Lucene's weight, log(1 + …), which is never negative.
#
# Ends with 0 while it is so, 1 when it is otherwise or the interface has changed, which is said, 2 when the packages
# cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- rank-bm25==0.2.2 numpy==2.4.6

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys


def say(kind, error, trace):
    if issubclass(kind, (ImportError, AttributeError, TypeError)):
        print(f"The interface has changed, so that this cannot be tried: {kind.__name__}: {error}")
    sys.__excepthook__(kind, error, trace)


sys.excepthook = say

from rank_bm25 import BM25Okapi

EDITION, OTHER = "A noncitizen may be granted T status", "The fee is due"
query = "noncitizen status".split()
texts = [EDITION, EDITION, EDITION, OTHER]
model = BM25Okapi([text.lower().split() for text in texts])
scores = model.get_scores(query).tolist()
first = model.get_top_n(query, texts, n=1)[0]
print("three editions", [round(score, 3) for score in scores], "first:", first)

distinct = [f"A noncitizen may be granted {letter} status" for letter in "TUV"] + [OTHER]
others = BM25Okapi([text.lower().split() for text in distinct]).get_scores(query).tolist()
print("three rules   ", [round(score, 3) for score in others])
sys.exit(0 if first == OTHER and max(scores[:3]) < 0 == scores[3] and min(others[:3]) > 0 else 1)
PY
