"""``python -m benchmarks ingest``: an ingest measured, and held against other programs in the same run."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.ingesting.documents import change_one, copy_corpus
from benchmarks.ingesting.embedding import embedding_rates
from benchmarks.ingesting.first_search import first_search
from benchmarks.ingesting.kills import run_kills
from benchmarks.ingesting.report import LANGCHAIN, OURS, Measured, markdown, median_run, memory_plot
from benchmarks.ingesting.running import Run, ingest_command, watch
from benchmarks.ingesting.trees import lay_out
from benchmarks.measuring import hand_over, into_option, json_option, machine

PARTS = ("cold", "against", "langchain", "embedding", "search", "unchanged", "changed", "kills")
_CHANGES = 3
"""Changes of one document, of which the median counts."""
_PIPELINE = "benchmarks.ingesting.langchain_pipeline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What was asked for, and the folders that a benchmark works in.

    Attributes:
        corpus: The copy that is ingested.
        few: The copy that is killed.
        scratch: An empty folder.
        after: An index to begin from, in place of a cold ingest.
        peer: The interpreter that LangChain is installed for.
    """

    corpus: Path
    few: Path
    scratch: Path
    after: Path | None
    commit: str
    peer: str
    question: str
    rounds: int
    kills: int
    seed: int

    @property
    def index(self) -> Path:
        """An index of the corpus, made when it is first asked for."""
        folder = self.scratch / "index"
        if not folder.exists():
            if self.after:
                shutil.copytree(self.after, folder)
            watch(ingest_command(self.corpus, folder))  # what another version stored is brought up to date
        return folder


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, help="Measure only this; may be repeated.")
@click.option("--documents", default=0, help="Ingest this many documents of CORPUS, evenly chosen; 0 for all.")
@click.option("--against", "commit", default="7034dd7", show_default=True, help="The other commit.")
@click.option("--peer", default=sys.executable, help="Python for which the extra bench is installed.  [default: this]")
@click.option("--rounds", default=1, show_default=True, help="Cold ingests of each program, turn by turn.")
@click.option("--question", default="T visa", show_default=True, help="What the first search looks for.")
@click.option("--kills", default=30, show_default=True, help="Ingests that are killed.")
@click.option("--kill-documents", default=6, show_default=True, help="Documents of the ingests that are killed.")
@click.option("--seed", default=18, show_default=True, help="Of the moments at which they are killed.")
@click.option(
    "--after",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Index of CORPUS to begin from a copy of, in place of a cold ingest, which takes long.",
)
@into_option
@json_option
def ingest(  # noqa: PLR0913 - one an option
    corpus: Path, *, parts: Sequence[str], documents: int, commit: str, peer: str, rounds: int, question: str,
    kills: int, kill_documents: int, seed: int, after: Path | None, into: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Measure an ingest of CORPUS: its steps and memory, and ratios to an older build and to LangChain."""
    about, measured = machine(), Measured()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        setting = Setting(
            corpus=copy_corpus(corpus, scratch / "corpus", documents), scratch=scratch, after=after, commit=commit,
            few=copy_corpus(corpus, scratch / "few", kill_documents), peer=peer, question=question,
            rounds=rounds, kills=kills, seed=seed,
        )  # fmt: skip
        wanted = [part for part in PARTS if part in parts or not parts]
        if {"cold", "against", "langchain"} & {*wanted} and not (after and not parts):
            _colds(setting, wanted, measured)
        for part, measure in _MEASURES.items():
            if part in wanted:
                measure(setting, measured)
    drawing = memory_plot((name, median_run(runs)) for name, runs in measured.colds.items())
    if into and drawing:
        into.parent.mkdir(parents=True, exist_ok=True)
        into.with_suffix(".svg").write_text(drawing, encoding="utf-8")
    text = markdown(measured, into.with_suffix(".svg").name if into and drawing else "")
    whole = {"machine": about, "corpus": corpus.name, "documents": documents or "all", **measured.as_json()}
    hand_over("Times of an ingest", whole, text, into=into, as_json=as_json)


def _colds(setting: Setting, wanted: Sequence[str], measured: Measured) -> None:
    """Ingests from nothing by each program, turn by turn; the first index of ours stays for what comes after."""
    other = setting.scratch / "tree"
    if "against" in wanted:
        measured.against = setting.commit
        lay_out(setting.commit, other)
    for number in range(setting.rounds):
        ours = setting.scratch / (f"again-{number}" if number else "index")
        _note(measured, OURS, lambda: watch(ingest_command(setting.corpus, ours)))  # noqa: B023 - called at once
        if "against" in wanted:
            index = setting.scratch / f"other-{number}"
            _note(measured, setting.commit, lambda: watch(ingest_command(setting.corpus, index), other))  # noqa: B023
        if "langchain" in wanted:
            command = [setting.peer, "-m", _PIPELINE, str(setting.corpus)]
            _note(measured, LANGCHAIN, lambda: watch(command))  # noqa: B023


def _note(measured: Measured, name: str, run: Callable[[], Run]) -> None:
    done = run()
    click.echo(f"{name}: {done.seconds:.1f} s, {done.peak_mb:.0f} MB", err=True)
    measured.colds.setdefault(name, []).append(done)


def _embedding(setting: Setting, measured: Measured) -> None:
    measured.embedding = embedding_rates(setting.index)


def _search(setting: Setting, measured: Measured) -> None:
    measured.search = first_search(setting.corpus, setting.scratch / "searched", setting.question)


def _unchanged(setting: Setting, measured: Measured) -> None:
    measured.later["unchanged"] = watch(ingest_command(setting.corpus, setting.index))


def _changed(setting: Setting, measured: Measured) -> None:
    index, runs, name = setting.index, [], ""
    for _ in range(_CHANGES):
        name = change_one(setting.corpus)
        runs.append(watch(ingest_command(setting.corpus, index)))
    measured.changed = f"one changed ({name}; median of {_CHANGES})"
    measured.later[measured.changed] = median_run(runs)


def _kills(setting: Setting, measured: Measured) -> None:
    folder = setting.scratch / "kills"
    folder.mkdir()
    for found in run_kills(setting.few, folder, setting.kills, setting.seed):
        if isinstance(found, Run):
            measured.usual = found
            continue
        measured.kills.append(found)
        click.echo(f"kill {len(measured.kills)}: {' | '.join(found.row)}", err=True)


_MEASURES: dict[str, Callable[[Setting, Measured], None]] = {
    "embedding": _embedding,
    "search": _search,
    "unchanged": _unchanged,
    "changed": _changed,
    "kills": _kills,
}
