#!/usr/bin/env bash
# LangChain's start_index points several passages at one place where a text repeats a line.
#
# Versions  langchain-text-splitters 1.1.3, langchain-core 1.7.2, CPython 3.11.
# Guess     With add_start_index each passage tells where it was cut. The numbers rise from passage to passage, and
#           together with the lengths they cover the text.
# Really    Five lines "(a) [Reserved]" and a rule, 30 characters with an overlap of 20: passages at
#             0 (two lines), 16, 16, 16, 80 (the rule)
#           The three single lines are those at 32, 48 and 64. All are said to be at 16, which the first passage
#           covers; each number by itself looks right, since the same words do stand there.
# Why       The splitter throws positions away as it cuts, and then looks for each passage again with str.find, from
#           the end of the one before less the whole overlap that was allowed, even where nothing overlaps. The first
#           equal line wins.
# Who       Whoever links a quotation to its place by start_index: regulations are full of "[Reserved]", "Yes ☐ No ☐",
#           "See instructions.", and running heads. The link opens another paragraph, whose designation and page
#           differ. Look up positions oneself while cutting, or check that they rise.
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

from langchain_text_splitters import RecursiveCharacterTextSplitter

TEXT = "\n\n".join(["(a) [Reserved]"] * 5 + ["(b) The rule."])
splitter = RecursiveCharacterTextSplitter(chunk_size=30, chunk_overlap=20, add_start_index=True)
parts = splitter.create_documents([TEXT])
starts = [part.metadata["start_index"] for part in parts]
for start, part in zip(starts, parts):
    print(f"{start:3}", repr(part.page_content), "is there:", TEXT.startswith(part.page_content, start))
print("lengths add up to", sum(len(part.page_content) for part in parts), "of", len(TEXT), "characters")
same = starts == [0, 16, 16, 16, 80] and parts[0].page_content.count("[Reserved]") == 2
sys.exit(0 if same else 1)
PY
