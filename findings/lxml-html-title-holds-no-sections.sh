#!/usr/bin/env bash
# A title of the U.S. Code parsed as HTML has no sections any more since lxml 6: all of its mark-up becomes text.
#
# Versions  lxml 6.1.3 (libxml2 2.14) against lxml 5.4.0 (libxml2 2.13), beautifulsoup4 4.15.0, CPython 3.11.
# Guess     BeautifulSoup(xml, "lxml") reads USLM well enough: names lose their capitals, but the tree is the same, and
#           find_all("section") finds the sections as it always did.
# Really    lxml 5.4.0  one section, as in the file
#           lxml 6.1.3  no section: <title> holds one string, in which "<section …>" are characters. No error; a warning
#                       that XML is parsed as HTML came before, too. lxml.html itself does the same; "lxml-xml" and
#                       "html.parser" find the section.
# Why       libxml2 2.14 splits HTML into tokens as HTML 5 does, where the content of <title> is text up to </title>.
#           USLM calls the whole of a title of the Code <title>.
# Who       Whoever reads usc08.xml with BeautifulSoup and the parser "lxml": an update of lxml
#           turns a full index into an empty one, or indexes the mark-up as words.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/read.py" <<'PY'
import sys
import warnings

from bs4 import BeautifulSoup
from lxml import etree, html

warnings.simplefilter("ignore")
TITLE = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main>'
    b'<title identifier="/us/usc/t4"><num value="4">Title 4</num><section identifier="/us/usc/t4/s1">'
    b'<num value="1">1.</num><heading>Flag</heading></section></title></main></uscDoc>'
)
found = {parser: len(BeautifulSoup(TITLE, parser).find_all("section")) for parser in ("lxml", "lxml-xml", "html.parser")}
found["lxml.html"] = len(html.fromstring(TITLE).findall(".//section"))
version = ".".join(map(str, etree.LXML_VERSION[:2]))
print("lxml", version, "libxml2", ".".join(map(str, etree.LIBXML_VERSION)), found)
expected = 0 if sys.argv[1] == "new" else 1
seen = {"lxml": expected, "lxml-xml": 1, "html.parser": 1, "lxml.html": expected}
sys.exit(0 if found == seen else 1)
PY
for name in old new; do
    python3 -m venv "$work/$name" || exit 2
    release=$([ "$name" = old ] && echo 5.4.0 || echo 6.1.3)
    "$work/$name/bin/python" -m pip install --quiet --disable-pip-version-check "lxml==$release" \
        beautifulsoup4==4.15.0 || exit 2
    "$work/$name/bin/python" "$work/read.py" "$name"
done
