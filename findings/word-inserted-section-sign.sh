#!/usr/bin/env bash
# A section sign that was put in by Word's "Insert Symbol" is missing from what mammoth and python-docx read.
#
# Versions  mammoth 1.13.0, python-docx 1.2.0, CPython 3.11.
# Guess     Characters of symbol fonts are the hard ones (Symbol F0B3 is "≥"); a "§" that is inserted in the font of the
#           text is text like any other, and readers that know the hard ones have it.
# Really    It is the other way round. Word stores such a sign as <w:sym w:font="Times New Roman" w:char="00A7"/>.
#           mammoth maps Symbol F0B3 to "≥" and leaves the "§" out: "see  12.4", with a message that a w:sym element with
#           an unsupported character was ignored. python-docx leaves out both, without a word.
# Why       mammoth looks the pair of font and code up in a table of symbol fonts; a font of letters is not in it. In
#           python-docx the text of a run is that of a list of elements, and w:sym is none of them.
# Who       "§", "¶" and check boxes are what lawyers put in with that dialog. Without the sign "§ 12.4" is a number, and
#           a reference to a section is not seen as one. Where the font is no symbol font, the code is the character.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- mammoth==1.13.0 python-docx==1.2.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import io
import sys

import docx
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def document(font, code):
    """A document of one line: see, the sign, 12.4."""
    written = docx.Document()
    paragraph = written.add_paragraph("see ")
    sign = f'<w:r {nsdecls("w")}><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    paragraph._p.append(parse_xml(sign))
    paragraph.add_run(" 12.4")
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


SEEN = {  # font and code of the sign: what mammoth reads, messages, what python-docx reads
    ("Symbol", "F0B3"): ("see ≥ 12.4", 0, "see  12.4"),
    ("Times New Roman", "00A7"): ("see  12.4", 1, "see  12.4"),
    ("Arial", "00B6"): ("see  12.4", 1, "see  12.4"),
}

same = True
for (font, code), seen in SEEN.items():
    content = document(font, code)
    result = mammoth.extract_raw_text(io.BytesIO(content))
    text = docx.Document(io.BytesIO(content)).paragraphs[0].text
    found = (result.value.rstrip("\n"), len(result.messages), text)
    print(font, code, found, *(message.message for message in result.messages))
    same = same and found == seen
sys.exit(0 if same else 1)
PY
