#!/usr/bin/env bash
# citeurl links a section of the U.S. Code as the Code itself prints it to another section that exists.
#
# Versions  citeurl 12.0.4, CPython 3.11.
# Guess     A tool made for the U.S. Code reads its numbers as the Code prints them, with an en dash: "§ 1396r–8" is the
#           same as "§ 1396r-8". Where a number is not understood there is no citation.
# Really    42 U.S.C. § 1396r-8(a)  with a hyphen: section 1396r-8, paragraph (a)
#           42 U.S.C. § 1396r–8(a)  with the en dash of the Code: section 1396r, no paragraph, and a link to it
#           15 U.S.C. § 78u–4(b)(1) section 78u;  42 U.S.C. § 300gg–11  section 300gg
#           26 CFR § 1.401(k)-1(a)  section 1.401, paragraph (k): sections of the tax rules hold a paragraph
#           17 CFR § 240.10b-5(b)   as expected
# Why       The pattern of a section takes letters, digits, points and the ASCII hyphen. What stands before the dash is
#           a section too (1396r is on nursing homes, 1396r-8 on prices of drugs), so the link works and is wrong.
#           Both num and identifier of USLM, and the pages and PDF files of the Code, have the en dash.
# Who       Whoever links text that was copied from the Code: titles 15, 26 and 42 have many such numbers.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- citeurl==12.0.4 markdown==3.9

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

from citeurl import list_cites

SEEN = {
    "42 U.S.C. § 1396r-8(a)": [("1396r-8", "(a)")],
    "42 U.S.C. § 1396r\u20138(a)": [("1396r", None)],
    "15 U.S.C. § 78u\u20134(b)(1)": [("78u", None)],
    "42 U.S.C. § 300gg\u201311": [("300gg", None)],
    "26 CFR § 1.401(k)-1(a)": [("1.401", "(k)")],
    "17 CFR § 240.10b-5(b)": [("240.10b-5", "(b)")],
}

same = True
for text, seen in SEEN.items():
    found = [(cite.tokens["section"], cite.tokens["subsection"]) for cite in list_cites(f"See {text} for it.")]
    print(f"{text:26}", found)
    same = same and found == seen
sys.exit(0 if same else 1)
PY
