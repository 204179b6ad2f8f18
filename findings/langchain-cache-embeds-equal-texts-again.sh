#!/usr/bin/env bash
# LangChain's CacheBackedEmbeddings embeds a text as often as it stands in a call, and stores nothing before the end.
#
# Versions  langchain-classic 1.0.8, langchain-core 1.7.2, CPython 3.11.
# Guess     A cache in front of a model asks the model for each text once. What it has embedded is in the store, so
#           that a run that is interrupted goes on where it was.
# Really    Four times "[Reserved]" in one call: the model embeds four. Interrupted after nine of ten texts: the store
#           is empty.
# Why       The store is asked once, before anything is embedded; all texts that it has not got, equal ones too, go to
#           the model in one call; and only when that returns are the vectors stored. The parameter batch_size, which
#           stores after each batch, is None unless it is set.
# Who       Whoever embeds a corpus of law overnight with it, through FAISS.from_documents or any vector store, which
#           hands over all passages in one call: boilerplate is paid for again and again, and a crash in the last
#           minute costs the night. Set batch_size, and make texts distinct before.
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

from langchain_classic.embeddings import CacheBackedEmbeddings
from langchain_core.embeddings import Embeddings
from langchain_core.stores import InMemoryByteStore


class Counted(Embeddings):
    """Embeds one text at a time, and can be interrupted as a process can."""

    def __init__(self, last=99):
        self.done, self.last = 0, last

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        if self.done == self.last:
            raise KeyboardInterrupt
        self.done += 1
        return [1.0, 0.0]


model = Counted()
CacheBackedEmbeddings.from_bytes_store(model, InMemoryByteStore(), namespace="m").embed_documents(["[Reserved]"] * 4)
print("embedded for one text that stands there four times:", model.done)

store, texts = InMemoryByteStore(), [f"Section {number}." for number in range(10)]
try:
    CacheBackedEmbeddings.from_bytes_store(Counted(last=9), store, namespace="m").embed_documents(texts)
except KeyboardInterrupt:
    pass
stored = len(list(store.yield_keys()))
print("stored when it is interrupted after 9 of 10 texts:", stored)
sys.exit(0 if model.done == 4 and stored == 0 else 1)
PY
