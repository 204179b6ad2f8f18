#!/usr/bin/env bash
# trafilatura drops the authority citation of a rule, since "authority" begins with "author".
#
# Versions  trafilatura 2.3.1, lxml 6.1.3, CPython 3.11.
# Guess     Text in the middle of the main article is left in, and a class decides only where it names what is no
#           content: a menu, a footer, a list to share. favor_recall=True leaves in the rest.
# Really    A paragraph of class "authority" (or with such an id) is left out, with favor_recall=True too, without a
#           warning. The same paragraph with class "auth" or with none is there.
# Why       Lines with the name of a writer are found by the text "author" anywhere in a class or an id.
# Who       Whoever reads rules from the web: the note "Authority: 8 U.S.C. 1101, ..." states the statutes under which a
#           part of the CFR is made, and a published style sheet of federalregister.gov writes the element AUTH as a
#           paragraph of class "authority". Lost is the link from a rule to its statute, while all else is there.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

import trafilatura

PAGE = """<html><head><title>Part 214</title></head><body><main><article>
<h1>Part 214: nonimmigrant classes</h1>
<p{attribute}>Authority: 8 U.S.C. 1101, 1102, 1103, 1182 and 1184.</p>
<p>(a) An applicant submits the form with all initial evidence that the instructions of the form require.</p>
<p>(b) The agency considers all credible evidence that is relevant to the application.</p>
<p>(c) The agency notifies the applicant in writing of its decision and of the reasons for it.</p>
</article></main></body></html>"""
SEEN = {"": True, ' class="auth"': True, ' class="authority"': False, ' id="authority"': False}

same = True
for attribute, seen in SEEN.items():
    for recall in (False, True):
        text = trafilatura.extract(PAGE.format(attribute=attribute), favor_recall=recall) or ""
        found = "8 U.S.C. 1101" in text
        print(f"<p{attribute}>", f"favor_recall={recall}", "there" if found else "dropped")
        same = same and found == seen and "(a) An applicant" in text and "(c) The agency" in text
sys.exit(0 if same else 1)
PY
