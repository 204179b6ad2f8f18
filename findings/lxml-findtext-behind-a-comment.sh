#!/usr/bin/env bash
# lxml says that official USLM files of the CFR and the Federal Register have no title; the standard library reads it.
#
# Versions  lxml 6.1.3, CPython 3.11.
# Guess     findtext(".//title") gives the title. lxml keeps to the interface of ElementTree, so both give the same, and
#           comments in a file do not matter to who asks for text.
# Really    ElementTree   "Title 27 Alcohol"
#           lxml          "" for findtext and None for .text: the text stands in the tail of a comment in the element
#           lxml          "Title 27 Alcohol" again with remove_comments=True, or with string() of XPath
#           An instruction in mid-text (<?page num="2"?>) cuts .text of lxml off before it in the same way.
# Why       GPO's converters write <dc:title><!-- style="-uslm-sgm:TITLEPG" -->Title 27 …</dc:title>, and mark pages by
#           instructions. In lxml comments and instructions are nodes of the tree, and .text ends at the first node;
#           the parser of ElementTree drops both.
# Who       Whoever moves from ElementTree to lxml for speed: titles, dates and the beginnings of paragraphs are empty or
#           short, and "or ''" hides it.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- lxml==6.1.3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys
from xml.etree import ElementTree

from lxml import etree

FILE = """<cfrDoc xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/"><meta>
<dc:title><!-- style="-uslm-sgm:TITLEPG" -->Title 27 Alcohol</dc:title></meta><main>
<p>Quays are held<?page num="2"?> by day.</p></main></cfrDoc>"""
TITLE = "{http://purl.org/dc/elements/1.1/}title"
P = "{http://schemas.gpo.gov/xml/uslm}p"

standard, default = ElementTree.fromstring(FILE), etree.fromstring(FILE)
without = etree.fromstring(FILE, etree.XMLParser(remove_comments=True, remove_pis=True))
found = {
    "ElementTree": (standard.findtext(f".//{TITLE}"), standard.findtext(f".//{P}")),
    "lxml": (default.findtext(f".//{TITLE}"), default.findtext(f".//{P}")),
    "lxml, neither retained": (without.findtext(f".//{TITLE}"), without.findtext(f".//{P}")),
    "lxml, string()": (default.find(f".//{TITLE}").xpath("string()"), default.find(f".//{P}").xpath("string()")),
}
whole = ("Title 27 Alcohol", "Quays are held by day.")
for name, texts in found.items():
    print(f"{name:24}", texts)
expected = {name: whole for name in found} | {"lxml": ("", "Quays are held")}
sys.exit(0 if found == expected and default.find(f".//{TITLE}").text is None else 1)
PY
