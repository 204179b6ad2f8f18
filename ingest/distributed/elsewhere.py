"""What an ingest does elsewhere than in its own process: nothing, or reading and embedding by workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.embeddings.run import Make
from index.models.embedding import Embedder
from ingest.distributed.options import Workers
from ingest.steps.reading import Parse


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Who parses files and embeds texts.

    Attributes:
        parse: Parses files; None for this machine.
        make: Embeds texts; None for this process.
        notices: Workers that are not used, each with why, as sentences; it grows.
    """

    parse: Parse | None = None
    make: Make | None = None
    notices: list[str] = field(default_factory=list)


@contextmanager
def elsewhere(workers: Workers | None, embedder: Embedder, cache: Path | None) -> Iterator[Elsewhere]:
    """Have workers at hand for an ingest; none is started, and no scheduler asked, before there is something to do.

    Args:
        workers: Which ones; None for none.
        embedder: The one of the ingest, with its arithmetic settled.
        cache: Folder of embeddings that several indexes share, if there is one.

    Raises:
        WorkersUnavailable: Workers cannot open this embedder.
    """
    if workers is None:
        yield Elsewhere()
        return
    from ingest.distributed.embedding import TeamEmbedding  # noqa: PLC0415 - only an ingest with workers needs them
    from ingest.distributed.facts import recipe_of  # noqa: PLC0415
    from ingest.distributed.reading import TeamReading  # noqa: PLC0415
    from ingest.distributed.team import Team  # noqa: PLC0415

    with Team(workers, recipe_of(embedder)) as team:
        yield Elsewhere(TeamReading(team).parse_all, TeamEmbedding(team, cache).make, team.notices)
