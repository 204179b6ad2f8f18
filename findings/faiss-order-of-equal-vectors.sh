#!/usr/bin/env bash
# faiss returns equal vectors of a flat inner product index in falling order of rows, yet chooses the lowest rows.
#
# Versions  faiss-cpu 1.15.1, numpy 2.4.6, CPython 3.11.
# Guess     An exact index breaks ties by row, lowest first, as a stable sort of the scores and as IndexFlatL2 do.
#           At the least, the first k of a longer answer are the answer for k, as for any ranking.
# Really    Five equal vectors, all with the same score:
#           IndexFlatIP  k=1 [0]   k=2 [1 0]   k=3 [2 1 0]   k=5 [4 3 2 1 0]
#           IndexFlatL2  k=1 [0]   k=2 [0 1]   k=3 [0 1 2]   k=5 [0 1 2 3 4]
# Why       The id breaks ties in the heap, and the heap for the highest scores sorts ids downwards, as it does scores.
#           A later row with an equal score does not get in. So while more rows are equal than were asked for, the best
#           hit is another one for each number asked for.
# Who       Whoever searches law by vectors: the same paragraph stands in two editions of a title, in a rule and its
#           preamble, in the instructions of many forms. Which one ranks first, and what rank fusion or an evaluation
#           makes of it, changes with the number of candidates, though no score did. Sort the answer by score and row.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- faiss-cpu==1.15.1 numpy==2.4.6

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

import faiss
import numpy as np

WIDTH, ROWS = 8, 5
vectors = np.zeros((ROWS, WIDTH), dtype=np.float32)
vectors[:, 0] = 1.0

same = True
for index, falling in ((faiss.IndexFlatIP(WIDTH), True), (faiss.IndexFlatL2(WIDTH), False)):
    index.add(vectors)
    for count in (1, 2, 3, 5):
        scores, rows = index.search(vectors[:1], count)
        print(type(index).__name__, f"k={count}", rows[0].tolist(), "scores", sorted(set(scores[0].tolist())))
        seen = sorted(range(count), reverse=falling)
        same = same and rows[0].tolist() == seen and len(set(scores[0].tolist())) == 1
sys.exit(0 if same else 1)
PY
