#!/usr/bin/env bash
# Snowball's English stemmer gives "petition" the stem of "petit jury", and "petitioner" another one.
#
# Versions  PyStemmer 3.1.0 (Snowball 3), CPython 3.11.
# Guess     A word and the noun of its doer share a stem: petition and petitioner, commission and commissioner, as
#           applicant and application nearly do. If they do not, each at least stays apart from unrelated words.
# Really    petition -> petit       petitioner  -> petition      petit       -> petit
#           execution -> execut     executioner -> execution     commission  -> commiss   commissioner -> commission
#           So "petition" finds "petit jury" and "petit larceny", and "petitioner" finds no "petition".
# Why       The suffix -ion goes where s or t stands before it, in its own step; -er goes in the same step, so the stem
#           that is left when -er is taken keeps its -ion. One suffix a step: the two never meet.
# Who       Whoever searches law or filings by Snowball stems (Lucene's English filter, SQLite, PostgreSQL, rank_bm25
#           over PyStemmer): a query for what a petitioner must show misses the paragraphs on petitions, and one on
#           petitions ranks petit juries. Map such pairs before stemming, or search for both.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- PyStemmer==3.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

import Stemmer

stem = Stemmer.Stemmer("english").stemWord
same = True
for act, doer in (("petition", "petitioner"), ("commission", "commissioner"), ("execution", "executioner")):
    print(f"{act} -> {stem(act)}   {doer} -> {stem(doer)}")
    same = same and stem(act) != stem(doer)
print("petit ->", stem("petit"))
sys.exit(0 if same and stem("petit") == stem("petition") else 1)
PY
