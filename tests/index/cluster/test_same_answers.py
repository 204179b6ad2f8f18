"""An index on a cluster gives the very answers of the same index on one machine, whatever is asked."""

import random
import shutil
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.backend import Allowed
from index.cluster.candidates import nearness
from index.cluster.candidates import terms as candidates_by_terms
from index.cluster.connection import connect
from index.cluster.stored.publishing import publish
from index.generations.read import current_generation
from index.matches.listing import MOST_LISTED
from index.search import HybridIndex, load_index
from pinpoint.commands import to_json
from pinpoint.configuration.address import FILE, parse_address
from pinpoint.records import Filters, Span

pytestmark = pytest.mark.enable_socket

TODAY = Filters(date(2025, 1, 1))
ANY = replace(TODAY, any_date=True)
PAST = Filters(date(2024, 2, 10))
_TEXT = (
    "victim applicant officer petition interview evidence agency request waiver visa extreme hardship unusual severe "
    "trafficking labor removal presence border decision notice record hearing statement custody minor parent certify "
    "deadline extension fee form signature copy translation witness shelter contact report assist prosecute"
)
WORDS = _TEXT.split()
PASSAGES, DOCUMENTS = 1_200, 6
CASES = [  # (query, filters, statuses, reason)
    ("victim of a severe form of trafficking", TODAY, (), "keywords, far more matches than candidates"),
    ("Who may interpret at an interview with a victim?", TODAY, (), "a question"),
    ("What must an applicant show about extreme hardship?", ANY, (), "whatever the date"),
    ("Which evidence does 8 CFR 214.11(b)(2) require?", TODAY, (), "a citation in a question: the query is widened"),
    (
        "Which age mattered for requests of law enforcement?",
        PAST,
        (),
        "a past day: what was replaced since comes first",
    ),
    ("physical presence", Filters(date(1999, 1, 1)), (), "a day on which little was in force"),
    ("trafficking visa waiver", replace(TODAY, prefer=("Made 1",)), (), "a preference"),
    ("hardship evidence", TODAY, ("in force",), "a status"),
    ("hardship evidence", TODAY, ("no date recorded",), "another status"),
    ("officer decision notice", replace(TODAY, kinds=("regulation",)), (), "a kind"),
    ("officer decision notice", replace(ANY, documents=("rule-now", "made-2")), (), "some documents"),
    ("victim hearing", replace(ANY, without=frozenset({Span("made-1", 0, 40_000)})), (), "spans left out"),
    ("victim hearing", replace(ANY, documents=("nothing",)), (), "a limit that lets nothing through"),
    ('"may not exceed 5,000"', TODAY, (), "a phrase that is there"),
    ('"no passage says this"', TODAY, (), "a phrase that is not there: what comes closest"),
    ('"severe trafficking"', ANY, (), "a phrase in many passages"),
    ("8 CFR 214.202(c)(1)", TODAY, (), "a citation alone"),
    ("8 CFR 999.1(a)", TODAY, (), "a citation that no document bears"),
    ("victim AND (hardship OR fee) NOT minor", TODAY, (), "operators"),
    ('interv* w/5 victim OR "law enforcement"', ANY, (), "operators that read passages"),
    ("NOT visa", TODAY, (), "what is excluded alone"),
    ("zzyzx", TODAY, (), "a word that no passage has"),
    ("*", TODAY, (), "no word at all"),
    ("victim zzyzx", TODAY, (), "a known word and an unknown one"),
    (" ".join(WORDS), ANY, (), "forty words at once"),
    ("LEA", TODAY, (), "an abbreviation"),
]


@pytest.fixture(scope="module")
def indexes(cluster, run_ingest, fake_embedder, pristine_corpus, tmp_path_factory):
    """The same generation on this machine and on the cluster, which is asked however few passages may be found."""
    folder = tmp_path_factory.mktemp("same-answers")
    corpus = Path(shutil.copytree(pristine_corpus, folder / "corpus"))
    chance = random.Random(21)
    made = [" ".join(chance.choices(WORDS, k=chance.randint(4, 90))) for _ in range(PASSAGES // 2)]
    texts = made + [chance.choice(made) for _ in range(PASSAGES - len(made))]  # equal texts have equal scores
    for number in range(DOCUMENTS):
        lines = "\n\n".join(f"## Part {part}\n\n{text}." for part, text in enumerate(texts[number::DOCUMENTS]))
        (corpus / f"made-{number}.md").write_text(f"# Made {number}\n\n{lines}\n", encoding="utf-8")
        dates = "effective_from = 2020-01-01\n" * (number > 2) + "effective_to = 2024-06-01\n" * (number > 4)
        with (corpus / "manifest.toml").open("a", encoding="utf-8") as manifest:
            manifest.write(
                f"\n[[document]]\nid = 'made-{number}'\nfile = 'made-{number}.md'\ntitle = 'Made {number}'\n"
                f"kind = '{'directive' if number % 2 else 'regulation'}'\ncollection = 'Made {number % 3}'\n{dates}"
            )
    run_ingest(corpus, folder / "local")
    address = parse_address(f"opensearch://{','.join(cluster.hosts)}/test-{uuid.uuid4().hex[:12]}")
    publish(connect(address), address.name, current_generation(folder / "local"), lambda *_: None)
    (folder / "cluster").mkdir()
    (folder / "cluster" / FILE).write_text(f"{address}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates_by_terms, "FEW", 0)
        yield tuple(load_index(folder / name, fake_embedder, None) for name in ("local", "cluster"))
    connect(address).delete(f"/{address.name}*")


def _answer(index: HybridIndex, query, filters, statuses):
    """All that is said of a search but its times, and its list to the end."""
    result = index.search(query, filters, top_k=20, statuses=statuses)
    said = {name: found for name, found in to_json(result).items() if name not in ("timings_ms", "vector", "rest")}
    return said, to_json(index.page(result, 20, MOST_LISTED, filters.as_of))


@pytest.mark.parametrize(("query", "filters", "statuses", "reason"), CASES)
def test_the_whole_answer_is_the_same(indexes, query, filters, statuses, reason):
    local, cluster = (_answer(index, query, filters, statuses) for index in indexes)
    assert cluster == local, reason


@pytest.fixture
def asked(indexes, monkeypatch):
    """Searches that the cluster is asked, request by request."""
    requests, connection = [], indexes[1]._ranking._channels._terms.connection
    real = type(connection).msearch
    monkeypatch.setattr(
        type(connection),
        "msearch",
        lambda self, index, lines, *rest: requests.append(lines) or real(self, index, lines, *rest),
    )
    return requests


def test_both_channels_are_asked_in_one_request(indexes, asked, monkeypatch):
    monkeypatch.setattr(nearness, "FEW", 0)
    indexes[1].search("victim of trafficking", Filters(date.today()), channel="hybrid")
    [[lexical, dense]] = asked
    assert "bool" in lexical[1]["query"] and "knn" in dense[1]["query"]
    for _, body in (lexical, dense):
        assert body["size"] == 250 and body["docvalue_fields"] == ["row"], "little more than the 200 candidates"


def test_the_graph_finds_what_products_of_all_find(indexes, asked, monkeypatch):
    monkeypatch.setattr(nearness, "FEW", 0)
    lost = wanted = 0
    for query in (
        "victim of trafficking",
        "fee and signature",
        "border decision",
        "hardship of a minor",
        "physical presence",
    ):
        vector = indexes[0].embedder.encode_queries([query])[0]
        for filters in (TODAY, PAST, replace(TODAY, collections=("Made 1",))):
            allowed = Allowed(indexes[0]._ranking.allowed(filters), filters)
            local, cluster = (index._ranking._channels.nearness(vector).best(100, allowed) for index in indexes)
            assert allowed.mask[cluster].all()
            wanted, lost = wanted + len(local), lost + len(np.setdiff1d(local, cluster))
    assert len(asked) >= 15
    assert lost <= 0.02 * wanted, "a graph may miss some, and here few"


NARROWED = [  # (passages allowed of those that pass the filters, whether more are asked for, reason)
    (lambda rows: rows > 0, False, "nearly all: the first answer has enough"),
    (lambda rows: rows % 9 == 0, True, "few of those that pass: more are asked for"),
]


@pytest.mark.parametrize(("fits", "again", "reason"), NARROWED)
def test_what_is_not_allowed_is_made_up_for(indexes, asked, fits, again, reason):
    local, cluster = (index._ranking._channels.terms([(["victim", "fee"], 1.0)]) for index in indexes)
    allowed = Allowed(fits(np.arange(indexes[0].facts["passages"])), ANY)
    expected, found = (set(scores.best(100, allowed).tolist()) for scores in (local, cluster))
    assert found == expected and len(found) == 100
    assert (len(asked) > 1) == again, reason


NOT_ASKED = [  # (what is changed, reason)
    ({"filters": None}, "nothing is known by which to ask"),
    ({"mask": False}, "nothing is allowed"),
]


@pytest.mark.parametrize(("changed", "reason"), NOT_ASKED)
def test_the_columns_alone_decide_where_the_cluster_cannot(indexes, asked, changed, reason):
    every = np.ones(indexes[0].facts["passages"], dtype=np.bool_)
    allowed = Allowed(every & changed.get("mask", True), changed.get("filters", ANY))
    local, cluster = (index._ranking._channels.terms([(["victim", "fee"], 1.0)]) for index in indexes)
    assert set(cluster.best(100, allowed).tolist()) == set(local.best(100, allowed).tolist())
    assert not asked, reason


LIMITS = [  # (limit, its value, requests, reason)
    ("_MOST_CLAUSES", 1, 0, "more terms than the cluster takes in one search"),
    ("MOST_HITS", 130, 1, "the first answer proves nothing, and a longer one may not be asked for"),
]


@pytest.mark.parametrize(("name", "limit", "requests", "reason"), LIMITS)
def test_the_columns_decide_beyond_the_limits_of_the_cluster(
    indexes, asked, monkeypatch, name, limit, requests, reason
):
    monkeypatch.setattr(candidates_by_terms, name, limit)
    allowed = Allowed(np.arange(indexes[0].facts["passages"]) % 9 == 0, ANY)
    local, cluster = (index._ranking._channels.terms([(["victim", "fee"], 1.0)]) for index in indexes)
    assert set(cluster.best(100, allowed).tolist()) == set(local.best(100, allowed).tolist())
    assert len(asked) == requests, reason


def test_a_cluster_that_counts_otherwise_is_not_believed(indexes, monkeypatch):
    """Scores below ours prove nothing: the columns decide."""
    local, cluster = (index._ranking._channels.terms([(["victim", "fee"], 1.0)]) for index in indexes)
    read = candidates_by_terms.read_answer
    worse = lambda answer: replace(read(answer), rows=read(answer).rows[::-1], scores=read(answer).scores / 2)  # noqa: E731
    monkeypatch.setattr(candidates_by_terms, "read_answer", worse)
    allowed = Allowed(np.ones(indexes[0].facts["passages"], dtype=np.bool_), ANY)
    assert set(cluster.best(100, allowed).tolist()) == set(local.best(100, allowed).tolist())
    assert cluster.greatest() == local.greatest()


def test_a_vector_of_zeros_is_not_sent(indexes, asked, monkeypatch):
    """The engine finds everything equally near to it; ours gives the first passages."""
    monkeypatch.setattr(nearness, "FEW", 0)
    allowed = Allowed(np.ones(indexes[0].facts["passages"], dtype=np.bool_), ANY)
    zero = np.zeros(indexes[0].facts["dim"], dtype=np.float32)
    local, cluster = (index._ranking._channels.nearness(zero).best(7, allowed) for index in indexes)
    assert sorted(cluster.tolist()) == sorted(local.tolist()) == list(range(7))
    assert not asked


@pytest.mark.parametrize("channel", ["lexical", "dense", "hybrid"])
def test_one_channel_gives_the_same_scores(indexes, channel):
    for query in ("victim of trafficking", "who may interpret at an interview"):
        local, cluster = (to_json(index.search(query, TODAY, top_k=200, channel=channel).hits) for index in indexes)
        assert cluster == local and local
