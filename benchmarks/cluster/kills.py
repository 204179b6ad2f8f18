"""``python -m benchmarks cluster-kills``: nodes killed at random moments, under readers and an ingest.

Three nodes of their own serve a corpus. Readers ask without end, an ingest changes one document again and again, and
again and again a node is killed (SIGKILL): by turns the elected manager and another one. Every result that a reader is
shown is held against the same generation on the disk, where no cluster is asked. What may be shown instead is an error
that says what is amiss. After each ingest all of its passages have to be in the cluster.
"""

import random
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click

from benchmarks.cluster.readers import Readers, Seen, serve
from benchmarks.measuring import into_option, machine, questions_of, table
from index.cluster.connection import connect
from index.cluster.mapping import rows_index
from index.generations.read import current_generation, generation_facts, use_generation
from index.models.embedding import Embedder, PackagedEmbedder
from index.records import IndexConfig
from ingest.pipeline import ingest_corpus
from local_cluster.answers import ask
from local_cluster.starting import Cluster, start
from pinpoint.configuration.address import folder_of, parse_address
from pinpoint.errors import PinpointError

_QUERIES = (
    "8 CFR 214.202(c)(1)",
    "extreme hardship",
    "law enforcement agency declaration",
    '"severe form of trafficking in persons"',
    "traffick* AND certif*",
    "countering terrorism",
)
"""Asked beside the questions of the file: citations, words, a phrase, operators."""
_CHANGED = "a-text-that-changes.txt"
_AWAY = 4.0
"""Seconds that a killed node stays away, at most."""
_BETWEEN = 5.0
"""Seconds between a whole cluster and the next kill, at most."""


@dataclass(slots=True)
class Ingests:
    """What became of the ingests.

    Attributes:
        published: Generations that came into use.
        again: Errors after which an ingest was started again, by their kind.
        lost: Generations of which a passage was not in the cluster, with both numbers.
    """

    published: int = 0
    again: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@click.command("cluster-kills")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of the documents.")
@click.option(
    "--index",
    type=click.Path(path_type=Path, exists=True),
    help="An index of that corpus on the disk, from which what did not change is taken over.",
)
@click.option("--kills", default=30, show_default=True, help="How many nodes are killed.")
@click.option("--readers", default=20, show_default=True, help="How many readers there are.")
@click.option("--pause", default=1.0, show_default=True, help="Seconds that a reader reads a result, at most.")
@click.option("--questions", type=click.Path(path_type=Path, exists=True), required=True, help="JSONL.")
@click.option("--count", default=60, show_default=True, help="Questions of the file that are asked.")
@click.option("--heap", default="512m", show_default=True, help="Of each node.")
@click.option("--seed", default=1, show_default=True, help="Of the moments and of the questions.")
@into_option
def cluster_kills(  # noqa: PLR0913, PLR0917 - its options
    corpus: Path,
    index: Path | None,
    kills: int,
    readers: int,
    pause: float,
    questions: Path,
    count: int,
    heap: str,
    seed: int,
    into: Path | None,
) -> None:
    """Kill nodes of a cluster under readers and an ingest, and say what was shown and lost."""
    asked = [*questions_of(questions, count), *_QUERIES]
    with tempfile.TemporaryDirectory() as folder:
        cluster = start(Path(folder) / "nodes", nodes=3, heap=heap)
        try:
            log, seen, ingests, again = _run(
                cluster, Path(folder), (corpus, index), kills, (readers, pause), asked, seed
            )
        finally:
            cluster.stop()
    text = _report(log, seen, ingests, again, f"{readers} readers that read a result up to {pause:g} s", len(asked))
    click.echo(text)
    if into:
        into.write_text(text, encoding="utf-8")
    if seen.wrong or ingests.lost:
        raise SystemExit(1)


def _run(  # noqa: PLR0913 - what it is run with
    cluster: Cluster,
    folder: Path,
    made_of: tuple[Path, Path | None],
    kills: int,
    readers: tuple[int, float],
    asked: Sequence[str],
    seed: int,
) -> tuple[list[tuple[str, ...]], Seen, Ingests, str]:
    copied, address = folder / "corpus", parse_address(f"{cluster.address}/kills")
    shutil.copytree(made_of[0], copied)
    index_dir, embedder, ingests, ended = folder_of(address), PackagedEmbedder(), Ingests(), threading.Event()
    shutil.rmtree(index_dir, ignore_errors=True)
    index_dir = folder_of(address)
    if made_of[1] is not None:
        before = current_generation(made_of[1])
        shutil.copytree(before, index_dir / before.name)
        use_generation(index_dir, before.name)
    first = _ingested(copied, index_dir, embedder, 0)
    asking = Readers(serve(first, folder / "plain", embedder, asked), *readers, seed)

    def ingest() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            made = _until_published(copied, index_dir, embedder, number, ingests, ended)
            if made is not None:
                _count(address.name, made, str(address), ingests)
                asking.served = serve(made, folder / "plain", embedder, asked)

    beside = threading.Thread(target=ingest)
    beside.start()
    log, draw = [], random.Random(seed)
    for number in range(1, kills + 1):
        log.append(_kill(cluster, number, draw))
        click.echo("  ".join(log[-1]))
    ended.set()
    beside.join()
    seen = asking.end()
    cluster.stop()
    start(cluster.folder, nodes=len(cluster.nodes), port=cluster.nodes[0].http_port, heap=cluster.how.heap)
    wrong = asking.served.differing()
    again = f"{len(asked) - len(wrong)} of {len(asked)} searches and answers"
    seen.wrong += [f"after the start: {text}" for text in wrong]
    shutil.rmtree(index_dir, ignore_errors=True)
    return log, seen, ingests, again


def _kill(cluster: Cluster, number: int, draw: random.Random) -> tuple[str, ...]:
    """Kill a node once the cluster is whole, start it again, and wait until the cluster is whole again."""
    cluster.await_green(seconds=300)
    time.sleep(draw.uniform(0, _BETWEEN))
    manager = _manager(cluster)
    others = [node.name for node in cluster.nodes if node.name != manager]
    victim = manager if number % 2 else draw.choice(others)
    begun = time.monotonic()
    cluster.kill(victim)
    time.sleep(draw.uniform(0, _AWAY))
    cluster.launch(victim)
    cluster.await_green(seconds=300)
    return str(number), victim, "manager" if victim == manager else "data", f"{time.monotonic() - begun:.1f}"


def _manager(cluster: Cluster) -> str:
    """Name of the elected manager."""
    while True:
        for node in cluster.nodes:
            answer = ask(node, "/_cluster/state/cluster_manager_node,nodes")
            if answer is not None and answer["cluster_manager_node"] in answer["nodes"]:
                return str(answer["nodes"][answer["cluster_manager_node"]]["name"])


def _until_published(  # noqa: PLR0913 - one more than allowed
    corpus: Path, index_dir: Path, embedder: Embedder, number: int, ingests: Ingests, ended: threading.Event
) -> Path | None:
    while not ended.is_set():
        try:
            made = _ingested(corpus, index_dir, embedder, number)
        except PinpointError as error:
            ingests.again.append(type(error).__name__)
            time.sleep(1)
        else:
            ingests.published += 1
            return made
    return None


def _ingested(corpus: Path, index_dir: Path, embedder: Embedder, number: int) -> Path:
    """The generation of the corpus after its text has changed for the ``number``-th time."""
    text = f"Directive on notices\n\nNotice number {number} was given on {date(2024, 1, 1)}.\n"
    (corpus / _CHANGED).write_text(text, encoding="utf-8")
    result = ingest_corpus(
        corpus, index_dir, embedder=embedder, progress=lambda *_: None, config=IndexConfig(), wait=True
    )
    if result.generation is None:
        raise click.ClickException("No document could be read.")
    return result.generation


def _count(name: str, folder: Path, address: str, ingests: Ingests) -> None:
    """Note a generation of which not every passage is in the cluster."""
    index, wanted = rows_index(name, folder.name), generation_facts(folder)["passages"]
    while True:
        try:
            answer = connect(parse_address(address)).search(index, {"size": 0, "track_total_hits": True})
        except PinpointError as error:
            ingests.again.append(type(error).__name__)
            time.sleep(1)
            continue
        break
    found = answer["hits"]["total"]["value"]
    if found != wanted:
        ingests.lost.append(f"{folder.name}: {found} of {wanted} passages")


def _report(  # noqa: PLR0913 - what is reported
    log: Sequence[tuple[str, ...]], seen: Seen, ingests: Ingests, again: str, readers: str, questions: int
) -> str:
    total = seen.right + len(seen.wrong) + seen.refused.total()
    lines = [
        "# Nodes killed under readers and an ingest",
        "",
        f"{machine()}. {len(log)} kills of one of three nodes, {readers}, {questions} questions and queries; "
        "one request in four is a question to be answered.",
        "",
        table(
            ("what was shown", "requests"),
            [
                ("the result of the same generation on the disk", f"{seen.right:,}"),
                ("any other result, or a decline where there is an answer", f"{len(seen.wrong):,}"),
                *((f"an error: {kind}", f"{count:,}") for kind, count in sorted(seen.refused.items())),
                ("all", f"{total:,}"),
            ],
        ),
        "",
        *(f"- {kind}: {message}" for kind, message in sorted(seen.messages.items())),
        f"- The longest request that gave a result took {seen.longest:.1f} s.",
        f"- {ingests.published} generations were published meanwhile; an ingest was started again "
        f"{len(ingests.again)} times. Generations of which a passage was not in the cluster: {len(ingests.lost)}.",
        f"- All nodes stopped and started again: {again} are the same.",
        "",
        table(("kill", "node", "it was", "seconds until the cluster was whole"), log),
        *(f"- WRONG {text}" for text in seen.wrong[:20]),
        *(f"- LOST {text}" for text in ingests.lost),
    ]
    return "\n".join(lines) + "\n"
