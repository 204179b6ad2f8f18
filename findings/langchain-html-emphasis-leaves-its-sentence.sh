#!/usr/bin/env bash
# LangChain's HTMLHeaderTextSplitter takes an emphasised "not" out of its sentence, and puts it behind it.
#
# Versions  langchain-text-splitters 1.1.3, langchain-core 1.7.2, beautifulsoup4 4.15.0, CPython 3.11.
# Guess     A splitter of HTML by its headings gives the text of each section as a browser shows it: the words of a
#           paragraph in their order, whatever mark-up stands around some of them.
# Really    Of <p>The applicant shall <i>not</i> be removed.</p> it makes the line
#             The applicant shall be removed.
#           and, on the next line, "not". A link is taken out the same way: "The cap in is 5,000." and then "8 CFR
#           214.210". The newer HTMLSemanticPreservingSplitter puts the same words before the paragraph: "not The
#           applicant shall be removed. …"
# Why       Both walk the tree element by element and join the strings that stand directly in each, so the text before
#           and behind a child is glued together and the text of the child follows, or goes before, as a part of its
#           own.
# Who       Whoever cuts law or guidance for retrieval: terms, citations and the words that turn a sentence ("not",
#           "only", "or") are what pages of agencies put in italics or links. The passage that is quoted then says the
#           opposite. Take the text with BeautifulSoup's get_text() of a whole paragraph, and cut afterwards.
#
# Ends with 0 while it is so, 1 when it is otherwise or the interface has changed, which is said, 2 when the packages
# cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- langchain-text-splitters==1.1.3 langchain-core==1.7.2 beautifulsoup4==4.15.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys
import warnings


def say(kind, error, trace):
    if issubclass(kind, (ImportError, AttributeError, TypeError)):
        print(f"The interface has changed, so that this cannot be tried: {kind.__name__}: {error}")
    sys.__excepthook__(kind, error, trace)


sys.excepthook = say

from langchain_text_splitters import HTMLHeaderTextSplitter, HTMLSemanticPreservingSplitter

warnings.simplefilter("ignore")  # one of them is in beta
PAGE = (
    "<html><body><h1>Removal</h1><p>The applicant shall <i>not</i> be removed.</p>"
    '<p>The cap in <a href="/214.210">8 CFR 214.210</a> is 5,000.</p></body></html>'
)
found = {}
for kind in (HTMLHeaderTextSplitter, HTMLSemanticPreservingSplitter):
    parts = [part.page_content for part in kind([("h1", "heading")]).split_text(PAGE)]
    found[kind] = " ".join(parts)
    print(kind.__name__, parts)
moved = all(
    "shall be removed" in text and "shall not" not in text and "The cap in is 5,000" in text for text in found.values()
)
sys.exit(0 if moved else 1)
PY
