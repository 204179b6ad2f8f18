#!/usr/bin/env bash
# LangChain's FAISS store ranks by Euclidean distance when it is told to use the cosine.
#
# Versions  langchain-community 0.4.2, langchain-core 1.7.2, faiss-cpu 1.15.1, numpy 2.4.6, CPython 3.11.
# Guess     distance_strategy=DistanceStrategy.COSINE makes an index of normalised vectors: a text in the direction of
#           the question comes first, with a relevance near 1, however long its vector is. All relevances lie between 0
#           and 1, as is documented.
# Really    For the question (1, 0):
#             "turned by 50 degrees" (1, 1.2)  relevance  -0.44   first
#             "same way, long" (10, 0.5)       relevance -80.25   second, though its cosine is .999
# Why       Only MAX_INNER_PRODUCT makes another index than IndexFlatL2, and nothing is normalised unless normalize_L2
#           is set. The "cosine" relevance is then 1 less a squared Euclidean distance.
# Who       Whoever puts vectors of a model without a normalising layer into this store, or sets a threshold of
#           relevance: the longest vectors lose, and a threshold of 0.5 means something else. Normalise the vectors,
#           use MAX_INNER_PRODUCT, and compute relevance oneself.
#
# Ends with 0 while it is so, 1 when it is otherwise or the interface has changed, which is said, 2 when the packages
# cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- langchain-community==0.4.2 langchain-core==1.7.2 faiss-cpu==1.15.1 numpy==2.4.6

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

from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_core.embeddings import Embeddings

VECTORS = {"question": [1.0, 0.0], "same way, long": [10.0, 0.5], "turned by 50 degrees": [1.0, 1.2]}


class Known(Embeddings):
    def embed_documents(self, texts):
        return [VECTORS[text] for text in texts]

    def embed_query(self, text):
        return VECTORS[text]


texts = [text for text in VECTORS if text != "question"]
store = FAISS.from_texts(texts, Known(), distance_strategy=DistanceStrategy.COSINE)
hits = store.similarity_search_with_relevance_scores("question", k=2)
print(type(store.index).__name__, [(hit.page_content, round(float(score), 2)) for hit, score in hits])
names, scores = [hit.page_content for hit, _ in hits], [float(score) for _, score in hits]
same = type(store.index).__name__ == "IndexFlatL2" and names == texts[::-1] and max(scores) < 0
sys.exit(0 if same else 1)
PY
