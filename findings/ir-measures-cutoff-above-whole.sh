#!/usr/bin/env bash
# ir-measures reports a reciprocal rank at 5 above the reciprocal rank without a cutoff, for one and the same run.
#
# Versions  ir-measures 0.4.3 with pytrec-eval-terrier 0.5.11, CPython 3.11.
# Guess     All measures of one call are taken from one ranking. A cutoff can only take hits away, so RR@5 <= RR, and
#           where the first relevant result is among the first five they are equal.
# Really    Three results with equal scores, the one whose id comes first in the alphabet relevant:
#           RR 0.3333, RR@5 1.0, Success@1 0.0
# Why       RR and Success@1 are computed by trec_eval, which puts the highest id first among equal scores; RR@k by the
#           script of MS MARCO, which gets the results sorted with the lowest id first. The measures of one table belong
#           to two rankings, and neither is the one that was shown to a reader.
# Who       Whoever measures a ranking with many equal scores: rank fusion, where two results often swap ranks between
#           two lists, a search by words in which paragraphs of a rule repeat, scores rounded for a report. And whoever
#           compares a published RR@10 with their own RR: ids such as "8-cfr-214.202" sort by title, so the difference
#           is not chance but favours or punishes one document always. Break ties yourself before measuring.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- ir-measures==0.4.3 pytrec-eval-terrier==0.5.11

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success

judgements = [Qrel("q", "214.202", 1)]
run = [ScoredDoc("q", section, 0.5) for section in ("214.202", "214.204", "214.206")]
figures = ir_measures.calc_aggregate([RR, RR @ 5, Success @ 1], judgements, run)
for measure, figure in figures.items():
    print(measure, round(figure, 4))
same = round(figures[RR], 4) == 0.3333 and figures[RR @ 5] == 1.0 and figures[Success @ 1] == 0.0
sys.exit(0 if same else 1)
PY
