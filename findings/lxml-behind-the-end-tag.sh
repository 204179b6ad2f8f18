#!/usr/bin/env bash
# lxml reads nothing behind the first </body> or </html>: what a server adds there, or a second page, is not in the tree.
#
# Versions  lxml 6.1.3 (libxml2 2.14.6), html5lib 1.1, CPython 3.11.
# Guess     End tags of body and html change nothing: the HTML standard puts what follows them at the end of the body, as
#           browsers do, and libxml2 has tokenised by the standard since 2.14. At least the parser's log would say so.
# Really    <html><body><p>Section 1.</p></body></html><p>Section 2.</p> gives a body with one paragraph and an empty
#           log. html5lib, which follows the standard, gives two. Without the two end tags lxml gives two as well, and
#           the tags are optional.
# Why       libxml2 follows the standard in its tokens, not in how it builds the tree: the end tag ends the document.
# Who       Whoever reads law from pages that a server puts together of several (a part of a code with the pages of its
#           sections one behind the other), or to which it adds notes or a notice behind the template's end.
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
from lxml import etree

PAGE = "<html><head><title>Part 40</title></head><body><p>Section 1.</p></body></html><p>Section 2.</p>"


def by_lxml(page):
    parser = lxml.html.HTMLParser()
    root = lxml.html.document_fromstring(page, parser=parser)
    return [p.text for p in root.iter("p")], [error.message for error in parser.error_log]


open_ended = PAGE.replace("</body>", "").replace("</html>", "")
standard = [p.text for p in html5lib.parse(PAGE, namespaceHTMLElements=False).iter("p")]
print("lxml", etree.LXML_VERSION, "libxml2", etree.LIBXML_VERSION)
print("lxml, page as it is:     ", *by_lxml(PAGE))
print("lxml, without end tags:  ", *by_lxml(open_ended))
print("html5lib:                ", standard)
both = ["Section 1.", "Section 2."]
same = by_lxml(PAGE) == (["Section 1."], []) and by_lxml(open_ended)[0] == both and standard == both
sys.exit(0 if same else 1)
PY
