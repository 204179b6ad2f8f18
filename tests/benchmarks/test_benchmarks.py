"""What the benchmarks measure with: spread, growth, plots, exchanged words; what a look-up of a citation imports."""

from xml.etree import ElementTree

import pytest

from benchmarks.growth.scale import Exchange
from benchmarks.measuring import Spread, questions_of, shown, table
from benchmarks.plots import Line, growth, plot
from benchmarks.start_times import heavy_modules
from index.models.embedding import PackagedEmbedder


@pytest.mark.parametrize(("power", "reason"), [(1.0, "linear"), (0.5, "like a root"), (2.0, "like a square")])
def test_growth_is_the_exponent(power, reason):
    sizes = (10_000, 20_000, 50_000, 200_000)
    assert growth([(size, 3 * size**power) for size in sizes]) == pytest.approx(power), reason


def test_a_spread_is_made_of_quantiles():
    spread = Spread.of([5.0, 1.0, 2.0, 3.0, 4.0])
    assert (spread.n, spread.median, spread.q1, spread.q3) == (5, 3.0, 2.0, 4.0)
    assert 4.0 < spread.p95 <= 5.0


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.01234, "0.0123"), (1.5, "1.50"), (98.76, "98.8"), (1234.5, "1,234")]
)
def test_numbers_keep_three_figures(value, text):
    assert shown(value) == text


def test_a_plot_is_a_drawing_with_its_names():
    lines = [Line("search <ms>", ((1e4, 2.0), (2e5, 40.0))), Line("memory", ((1e4, 500.0), (2e5, 1200.0)))]
    drawn = ElementTree.fromstring(plot(lines, across="passages", up="ms & MB"))
    words = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {"search <ms>", "memory", "passages", "ms & MB", "10,000", "1,000,000"} <= words
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 4


def test_a_table_has_a_row_a_line():
    assert table(("step", "ms"), [("search", "2")]).splitlines() == ["| step | ms |", "| --- | --- |", "| search | 2 |"]


def test_exchanged_words_are_words_of_the_texts_and_the_commonest_stay():
    rare = [f"word{'abcdefghijklmnopqrstuvwxyz'[n % 26]}{'abcdefghijklmnopqrstuvwxyz'[n // 26]}" for n in range(600)]
    texts = [" ".join(["the", "applicant", *rare[start:]]) for start in range(0, 600, 3)]
    made = Exchange(texts, seed=1)(texts[0]).split()
    assert made[:2] == ["the", "applicant"] and len(made) == len(texts[0].split())
    assert set(made) <= {"the", "applicant", *rare}
    changed = sum(one != other for one, other in zip(made, texts[0].split(), strict=True))
    assert 60 < changed < 300, "about three in ten"


def test_questions_are_spread_over_a_file(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(f'{{"question": "q{number}"}}\n' for number in range(10)), encoding="utf-8")
    assert questions_of(file, 5) == ["q0", "q2", "q4", "q6", "q8"]
    assert len(questions_of(file, 0)) == 10


@pytest.mark.parametrize(("package", "needed"), [("index", ["nupunkt"]), ("answer", [])])
def test_a_citation_is_looked_up_without_heavy_packages(tiny_index_dir, package, needed):
    """A search marks the sentences that cite it, which nupunkt tells apart; an answer is the provision alone."""
    heavy = heavy_modules(tiny_index_dir, package, "8 CFR 214.202(c)(1)")
    assert heavy == needed, "each costs a tenth of a second or more"


@pytest.mark.slow
@pytest.mark.parametrize("package", ["index", "answer"])
def test_a_question_is_asked_without_the_packages_of_an_ingest(tmp_path, tiny_corpus, run_ingest, package):
    run_ingest(tiny_corpus, tmp_path / "index", embedder=PackagedEmbedder())
    loaded = heavy_modules(tmp_path / "index", package, "What must the minor comply with?")
    assert {"torch", "transformers", "sentence_transformers", "streamlit"}.isdisjoint(loaded), "seconds of import"
    assert "onnxruntime" in loaded, "the question was embedded"
