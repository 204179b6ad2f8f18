#!/usr/bin/env bash
# lxml puts the rest of a paragraph into <wbr>, an element that has no content.
#
# Versions  lxml 6.1.3 (libxml2 2.14.6), html5lib 1.1, CPython 3.11.
# Guess     <wbr> has no content and no end tag, as <br> has none: what stands behind it stands beside it, and it is
#           safe to skip the element. libxml2 2.14 reads HTML by the rules of HTML5, so it knows which elements are void.
# Really    "Write to a<wbr>b@x.gov within <b>30 days</b>." gives <wbr> as the parent of all that follows up to </p>,
#           the <b> included. The same goes for <embed>, <source>, <track>, where a page uses them within text.
#           html5lib leaves them empty.
# Why       2.14 splits text into tags as HTML5 says, but which elements are empty still comes from the table of HTML 4;
#           <br>, <hr>, <img>, <input> are in it, those of HTML5 are not.
# Who       Whoever drops or skips such elements: addresses and long numbers on pages of agencies are broken with <wbr>,
#           and the sentence behind them is lost without a sign, up to the end of its paragraph or cell.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- lxml==6.1.3 html5lib==1.1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

import html5lib
import lxml.html

LINE = "<!DOCTYPE html><html><body><p>Write to a<{0}>b@x.gov within <b>30 days</b>.</p><p>Next.</p></body></html>"
SEEN = {"br": "", "img": "", "input": "", "wbr": "b@x.gov within 30 days.", "embed": "b@x.gov within 30 days.",
        "source": "b@x.gov within 30 days.", "track": "b@x.gov within 30 days."}

same = True
for tag, seen in SEEN.items():
    page = LINE.format(tag)
    lxml_holds = "".join(lxml.html.document_fromstring(page).find(f".//{tag}").itertext())
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    html5_holds = "".join(tree.find(f".//{tag}").itertext())
    print(f"<{tag}> holds {lxml_holds!r}; with html5lib {html5_holds!r}")
    same = same and lxml_holds == seen and html5_holds == ""
sys.exit(0 if same else 1)
PY
