"""A command line with one command that needs no name, and others beside it that do."""

import click


class DefaultGroup(click.Group):
    """``python -m ingest CORPUS_DIR`` runs the default command, ``python -m ingest report …`` that one.

    ``--help`` shows the default command, then the others.
    """

    def __init__(self, default: click.Command, *others: click.Command) -> None:
        """Take the default command and those beside it."""
        super().__init__(name=default.name, commands={command.name or "": command for command in others})
        self._default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put everything that does not begin with a command's name to the default command."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [self._default.name or "", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The named command; the default one under its own name."""
        return super().get_command(ctx, cmd_name) or (self._default if cmd_name == self._default.name else None)

    def get_help(self, ctx: click.Context) -> str:
        """Help of the default command, then a line for each of the others."""
        with click.Context(self._default, info_name=ctx.info_name) as inner:
            text = self._default.get_help(inner)
        lines = [f"  {name:<10} {command.get_short_help_str(90)}" for name, command in sorted(self.commands.items())]
        return "\n".join([text, "", "Other commands:", *lines]) if lines else text
