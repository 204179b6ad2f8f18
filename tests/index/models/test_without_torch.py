"""An installation without torch and sentence-transformers, as the offline bundle makes it."""

import importlib.util
from pathlib import Path

import pytest

from index.models import arithmetic
from index.models.arithmetic import BF16, FP32, GPU, INT7, has_gpu, has_torch, missing_for
from index.models.arithmetic_choice import choose_arithmetic
from index.models.embedding import open_embedder
from index.models.local_embedder import LocalEmbedder
from index.ranking.reranking import open_reranker
from pinpoint.errors import MissingModel


@pytest.fixture(params=["torch", "sentence_transformers"])
def left_out(request, monkeypatch, tmp_path):
    """One of the two is not there, on a machine with everything that torch could use."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *_: None if name == request.param else find(name))
    (tmp_path / "cpuinfo").write_text("flags : amx_bf16 avx512_vnni\n", encoding="utf-8")
    (tmp_path / "driver").touch()
    monkeypatch.setattr(arithmetic, "_PROCESSORS", tmp_path / "cpuinfo")
    monkeypatch.setattr(arithmetic, "_GRAPHICS", (tmp_path / "driver",))
    arithmetic.processor_features.cache_clear()
    arithmetic.has_gpu.cache_clear()
    yield request.param
    arithmetic.processor_features.cache_clear()
    arithmetic.has_gpu.cache_clear()


def test_what_needs_torch_is_missing(left_out):
    assert not has_torch() and not has_gpu(), "not imported, which would fail"
    assert missing_for(BF16) == "torch" and missing_for(GPU)
    assert not missing_for(FP32) and not missing_for(INT7), "onnxruntime runs those"


def test_it_is_not_chosen_however_fast(left_out, monkeypatch):
    measured = []
    monkeypatch.setattr(
        "index.models.arithmetic_choice._rates", lambda folder, names, threads: measured.append(names) or {FP32: 1.0}
    )
    choose_arithmetic(Path(), 1000, 2)
    assert measured and not {BF16, GPU} & {*measured[0]}


def test_a_model_of_ones_own_is_refused_with_the_remedy(left_out, tmp_path):
    for name in ("modules.json", "config.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    for refused in (lambda: LocalEmbedder(tmp_path), lambda: open_reranker(str(tmp_path))):
        with pytest.raises(MissingModel, match=r"needs sentence-transformers and torch.*or use the packaged model"):
            refused()


def test_the_packaged_model_asks_for_neither(left_out):
    assert open_embedder("packaged").name
