#!/usr/bin/env bash
# markdown-it renders the note "[1]: Id." as nothing at all, and the five asterisks of an amendment as a line.
#
# Versions  markdown-it-py 4.3.0, CPython 3.11.
# Guess     A footnote that is typed "[1]: See 8 CFR 214.11." in Markdown is a paragraph, with its brackets, when no plugin
#           for footnotes is on; and so is a line of asterisks that stands for text left out.
# Really    "[1]: See 8 CFR 214.11." is a paragraph. "[2]: Id." and "[(5)]: Omitted." are not in the output: not as text,
#           not as a comment, and no token holds them. "* * * * *", which in the Federal Register means that paragraphs
#           between (a) and (c) stay as they are, becomes <hr />, so that (c) follows (a) in the text.
# Why       CommonMark takes a label, a colon and one word for the definition of a link, whatever the word; two words are
#           none. "[2]" in the text becomes a link to "Id.".
# Who       Readers of memoranda and rules that people turned into Markdown: long notes survive and short ones ("Id.",
#           "Ibid.", "Repealed.") vanish, with nothing in a log, and a count of the notes comes out too small.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- markdown-it-py==4.3.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys

from markdown_it import MarkdownIt

RULE = """(a) The owner pays.[1] He pays at once.[2]

* * * * *

(c) The fee is lost.

[1]: See 8 CFR 214.11.

[2]: Id.

[(5)]: Omitted.
"""

parser = MarkdownIt("commonmark")
rendered = parser.render(RULE)
print(rendered)
tokens = " ".join(token.content for token in parser.parse(RULE))
same = (
    "[1]: See 8 CFR 214.11." in rendered
    and "[2]: Id." not in rendered
    and "Omitted" not in rendered + tokens
    and "<hr />" in rendered
    and "* *" not in rendered
)
sys.exit(0 if same else 1)
PY
