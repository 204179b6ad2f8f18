"""A command line with one command that needs no name, and others beside it that do."""

from importlib import import_module

import click


class DefaultGroup(click.Group):
    """``python -m ingest CORPUS_DIR`` runs the default command, ``python -m ingest report …`` that one.

    ``--help`` shows the default command, then the others. The module of a command is imported when it is called.
    """

    def __init__(self, default: click.Command, **others: str) -> None:
        """Take the default command, and where the others stand: ``report="ingest.commands.report:report"``."""
        super().__init__(name=default.name)
        self._default, self._others = default, others

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put everything that does not begin with a command's name to the default command."""
        if not args or (args[0] not in self._others and args[0] not in ctx.help_option_names):
            args = [self._default.name or "", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The named command; the default one under its own name."""
        if cmd_name not in self._others:
            return self._default if cmd_name == self._default.name else None
        module, _, name = self._others[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Names of the commands beside the default one, sorted."""
        return sorted(self._others)

    def get_help(self, ctx: click.Context) -> str:
        """Help of the default command, then a line for each of the others."""
        with click.Context(self._default, info_name=ctx.info_name) as inner:
            text = self._default.get_help(inner)
        named = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        lines = [f"  {name:<11} {command.get_short_help_str(90)}" for name, command in named if command]
        return "\n".join([text, "", "Other commands:", *lines]) if lines else text
