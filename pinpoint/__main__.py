"""The one command: ``pinpoint ingest``, ``search``, ``ask``, ``app`` and the others; ``python -m pinpoint`` too.

Commands are imported when they are called; they are those of ``python -m ingest``, ``index``, ``answer`` and
``evaluation``.
"""

from importlib import import_module

import click
from click.shell_completion import CompletionItem

from pinpoint.commands import take_settings, warn
from pinpoint.configuration.file import FILE, TAKEN
from pinpoint.settings import doubtful_variables, environment

COMMANDS = {  # name: (where it stands, in a line)
    "ingest": ("pinpoint.own_commands:ingest", "Read documents and build or refresh an index of them."),
    "watch": ("ingest.commands.watch:watch", "Read a folder again whenever its documents change."),
    "fetch": ("ingest.commands.fetch:fetch", "Download the official sources that a manifest lists."),
    "import": (
        "ingest.commands.import_references:import_list",
        "Describe documents by a list from a reference manager.",
    ),
    "search": ("pinpoint.own_commands:search", "Search passages: a citation, words, a phrase or operators."),
    "ask": ("pinpoint.own_commands:ask", "Answer a question with verified quotations, or decline."),
    "locate": ("operations.commands.locate:locate", "Show the text, dates and status of what a citation names."),
    "check": ("drafts.commands.check:check", "Check the citations and quotations of a draft."),
    "app": ("pinpoint.own_commands:app", "Open the app in the browser."),
    "mcp": ("mcp_server.command:mcp", "Serve the documents to an assistant that speaks MCP."),
    "serve": ("http_server.commands.serve:serve", "Serve the HTTP API, for programs."),
    "cluster": ("local_cluster.commands:cluster", "Start, stop and look after an OpenSearch cluster."),
    "documents": ("operations.commands.listing:documents", "List the documents of an index."),
    "sections": ("operations.commands.listing:sections", "List the sections of a document."),
    "report": ("ingest.commands.report:report", "Show what the intake noticed, file by file."),
    "doctor": ("index.commands.doctor:doctor", "Check an index, and say how to repair it."),
    "generations": ("index.commands.generations:list_generations", "List the generations of an index."),
    "use": ("index.commands.generations:use", "Search another generation of an index from now on."),
    "prune": ("index.commands.generations:prune", "Remove older generations of an index."),
    "compare": ("index.commands.compare:compare_versions", "Compare a provision with the one that it replaced."),
    "changes": ("changes.commands.changes:changes", "Say what changed between two generations or two editions."),
    "links": ("index.commands.links:show_links", "Show what a provision cites, and what cites it."),
    "settings": ("pinpoint.configuration.shown:show_settings", "Show every setting, its value, and what sets it."),
    "evaluate": ("evaluation.__main__:main", "Measure search and answers."),
}


class LazyGroup(click.Group):
    """Commands that are imported when they are called; help and completion of their names import none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Names in the order in which they are needed."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click calls it
        """The named command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - see above
        """A line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names and options that begin as typed."""
        named = [CompletionItem(name, help=line) for name, (_, line) in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pinpoint")
@click.option(
    "--config",
    default="",
    metavar="FILE|none",
    help=f"File of settings.  [default: $PINPOINT_CONFIG, else {FILE} in the working folder, where there is one]",
)
def main(config: str) -> None:
    """Search and cite policy and law: every statement is a verbatim, machine-checked quotation.

    Begin with: pinpoint app

    Exit codes: 0 done, 2 usage error or no index; others stand in the help of each command.
    """
    click.get_current_context().meta[TAKEN] = take_settings(config)
    for sentence in doubtful_variables(environment()):
        warn(sentence)


if __name__ == "__main__":
    main(prog_name="pinpoint")
