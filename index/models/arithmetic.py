"""The arithmetics in which texts are embedded, and which of them this machine has.

Vectors of one model in two arithmetics are near to each other but not equal, so that an index stays with one. A change
of the numbers that an arithmetic gives wants another name for it.
"""

import importlib.util
import re
from functools import cache
from pathlib import Path

from pinpoint.errors import MissingModel

FP32, INT8, INT7, BF16, GPU = "fp32", "int8", "int7", "bf16", "gpu"
ARITHMETICS = (INT8, INT7, FP32, BF16, GPU)
"""On onnxruntime 8-bit integers, the same with weights of 7 bits, and 32-bit floating point; on torch bfloat16, and a
graphics processor."""
_VNNI = {"avx512_vnni", "avx_vnni", "asimddp"}
"""Instructions that add four products of 8-bit integers in 32 bits; others overflow with weights of 8 bits."""
_PROCESSORS = Path("/proc/cpuinfo")
_GRAPHICS = Path("/dev/nvidiactl"), Path("/dev/kfd"), Path("/dev/dxg")
"""What the drivers of NVIDIA and AMD make, and Linux in Windows; torch, which takes seconds to load, is asked only
where one is there."""


@cache
def processor_features() -> frozenset[str]:
    """Names of the instruction sets that the CPU has, as Linux reports them; empty elsewhere."""
    try:
        reported = _PROCESSORS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    flags = re.search(r"^(?:flags|Features)\s*:(.*)$", reported, re.MULTILINE)
    return frozenset(flags[1].split()) if flags else frozenset()


def has_torch() -> bool:
    """Tell whether sentence-transformers and torch are installed, without importing them: it takes seconds.

    The offline bundle leaves them out; the packaged models need neither.
    """
    return all(importlib.util.find_spec(name) is not None for name in ("sentence_transformers", "torch"))


def require_torch(model: str) -> None:
    """Refuse a model of one's own where what runs it was left out.

    Args:
        model: What was asked for; for the message.

    Raises:
        MissingModel: sentence-transformers or torch is not installed.
    """
    if not has_torch():
        message = (
            f"{model} needs sentence-transformers and torch, which are not installed here. Install them (pip install "
            "sentence-transformers; the offline bundle: make bundle TORCH=1), or use the packaged model."
        )
        raise MissingModel(message)


@cache
def has_gpu() -> bool:
    """Tell whether torch sees a graphics processor."""
    if not any(device.exists() for device in _GRAPHICS) or not has_torch():
        return False
    import torch  # noqa: PLC0415 - seconds of import

    return bool(torch.cuda.is_available())


def missing_for(arithmetic: str) -> str:
    """What this machine lacks to run an arithmetic as it is intended; "" for nothing."""
    if arithmetic == INT8 and not _has_vnni():
        return "a CPU with VNNI"
    if arithmetic == BF16 and not processor_features() & {"amx_bf16", "avx512_bf16"}:
        return "a CPU with amx_bf16 or avx512_bf16"
    if arithmetic == BF16 and not has_torch():
        return "torch"
    if arithmetic == GPU and not has_gpu():
        return "a graphics processor that torch can use"
    return ""


def _has_vnni() -> bool:
    """As the CPU reports; where the system does not pass that on, as a product comes out."""
    if features := processor_features():
        return bool(features & _VNNI)
    from index.models.overflow import adds_exactly  # noqa: PLC0415 - onnxruntime is loaded only for this

    return adds_exactly()


def usual() -> str:
    """What is used where nothing is measured.

    Measured as the fastest on one CPU alone, an EPYC with VNNI (docs/tried.md). That "int7" is exact without VNNI was
    shown on a Haswell in emulation, which tells nothing of speed.
    """
    return INT7 if missing_for(INT8) else INT8


def asked_in(arithmetic: str) -> str:
    """The arithmetic of questions to vectors of another: that of the vectors, but fp32 for those that need torch.

    What torch makes is near enough to fp32 that the order is the same; a question does not wait for its import.
    """
    return FP32 if arithmetic in (BF16, GPU) or missing_for(arithmetic) else arithmetic
