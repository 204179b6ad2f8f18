#!/usr/bin/env bash
# LangChain's EnsembleRetriever ranks what stands in two editions above the best hit, and names one edition only.
#
# Versions  langchain-classic 1.0.8, langchain-core 1.7.2, CPython 3.11.
# Guess     Rank fusion of two lists that agree is that list: what both put first comes first, and each document that a
#           retriever gave is in the result.
# Really    Both retrievers give: 1 "The cap is 5,000." (214.210), 2 "Reserved." (2017), 3 "Reserved." (2024). The
#           ensemble gives:
#             1 "Reserved." (2017)   2 "The cap is 5,000." (214.210)
#           The edition of 2024 is gone, and what no retriever put first is first.
# Why       Without id_key a document is its text. Equal texts are one hit, which keeps the metadata of the first and
#           is given the points of every rank at which it stands: 2/62 + 2/63 against 2/61 of the best. Within one list
#           that should count once.
# Who       Whoever searches documents that repeat each other: editions of a rule, a rule and its preamble, boilerplate
#           of forms. What is repeated wins over what answers, and the citation may be to the edition that is no longer
#           in force. Give each passage an id in its metadata, and id_key.
#
# Ends with 0 while it is so, 1 when it is otherwise or the interface has changed, which is said, 2 when the packages
# cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- langchain-classic==1.0.8 langchain-core==1.7.2

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

warnings.simplefilter("ignore")

from langchain_classic.retrievers import EnsembleRetriever
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever


class Fixed(BaseRetriever):
    documents: list

    def _get_relevant_documents(self, query, *, run_manager):
        return self.documents


best = Document(page_content="The cap is 5,000.", metadata={"source": "8 CFR 214.210"})
editions = [Document(page_content="Reserved.", metadata={"source": f"8 CFR 214.11 ({year})"}) for year in (2017, 2024)]
ranked = [best, *editions]
found = EnsembleRetriever(retrievers=[Fixed(documents=ranked), Fixed(documents=ranked)]).invoke("cap")
print("each retriever:", [(hit.page_content, hit.metadata["source"]) for hit in ranked])
print("the ensemble:  ", [(hit.page_content, hit.metadata["source"]) for hit in found])
same = [hit.metadata["source"] for hit in found] == ["8 CFR 214.11 (2017)", "8 CFR 214.210"]
sys.exit(0 if same else 1)
PY
