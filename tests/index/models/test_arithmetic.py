"""Arithmetics: what the machine has, what is chosen, and what an index remembers of it."""

import shutil
from pathlib import Path

import pytest

from index.embeddings.cache import FOLDER, cache_name
from index.generations.read import current_generation, generation_facts, write_facts
from index.models import arithmetic, arithmetic_choice, embedding, overflow
from index.models.arithmetic import ARITHMETICS, BF16, FP32, GPU, INT7, INT8, asked_in, has_gpu, missing_for, usual
from index.models.arithmetic_choice import ArithmeticChoice, choose_arithmetic
from index.models.chosen import generation_embedder, made_by, next_embedder, settle_arithmetic, was_measured
from index.models.embedding import PACKAGED, LocalEmbedder, PackagedEmbedder, open_embedder
from index.models.local_embedder import _batch_size
from index.models.overflow import adds_exactly
from pinpoint.errors import MissingModel


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """``machine(FLAGS)``: a CPU that reports these features, and no graphics processor."""

    def make(flags: str) -> None:
        (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t: none\n", encoding="utf-8")
        monkeypatch.setattr(arithmetic, "_PROCESSORS", tmp_path / "cpuinfo")
        monkeypatch.setattr(arithmetic, "_GRAPHICS", (tmp_path / "none",))
        arithmetic.processor_features.cache_clear()
        arithmetic.has_gpu.cache_clear()

    yield make
    arithmetic.processor_features.cache_clear()
    arithmetic.has_gpu.cache_clear()


@pytest.fixture
def rates(monkeypatch):
    """``rates(**BY_NAME)``: texts a second that a measurement would find; returns what was measured."""
    measured = []

    def make(**found: float) -> list[list[str]]:
        def take(folder, names, threads):
            measured.append(names)
            return {name: found[name] for name in names}

        monkeypatch.setattr(arithmetic_choice, "_rates", take)
        return measured

    return make


FEATURES = [  # (flags, arithmetic, what is missing, reason)
    ("avx2", INT8, "VNNI", "products of weights of 8 bits overflow"),
    ("avx512f avx512_vnni", INT8, "", "products are added in 32 bits"),
    ("avx2 avx_vnni", INT8, "", "the same on a CPU without AVX-512"),
    ("asimd asimddp", INT8, "", "the same on ARM"),
    ("avx2", INT7, "", "everywhere"),
    ("avx2", FP32, "", "everywhere"),
    ("avx2", BF16, "amx_bf16 or avx512_bf16", "slower than fp32 there"),
    ("avx2 avx512f avx512_bf16", BF16, "", "products of bfloat16"),
    ("amx_tile amx_bf16", BF16, "", "matrices of bfloat16"),
    ("amx_bf16", GPU, "graphics processor", "no driver"),
]


@pytest.mark.parametrize(
    ("flags", "name", "missing", "reason"), FEATURES, ids=[f"{row[1]}: {row[0]}" for row in FEATURES]
)
def test_what_a_machine_lacks_is_read_without_torch(machine, flags, name, missing, reason):
    machine(flags)
    assert missing in missing_for(name) and bool(missing) == bool(missing_for(name)), reason


def test_a_machine_that_reports_nothing_has_no_features(machine, monkeypatch, tmp_path):
    machine("amx_bf16")
    monkeypatch.setattr(arithmetic, "_PROCESSORS", tmp_path / "absent")
    assert arithmetic.processor_features() == frozenset()
    monkeypatch.setattr(arithmetic, "_PROCESSORS", tmp_path)
    assert usual() == (INT8 if adds_exactly() else INT7) and not missing_for(INT7)


def test_a_driver_without_a_device_that_torch_can_use_is_no_gpu(machine, monkeypatch, tmp_path):
    torch = pytest.importorskip("torch")
    machine("")
    (tmp_path / "driver").touch()
    monkeypatch.setattr(arithmetic, "_GRAPHICS", (tmp_path / "driver",))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert not has_gpu()


def test_a_batch_on_a_graphics_processor_is_as_large_as_its_memory_allows(monkeypatch):
    torch = pytest.importorskip("torch")
    for free, size in ((2**20, 1), (2**30, 32), (2**40, 256)):
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda free=free: (free, 2**40))
        assert _batch_size() == size


CHOICES = [  # (flags, texts, rates, chosen, measured, reason)
    ("avx2", 999, {}, INT7, [], "a measurement would take longer than it saves"),
    ("avx_vnni", 999, {}, INT8, [], "the same with VNNI"),
    ("avx2", 1000, {INT7: 40, FP32: 30}, INT7, [[INT7, FP32]], "the fastest"),
    ("avx2", 1000, {INT7: 20, FP32: 30}, FP32, [[INT7, FP32]], "measured, not assumed"),
    ("avx512_vnni", 1000, {INT8: 40, FP32: 30}, INT8, [[INT8, FP32]], "more exact than weights of 7 bits"),
    ("avx512_bf16", 1000, {INT7: 40, FP32: 30}, INT7, [[INT7, FP32]], "torch is not loaded for what cannot win"),
    (
        "avx512_vnni amx_bf16",
        1000,
        {INT8: 80, FP32: 43, BF16: 114},
        BF16,
        [[INT8, FP32, BF16]],
        "what AMX makes fast",
    ),
]


@pytest.mark.parametrize(
    ("flags", "texts", "found", "chosen", "measured", "reason"), CHOICES, ids=[row[5] for row in CHOICES]
)
def test_the_fastest_is_chosen(machine, rates, flags, texts, found, chosen, measured, reason):
    machine(flags)
    seen = rates(**found)
    assert choose_arithmetic(Path(), texts, 2).arithmetic == chosen, reason
    assert seen == measured


def test_a_graphics_processor_is_measured_where_it_may_pay(machine, rates, monkeypatch):
    machine("avx512_vnni")
    monkeypatch.setattr(arithmetic_choice, "has_gpu", lambda: True)
    seen = rates(int8=60, fp32=40, gpu=400)
    assert choose_arithmetic(Path(), 1000, 2).arithmetic == GPU
    rates(int8=60, fp32=40, gpu=30)
    assert choose_arithmetic(Path(), 1000, 2).arithmetic == INT8
    assert choose_arithmetic(Path(), 999, 2).arithmetic == INT8
    assert seen == [[INT8, FP32, GPU]] * 2


class Graphics:
    """An embedder on a graphics processor, whose driver is too old for torch."""

    def __init__(self, *_):
        pass

    def encode(self, texts):
        raise RuntimeError("no kernel image is available")


def test_a_graphics_processor_that_does_not_run_is_left_out(make_embedder, monkeypatch):
    monkeypatch.setattr(arithmetic_choice, "LocalEmbedder", Graphics)
    monkeypatch.setattr(arithmetic_choice, "open_encoder", lambda *_: make_embedder())
    assert set(arithmetic_choice._rates(Path(), [INT8, GPU], 1)) == {INT8}
    monkeypatch.setattr(arithmetic_choice, "open_encoder", Graphics)
    with pytest.raises(RuntimeError, match="no kernel"):
        arithmetic_choice._rates(Path(), [INT8], 1)


def test_a_graphics_processor_without_memory_is_said_with_the_remedy(monkeypatch):
    transformers = pytest.importorskip("sentence_transformers")

    def full(*_, **__):
        raise RuntimeError("CUDA out of memory")

    monkeypatch.setattr(transformers, "SentenceTransformer", full)
    monkeypatch.setattr(arithmetic, "has_gpu", lambda: True)
    with pytest.raises(MissingModel, match=r"does not run in gpu \(CUDA out of memory\).*--arithmetic"):
        PackagedEmbedder(GPU).encode(["text"])
    monkeypatch.setattr(embedding, "open_encoder", full)
    with pytest.raises(MissingModel, match=r"does not run in fp32 \(CUDA out of memory\).*--arithmetic"):
        PackagedEmbedder(FP32).encode(["text"])


def test_a_product_tells_of_vnni_where_the_system_does_not(machine, monkeypatch, tmp_path):
    if features := arithmetic.processor_features():
        assert adds_exactly() == bool(features & arithmetic._VNNI), "as the CPU reports"
    machine("")
    for exact in (True, False):
        monkeypatch.setattr(overflow, "adds_exactly", lambda exact=exact: exact)
        assert arithmetic.usual() == (INT8 if exact else arithmetic.INT7)
        assert bool(missing_for(INT8)) is not exact


@pytest.mark.slow
def test_rates_are_measured_in_turn(monkeypatch):
    monkeypatch.setattr(arithmetic_choice, "_ROUNDS", 1)
    found = arithmetic_choice._rates(embedding.packaged_model(), [INT7, FP32], 1)
    assert set(found) == {INT7, FP32} and min(found.values()) > 0


SENTENCES = [  # (choice, sentence)
    (
        ArithmeticChoice(arithmetic=INT8, rates={INT8: 61.4, FP32: 37.6}),
        "Embedding: int8 on onnxruntime, 61 passages a second; fp32 38.",
    ),
    (
        ArithmeticChoice(arithmetic=INT8, rates={INT8: 61, FP32: 38}, reason="the index was made in bf16"),
        "Embedding: int8 on onnxruntime, 61 passages a second; fp32 38 (the index was made in bf16).",
    ),
    (ArithmeticChoice(arithmetic=BF16, reason="as asked for"), "Embedding: bf16 on torch (as asked for)."),
    (ArithmeticChoice(arithmetic=INT7), "Embedding: int7 on onnxruntime."),
    (ArithmeticChoice(arithmetic="own"), "Embedding: own."),
    (ArithmeticChoice(arithmetic=FP32, reason="fake", runner=""), "Embedding: fp32 (fake)."),
]


@pytest.mark.parametrize(("choice", "sentence"), SENTENCES, ids=[row[1] for row in SENTENCES])
def test_the_choice_is_said_in_a_sentence(choice, sentence):
    assert choice.sentence() == sentence


def test_an_arithmetic_is_settled_once(machine, rates):
    machine("avx2")
    seen = rates(int7=20, fp32=30)
    embedder = PackagedEmbedder()
    assert embedder.arithmetic == INT7
    assert settle_arithmetic(embedder, 5000).arithmetic == embedder.arithmetic == FP32
    assert settle_arithmetic(embedder, 5000).rates == {} and len(seen) == 1
    given = PackagedEmbedder(INT7, "as asked for")
    assert settle_arithmetic(given, 5000) == ArithmeticChoice(arithmetic=INT7, reason="as asked for")


class Own:
    """An embedder of a program, from before there were arithmetics."""

    name, choice, digest = "own", "packaged", "own-1"


def test_other_embedders_have_theirs_and_are_not_said_to_run_as_the_packaged_one(machine, make_embedder, tmp_path):
    machine("avx2")
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    said = [
        (make_embedder(arithmetic="int8"), "Embedding: int8 (fake)."),
        (Own(), "Embedding: fp32 (own)."),
        (LocalEmbedder(tmp_path), f"Embedding: fp32 on sentence-transformers ({tmp_path.name})."),
    ]
    for embedder, sentence in said:
        assert settle_arithmetic(embedder, 5000).sentence() == sentence
    assert made_by(Own()) == {"embedder_digest": "own-1", "arithmetic": FP32}


def test_an_arithmetic_that_is_not_there_is_refused_with_the_remedy(machine, tmp_path):
    machine("avx2")
    for name, says in (
        ("fp64", "no arithmetic 'fp64'.*int8, int7, fp32, bf16, gpu"),
        (BF16, "needs a CPU with amx_bf16"),
    ):
        with pytest.raises(MissingModel, match=says):
            open_embedder(PACKAGED, name)
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    assert open_embedder(str(tmp_path)).arithmetic == FP32
    for name in (INT8, INT7):
        with pytest.raises(MissingModel, match=f"no arithmetic '{name}'"):
            LocalEmbedder(tmp_path, name)
    machine("avx512_bf16")
    assert LocalEmbedder(tmp_path).arithmetic == BF16


@pytest.fixture
def made_in(tiny_index_dir, tmp_path):
    """``made_in(ARITHMETIC)``: an index that says so of itself; None for one that says nothing."""

    def make(name: str | None) -> Path:
        index_dir = tmp_path / "index"
        shutil.rmtree(index_dir, ignore_errors=True)
        folder = current_generation(Path(shutil.copytree(tiny_index_dir, index_dir)))
        facts = {**generation_facts(folder), "arithmetic": name, "embedder_digest": embedding.WEIGHTS_SHA256}
        write_facts(folder, {key: value for key, value in facts.items() if value is not None})
        return index_dir

    return make


REMEMBERED = [  # (of the index, asked for, what goes on, why, reason)
    (FP32, "", FP32, "as the index was made", "vectors made alike"),
    (INT7, "", INT7, "as the index was made", "vectors made alike"),
    (FP32, INT7, INT7, "", "as named, although everything is embedded again"),
    (None, "", INT7, "the index does not say in what it was made", "an older index"),
    (INT8, "", INT7, "the index was made in int8, which needs a CPU with VNNI", "made on a machine with VNNI"),
    (BF16, "", INT7, "the index was made in bf16, which needs a CPU with amx_bf16", "made on another machine"),
]


@pytest.mark.parametrize(("was", "asked", "goes_on", "why", "reason"), REMEMBERED, ids=[row[4] for row in REMEMBERED])
def test_an_index_stays_with_its_arithmetic(machine, made_in, was, asked, goes_on, why, reason):
    machine("avx2")
    for choice in ("", PACKAGED):
        embedder = next_embedder(made_in(was), choice, asked)
        assert embedder.arithmetic == goes_on, reason
        assert why in settle_arithmetic(embedder, 10).reason


AGAIN = [  # (measured before, texts, of how many passages, goes on, reason)
    (False, 1000, 100, FP32, "ten times as many as it has"),
    (False, 999, 20, INT8, "too few for a measurement again"),
    (False, 1000, 101, INT8, "less than ten times as many"),
    (True, 10**6, 100, INT8, "it was measured"),
    (None, 10**6, 100, INT8, "an older index does not say"),
]


@pytest.mark.parametrize(("before", "texts", "had", "goes_on", "reason"), AGAIN, ids=[row[4] for row in AGAIN])
def test_an_arithmetic_that_was_not_measured_is_when_an_index_has_grown(
    machine, rates, made_in, before, texts, had, goes_on, reason
):
    machine("avx512_vnni")
    rates(int8=20, fp32=30)
    index_dir = made_in(INT8)
    folder = current_generation(index_dir)
    facts = {**generation_facts(folder), "passages": had, "arithmetic_measured": before}
    write_facts(folder, {name: value for name, value in facts.items() if value is not None})
    for choice in ("", PACKAGED):
        embedder = next_embedder(index_dir, choice)
        assert was_measured(embedder) is (before is not False)
        settled = settle_arithmetic(embedder, texts)
        assert (settled.arithmetic, embedder.arithmetic) == (goes_on, goes_on), reason
        assert ("the index was made in int8 without a measurement" in settled.sentence()) is (goes_on == FP32)
        assert was_measured(embedder) is (before is not False or goes_on == FP32)
    assert settle_arithmetic(next_embedder(index_dir, "", INT8), 10**6).arithmetic == INT8, "as named"


def test_an_index_says_whether_its_arithmetic_was_measured(machine, rates, make_embedder, write_tiny, tiny_parsed):
    machine("avx512_vnni")
    rates(int8=20, fp32=30)
    few, many = PackagedEmbedder(), PackagedEmbedder()
    settle_arithmetic(few, 999)
    settle_arithmetic(many, 1000)
    others = PackagedEmbedder(FP32), make_embedder()
    assert [*map(was_measured, (few, many, *others))] == [False, True, True, True]
    assert generation_facts(write_tiny(tiny_parsed))["arithmetic_measured"] is True


def test_an_index_of_another_model_leaves_the_arithmetic_open(machine, made_in, tmp_path):
    machine("avx2")
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    assert next_embedder(made_in(INT7), str(tmp_path)).arithmetic == FP32
    assert next_embedder(tmp_path / "none", "", FP32).arithmetic == FP32


CACHED = [  # (index made in, bytes in the cache by arithmetic, goes on in, reason)
    ("none", {FP32: 9, INT7: 1}, FP32, "an ingest of a new index that was killed"),
    ("none", {"int8v2": 9, FP32: 1}, INT7, "of another version: that it has most of it says nothing"),
    ("none", {INT8: 9}, INT7, "of a machine with VNNI"),
    (BF16, {FP32: 9}, FP32, "a re-embedding that was killed"),
    (None, {FP32: 9}, FP32, "the same of an older index"),
    (BF16, {"int8v2": 9}, INT7, "the same by another version"),
    (INT7, {FP32: 9}, INT7, "the index stays with its own"),
]


@pytest.mark.parametrize(("was", "cached", "goes_on", "reason"), CACHED, ids=[row[-1] for row in CACHED])
@pytest.mark.parametrize("shared", [False, True], ids=["of the index", "shared"])
def test_an_ingest_that_was_killed_goes_on_in_its_arithmetic(
    machine, made_in, tmp_path, was, cached, goes_on, shared, reason
):
    machine("avx2")
    index_dir = tmp_path / "new" if was == "none" else made_in(was)
    folder = tmp_path / "shared" if shared else index_dir / FOLDER
    for name, size in cached.items():
        file = folder / cache_name(embedding.WEIGHTS_SHA256, name) / "a.vectors"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"-" * size)
    embedder = next_embedder(index_dir, cache=folder if shared else None)
    assert embedder.arithmetic == goes_on, reason
    assert ("as the cache has" in settle_arithmetic(embedder, 10).reason) == (goes_on == FP32)


@pytest.mark.parametrize("name", [*ARITHMETICS, None])
def test_questions_are_embedded_without_torch(machine, made_in, name):
    machine("avx2")
    embedder = generation_embedder(current_generation(made_in(name)))
    assert embedder.arithmetic == (INT7 if name == INT7 else FP32)
    assert asked_in(embedder.arithmetic) == embedder.arithmetic


def test_another_arithmetic_embeds_everything_again(tiny_corpus, run_ingest, make_embedder, tmp_path):
    def embedded(name: str) -> tuple[str, int]:
        run_ingest(tiny_corpus, tmp_path / "index", embedder=make_embedder(arithmetic=name))
        facts = generation_facts(current_generation(tmp_path / "index"))
        return facts["arithmetic"], facts["embedded"]

    made = [embedded(name) for name in ("fp32", "fp32", "int8")]
    assert made[0] == made[1] and made[0][1] > 0, "nothing changed, no new generation"
    assert made[2] == ("int8", made[0][1])
