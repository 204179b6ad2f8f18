#!/usr/bin/env bash
# lxml nests paragraphs whose anchors are left open into each other, and loses the page from the 128th on.
#
# Versions  lxml 6.1.3 (libxml2 2.14.6), html5lib 1.1, CPython 3.11.
# Guess     <p><a name="s1">Sec. 1. <p><a name="s2">Sec. 2. … is how pages of the nineties mark their sections. A <p> ends
#           the <p> before it, so the tree stays flat, however long the page is.
# Really    Each paragraph stands inside the anchor of the one before: 400 sections are nested 250 deep and more. At 255
#           levels libxml2 gives up: "Sec. 127." is the last one, and the tree is returned without an error. html5lib
#           has all 400 as neighbours.
#           The parser's log does hold ERR_RESOURCE_LIMIT, which nobody reads who did not expect it.
# Why       The open anchor stands between the two paragraphs, and libxml2 closes a <p> only when it is the innermost
#           element; the standard closes the paragraph and opens the anchor again.
# Who       Readers of statutes and town codes in HTML of that age, or written by converters that never close <font>.
#           Their tests have ten sections, and the code has four hundred.
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
import re
import sys

import html5lib
import lxml.html
from lxml import etree

PAGE = "<html><body>" + "".join(f'<p><a name="s{n}">Sec. {n}. Text of it.' for n in range(1, 401)) + "</body></html>"


def sections(text):
    return [int(number) for number in re.findall(r"Sec\. (\d+)\.", text)]


parser = lxml.html.HTMLParser()
root = lxml.html.document_fromstring(PAGE, parser=parser)
found = sections(root.text_content())
depth = max(sum(1 for _ in p.iterancestors("p")) for p in root.iter("p"))
log = {error.type_name for error in parser.error_log}
tree = html5lib.parse(PAGE, namespaceHTMLElements=False)
standard = sections("".join(tree.itertext()))
print("lxml", etree.LXML_VERSION, "libxml2", etree.LIBXML_VERSION)
print("lxml:     last section", found[-1], "of 400; paragraphs within paragraphs:", depth, "; log:", *sorted(log))
print("html5lib: last section", standard[-1], "of 400")
sys.exit(0 if found[-1] < 130 and depth > 100 and standard[-1] == 400 else 1)
PY
