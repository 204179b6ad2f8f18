#!/usr/bin/env bash
# LangChain's MarkdownTextSplitter does not cut at headings; it leaves each at the end of the passage before.
#
# Versions  langchain-text-splitters 1.1.3, langchain-core 1.7.2, CPython 3.11.
# Guess     The class "attempts to split the text along Markdown-formatted headings", as its documentation says, and is
#           the same as RecursiveCharacterTextSplitter.from_language(Language.MARKDOWN), whose separators it takes.
# Really    Three short sections, cut into passages of at most 50 characters:
#             MarkdownTextSplitter   '# Eligibility … # Removal'   'No one … ## Waiver'   'It may be granted.'
#             from_language          '# Eligibility …'   '# Removal …'   '## Waiver …'
#           So a heading stands at the end of the passage before it, and the passage that it names has none.
# Why       The separators of Markdown are regular expressions ("\n#{1,6} "). from_language says so to the splitter;
#           MarkdownTextSplitter does not, and looks for these characters as they are, which no text has. It falls back
#           to empty lines.
# Who       Whoever indexes policy manuals in Markdown: "# Waiver" is embedded and quoted with the rules on removal,
#           and the rules on waivers with nothing. Use from_language.
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

from langchain_text_splitters import Language, MarkdownTextSplitter, RecursiveCharacterTextSplitter

TEXT = "# Eligibility\n\nA victim may apply.\n\n# Removal\n\nNo one is removed.\n\n## Waiver\n\nIt may be granted."
SIZES = {"chunk_size": 50, "chunk_overlap": 0}
named = MarkdownTextSplitter(**SIZES).split_text(TEXT)
language = RecursiveCharacterTextSplitter.from_language(Language.MARKDOWN, **SIZES).split_text(TEXT)
print("MarkdownTextSplitter          ", named)
print("from_language(MARKDOWN)       ", language)
left = named[0].endswith("# Removal") and not any(part.startswith("#") for part in named[1:])
sys.exit(0 if left and all(part.startswith("#") for part in language) else 1)
PY
