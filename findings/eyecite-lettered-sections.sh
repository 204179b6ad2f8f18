#!/usr/bin/env bash
# eyecite cites another section where the number of a section holds a letter, or finds no citation.
#
# Versions  eyecite 2.7.8 with reporters-db 3.2.67, CPython 3.11.
# Guess     A section is what stands between § and the first bracket of a paragraph, so 240.10b-5 is read like 214.202.
#           What cannot be read gives no citation at all, never a complete one.
# Really    17 C.F.R. § 240.10b-5   a full citation of section 240, no pin cite: "10b-5" is gone
#           26 C.F.R. § 1.401(a)-4  a full citation of section 1.401, pin cite (a): section 1.401(a)-4 is another one
#           8 C.F.R. § 274a.12      no law at all, only an unknown citation whose text is "§"
#           8 U.S.C. § 1324a        likewise
#           8 C.F.R. § 214.202      section 214.202, as expected
# Why       The pattern of both codes takes digits joined by points, hyphens or colons, or digits with brackets. Where a
#           letter follows the first digits there is no match; where it stands later, what is before it is a match. The
#           type of the citation is the same as that of a right one, so that nothing shows the loss.
# Who       Whoever links or counts citations of rules on employment of aliens (8 CFR 274a), on tax or on securities, or
#           uses eyecite to check a citation reader of their own: the two disagree where eyecite is wrong.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- eyecite==2.7.8 reporters-db==3.2.67

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

from eyecite import get_citations

SEEN = {
    "8 C.F.R. § 214.202(c)": [("FullLawCitation", "214.202", "(c)")],
    "17 C.F.R. § 240.10b-5": [("FullLawCitation", "240", None)],
    "26 C.F.R. § 1.401(a)-4": [("FullLawCitation", "1.401", "(a)")],
    "8 C.F.R. § 274a.12": [("UnknownCitation", None, None)],
    "8 U.S.C. § 1324a": [("UnknownCitation", None, None)],
}

same = True
for text, seen in SEEN.items():
    found = [
        (type(citation).__name__, citation.groups.get("section"), citation.metadata.pin_cite)
        for citation in get_citations(f"See {text} for the rule.")
    ]
    print(f"{text:24}", found)
    same = same and found == seen
sys.exit(0 if same else 1)
PY
