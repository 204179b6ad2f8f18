#!/usr/bin/env bash
# LangChain's MarkdownHeaderTextSplitter glues words together at no-break spaces and tabs.
#
# Versions  langchain-text-splitters 1.1.3, langchain-core 1.7.2, CPython 3.11.
# Guess     Cutting Markdown at its headings leaves the text between them as it is, or at most takes blanks away at the
#           ends of lines. White space that separates two words goes on separating them.
# Really    "See 8 CFR 214.210 and Form I-914.", with no-break spaces in the citation and a tab before the number,
#           becomes
#             "See 8CFR214.210 and FormI-914."
#           RecursiveCharacterTextSplitter leaves the same text alone.
# Why       Each line is filtered by str.isprintable, to drop control characters. In Python that is false of every
#           separator but the ASCII space: of U+00A0, of the narrow and thin spaces, and of the tab.
# Who       Whoever indexes law that was typeset with care: official texts put a no-break space behind "§", "Part" and
#           the number of a title, just where a citation must be found. No search for "8 CFR" or "214.210" finds the
#           passage, and a quotation of it is not verbatim. Replace such spaces by ASCII ones first.
#
# Ends with 0 while it is so, 1 when it is otherwise or the interface has changed, which is said, 2 when the packages
# cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- langchain-text-splitters==1.1.3 langchain-core==1.7.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys


def say(kind, error, trace):
    if issubclass(kind, (ImportError, AttributeError, TypeError)):
        print(f"The interface has changed, so that this cannot be tried: {kind.__name__}: {error}")
    sys.__excepthook__(kind, error, trace)


sys.excepthook = say

from langchain_text_splitters import MarkdownHeaderTextSplitter, RecursiveCharacterTextSplitter

BLANK, TAB = "\N{NO-BREAK SPACE}", "\t"
TEXT = f"# Cap\n\nSee 8{BLANK}CFR{BLANK}214.210 and Form{TAB}I-914."
(part,) = MarkdownHeaderTextSplitter([("#", "heading")]).split_text(TEXT)
print("by headings  ", repr(part.page_content))
kept = RecursiveCharacterTextSplitter(chunk_size=1000).split_text(TEXT)[0]
print("by characters", repr(kept))
glued = part.page_content == "See 8CFR214.210 and FormI-914."
sys.exit(0 if glued and f"8{BLANK}CFR" in kept else 1)
PY
