"""A model of our own: weak pairs, training, and what it gives. All in the background, on one thread.

    python -m benchmarks.training pairs --index DIR --out build/training/pairs.jsonl
    python -m benchmarks.training encoder build/training/pairs.jsonl --out build/training/encoder --steps 400
    python -m benchmarks.training cross build/training/pairs.jsonl --out build/training/cross --steps 300
    python -m benchmarks.training measure build/training/encoder --index DIR --questions FILE.jsonl --obliqa DIR \\
                                          --contracts DIR

Pairs are read out of the documents alone, never out of a question set. What came of it: docs/tried.md, "A model of our
own".
"""

import click

from benchmarks.training.commands import cross, encoder, measure, mixed, pairs


@click.group(help=__doc__)
def main() -> None:
    """Group the commands."""


for command in (pairs, encoder, cross, mixed, measure):
    main.add_command(command)

if __name__ == "__main__":
    main()
