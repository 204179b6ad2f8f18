"""The pipeline of LangChain's tutorial over a folder, to hold an ingest against; needs the extra ``bench``.

    python -m benchmarks.ingesting.langchain_pipeline CORPUS

PDF files by PyPDFLoader, all others as text, 1,000 characters with an overlap of 200, the packaged model by
sentence-transformers in float32, FAISS and BM25. A file that a loader fails on is left out, since one of them would
end the tutorial's program. Prints its steps on the error stream as an ingest does, and a report as JSON.
"""

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from benchmarks.ingesting.documents import documents
from index.models.embedding import packaged_model

_CHARACTERS, _OVERLAP = 1000, 200
"""Of the tutorial "Build a retrieval augmented generation app"."""


def _say(step: str, done: int, total: int) -> None:
    sys.stderr.write(json.dumps({"step": step, "done": done, "total": total}) + "\n")
    sys.stderr.flush()


def run(corpus: Path) -> dict[str, Any]:
    """Read, split, embed and index the documents of a corpus; what was done."""
    from langchain_community.document_loaders import PyPDFLoader, TextLoader  # noqa: PLC0415 - the extra bench
    from langchain_community.retrievers import BM25Retriever  # noqa: PLC0415
    from langchain_community.vectorstores import FAISS  # noqa: PLC0415
    from langchain_core.embeddings import Embeddings  # noqa: PLC0415
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    class Packaged(Embeddings):  # type: ignore[misc, unused-ignore]  # the extra is untyped
        """As ``HuggingFaceEmbeddings`` calls a model."""

        def __init__(self) -> None:
            self._model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            found: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
            return found

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    files, pages, failed = documents(corpus), [], []
    for done, file in enumerate(files):
        _say("read", done, len(files))
        loader = PyPDFLoader if file.suffix.lower() == ".pdf" else TextLoader
        try:
            pages += loader(str(corpus / file)).load()
        except Exception as error:  # noqa: BLE001 - whatever a loader raises
            failed.append(f"{file}: {type(error).__name__}")
    _say("read", len(files), len(files))
    _say("split", 0, len(pages))
    parts = RecursiveCharacterTextSplitter(chunk_size=_CHARACTERS, chunk_overlap=_OVERLAP).split_documents(pages)
    _say("split", len(pages), len(pages))
    model = Packaged()
    _say("embed", 0, len(parts))
    FAISS.from_documents(parts, model)
    _say("embed", len(parts), len(parts))
    _say("terms", 0, len(parts))
    BM25Retriever.from_documents(parts)
    _say("terms", len(parts), len(parts))
    return {"counts": {"read": len(files) - len(failed)}, "passages": len(parts), "failed": failed}


if __name__ == "__main__":
    os.environ.update(TOKENIZERS_PARALLELISM="false", ANONYMIZED_TELEMETRY="False")
    warnings.simplefilter("ignore")
    print(json.dumps(run(Path(sys.argv[1]))))
