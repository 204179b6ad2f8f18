"""Shared by the benchmarks: spread of times, the machine, tables, questions."""

import json
import math
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click
import psutil

MB = 2**20
into_option = click.option("--into", type=click.Path(path_type=Path), help="Markdown file to write the table to.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@dataclass(frozen=True, slots=True)
class Spread:
    """Times of one step in milliseconds."""

    n: int
    median: float
    q1: float
    q3: float
    p95: float

    @classmethod
    def of(cls, milliseconds: Iterable[float]) -> "Spread":
        """The spread of at least two times."""
        values = sorted(milliseconds)
        cuts = statistics.quantiles(values, n=20, method="inclusive")
        return cls(len(values), statistics.median(values), cuts[4], cuts[14], cuts[18])

    @property
    def row(self) -> tuple[str, ...]:
        """Cells of a table under ``SPREAD_HEADS``."""
        return str(self.n), *(shown(value) for value in (self.median, self.q1, self.q3, self.p95))


SPREAD_HEADS = ("n", "median ms", "lower quartile", "upper quartile", "95 %")


def shown(value: float) -> str:
    """A number with three figures that count."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    return f"{value:,.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def machine() -> str:
    """The machine, in a line."""
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text(encoding="utf-8") if cpuinfo.is_file() else ""
    model = re.search(r"model name\s*:\s*(.+)", text)
    fast = sorted(
        {
            flag
            for flag in ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "amx_bf16")
            if re.search(rf"\b{flag}\b", text)
        }
    )
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "torch", "faiss-cpu", "onnxruntime"))
    return (
        f"{os.cpu_count()} cores ({model.group(1).strip() if model else platform.machine()}; {', '.join(fast)}), "
        f"{psutil.virtual_memory().total / 2**30:.0f} GB, {platform.system()}, Python {platform.python_version()}, "
        f"{packages}; load {os.getloadavg()[0]:.1f} at the start; {date.today().isoformat()}"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def hand_over(title: str, measured: Mapping[str, object], markdown: str, *, into: Path | None, as_json: bool) -> None:
    """Print what was measured, and write the table where it is wanted."""
    if into:
        into.parent.mkdir(parents=True, exist_ok=True)
        made = f"Written by `{click.get_current_context().command_path} --into {into.name}`; {measured['machine']}."
        into.write_text(f"# {title}\n\n{made}\n\n{markdown}", encoding="utf-8")
    text = f"{title}\n{measured['machine']}\n\n{markdown}"
    click.echo(json.dumps(measured, indent=1, default=_plain) if as_json else text)


def _plain(value: object) -> object:
    return asdict(value) if isinstance(value, Spread) else str(value)


def questions_of(file: Path, count: int) -> list[str]:
    """Questions of a JSONL file, spread evenly over it; all of them for a count of 0."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [line["question"] for line in lines]
    step = max(1, len(texts) // count) if count else 1
    return texts[::step][: count or None]
