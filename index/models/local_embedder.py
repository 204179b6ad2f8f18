"""Any sentence-transformers model from a folder, run by torch; its own code is never run."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.models.arithmetic import ARITHMETICS, BF16, FP32, GPU, INT7, INT8, missing_for, require_torch
from index.models.encoder import Progress, fill
from index.models.threads import model_threads
from index.models.weights import Floats
from pinpoint.errors import MissingModel
from pinpoint.files import file_sha256
from pinpoint.settings import keep_model_libraries_offline

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_MODEL_FILES = {".json", ".txt", ".model", ".safetensors", ".bin"}
"""Configuration, vocabulary and weights, by suffix."""
_OTHER_FORMS = {"onnx", "openvino"}
"""Folders of the same weights for other programs, which are not read."""
_TEXT_BYTES = 32 * 2**20
"""Memory that a text takes on a graphics processor. Set by hand; not measured."""
_LARGEST_BATCH = 256
"""Most texts a call there. Set by hand; not measured."""


class LocalEmbedder:
    """A sentence-transformers model from a folder; loaded at the first use.

    On a CPU with bfloat16 instructions the weights run in bfloat16, elsewhere in float32, one text a call and one
    thread a text, so that a vector depends on nothing else. On a graphics processor texts run in batches, where it may
    depend on the others, in its last bits.
    """

    def __init__(self, folder: Path, arithmetic: str = "", reason: str = "") -> None:
        """Find the model without loading it.

        Args:
            folder: What ``SentenceTransformer.save_pretrained`` writes.
            arithmetic: "fp32", "bf16" or "gpu"; the fastest that this machine has when not given.
            reason: Why it is that, or why it is not the one of an index; for people.

        Raises:
            MissingModel: The folder holds no model, or what runs it, or the arithmetic, is not there.
        """
        if not (folder / "modules.json").is_file():
            message = (
                f"{folder} holds no sentence-transformers model: modules.json is missing. Give the folder of one: "
                "--embedding-model FOLDER, or --embedding-model packaged for the model that comes with Pinpoint."
            )
            raise MissingModel(message)
        require_torch(f"The embedding model in {folder}")
        check_arithmetic(arithmetic, [name for name in ARITHMETICS if name not in (INT8, INT7)])
        self._folder = folder.resolve()
        self._arithmetic = arithmetic or next(name for name in (GPU, BF16, FP32) if not missing_for(name))
        self.reason = reason
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
    def arithmetic(self) -> str:
        """The arithmetic that was asked for, or the one that was chosen."""
        return self._arithmetic

    @property
    def choice(self) -> str:
        """The folder, absolute."""
        return str(self._folder)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """Embed passages.

        Args:
            texts: What to embed; anything past the model's longest input is cut by the model (256
                subword tokens for the packaged one).
            progress: Called as the work goes on with (done, total).

        Returns:
            Shape ``(len(texts), dim)``, float32, unit length, in the order of ``texts``.

        Raises:
            MissingModel: The folder cannot be loaded, or not run in its arithmetic.
        """
        return self._encode(texts, "document", progress)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
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

    def _encode(self, texts: Sequence[str], role: Literal["document", "query"], progress: Progress | None) -> Floats:
        model = self._load()
        encode: Callable[..., Any] = model.encode_query if role == "query" else model.encode_document
        encode = partial(encode, convert_to_tensor=True, show_progress_bar=False)
        vectors = np.zeros((len(texts), model.get_embedding_dimension() or 0), dtype=np.float32)
        if self._arithmetic == GPU:
            _fill_by_length(vectors, encode, texts, progress)
        else:
            fill(vectors, lambda text: _numbers(encode([text]))[0], texts, model_threads(), progress)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = np.divide(vectors, norms, out=vectors, where=norms > 0)
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
        torch.set_num_threads(1)  # a text in each thread of ``fill``
        try:
            model = SentenceTransformer(
                str(self._folder),
                device="cuda" if self._arithmetic == GPU else "cpu",
                local_files_only=True,
                model_kwargs={"dtype": torch.bfloat16 if self._arithmetic == BF16 else torch.float32},
            )
            model.encode(["one"], show_progress_bar=False)  # sets up the tokenizer, which threads must not do at once
        except (OSError, ValueError, KeyError, ImportError) as error:
            message = f"{self._folder} cannot be loaded as an embedding model ({error}). Download it again."
            raise MissingModel(message) from error
        except RuntimeError as error:  # of a driver, or no memory there
            message = f"{self._folder} does not run in {self._arithmetic} ({error}). Name another: --arithmetic {FP32}"
            raise MissingModel(message) from error
        return model


def check_arithmetic(arithmetic: str, names: Sequence[str]) -> None:
    """Refuse an arithmetic that is not one of these, or that this machine lacks; "" is for no wish.

    Raises:
        MissingModel: The message names those that there are, or what is missing.
    """
    if arithmetic and arithmetic not in names:
        message = f"This model has no arithmetic {arithmetic!r}. Name one of {', '.join(names)}, or none."
        raise MissingModel(message)
    if missing := missing_for(arithmetic):
        raise MissingModel(f"The arithmetic {arithmetic} needs {missing}, which is not here. Name another, or none.")


def _fill_by_length(
    vectors: Floats, encode: Callable[..., Any], texts: Sequence[str], progress: Progress | None
) -> None:
    """Put vectors into their rows, longest texts first, so that a batch has texts of like length."""
    order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
    size = _batch_size()
    for start in range(0, len(order), size):
        rows = order[start : start + size]
        vectors[rows] = _numbers(encode([texts[row] for row in rows], batch_size=size))
        if progress:
            progress(min(start + size, len(order)), len(order))


def _numbers(made: Any) -> Floats:  # noqa: ANN401 - a tensor; torch is not imported for its name
    numbers: Floats = made.float().cpu().numpy()
    return numbers


def _batch_size() -> int:
    """Texts a call on a graphics processor, by its free memory."""
    import torch  # noqa: PLC0415 - loaded already

    free, _ = torch.cuda.mem_get_info()
    return max(1, min(_LARGEST_BATCH, int(free) // _TEXT_BYTES))


def _folder_digest(folder: Path) -> str:
    """sha256 over the files of a model that vectors depend on, wherever the folder lies."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    lines = [f"{path.as_posix()} {file_sha256(folder / path)}" for path in sorted(paths) if _is_read(path)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _is_read(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix in _MODEL_FILES and not hidden and not _OTHER_FORMS & {*path.parts}
