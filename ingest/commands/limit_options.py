"""Options that say what one file may take: of an ingest, and of a watch."""

import click

from ingest.workers import Limits

seconds_option = click.option(
    "--file-seconds",
    type=float,
    envvar="PINPOINT_FILE_SECONDS",
    default=Limits().seconds,
    show_default=True,
    help="Time limit for one file.",
)
megabytes_option = click.option(
    "--file-megabytes",
    type=int,
    envvar="PINPOINT_FILE_MEGABYTES",
    default=Limits().megabytes,
    show_default=True,
    help="Memory limit for one file; 0 for none.",
)
processes_option = click.option(
    "--processes",
    type=int,
    envvar="PINPOINT_PROCESSES",
    default=Limits().processes,
    show_default=True,
    help="Files read at the same time.",
)
