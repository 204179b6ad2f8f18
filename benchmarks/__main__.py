"""``python -m benchmarks NAME``: speed, size, memory, states and barriers; ``--help`` lists the names.

``language_model`` and ``arrangements`` try what may arrange the quotations of answers. The other benchmarks (app, load,
screenshots, pdf.highlights, ranking.typos, …) are modules of their own: ``python -m benchmarks.NAME --help``.
"""

from importlib import import_module

import click

_COMMANDS = {
    "query": "benchmarks.query_times:query",
    "ingest": "benchmarks.ingesting.command:ingest",
    "workers": "benchmarks.ingesting.workers:workers",
    "refresh": "benchmarks.growth.refresh:refresh",
    "scale": "benchmarks.growth.scale:scale",
    "start": "benchmarks.start_times:start",
    "pdf": "benchmarks.pdf.times:pdf",
    "peers": "benchmarks.ranking.peers:peers",
    "size": "benchmarks.licences:size",
    "drafts": "benchmarks.drafts.command:drafts",
    "changes": "benchmarks.changes.command:changes",
    "axe": "benchmarks.barriers.command:axe",
    "http": "benchmarks.http_times:http_times",
    "mcp": "benchmarks.assistant_tools.command:mcp",
    "arrangements": "benchmarks.language_model.arrangements:arrangements",
    "cluster-equal": "benchmarks.cluster.equal:equal",
    "cluster-growth": "benchmarks.cluster.growth:growth",
    "cluster-load": "benchmarks.cluster.load:load",
    "cluster-rows": "benchmarks.cluster.rows:rows",
    "contract": "benchmarks.contract:contract",
    "cluster-kills": "benchmarks.cluster.kills:cluster_kills",
    "language_model": "benchmarks.language_model.command:language_model",
}


class Commands(click.Group):
    """The module of a command is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


main = Commands(help="Measure speed, size and memory. Run on a quiet machine.")

if __name__ == "__main__":
    main()
