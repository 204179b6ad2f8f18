"""Shared by the benchmarks: spread of times, the machine, memory of processes, tables and plots."""

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
from threading import Event, Thread
from xml.sax.saxutils import escape

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
    fast = sorted({flag for flag in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if re.search(rf"\b{flag}\b", text)})
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


class PeakMemory:
    """Largest resident memory of a process and all its children; what they share counts once for each."""

    def __init__(self, pid: int, every: float = 0.1) -> None:
        """Watch the process ``pid``, looking every ``every`` seconds."""
        self._process, self._every, self._done = psutil.Process(pid), every, Event()
        self.peak = 0
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(self._every):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self.peak = max(self.peak, sum(unique_memory(one) for one in family))
            except psutil.Error:
                continue  # it ended meanwhile


def unique_memory(process: psutil.Process) -> int:
    """Proportional set size in bytes, where the system tells it, else the resident size."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", full.rss))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plot: positive numbers."""

    name: str
    points: tuple[tuple[float, float], ...]


_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 360, 80, 150, 30, 50
_COLOURS = ("#1b5e8c", "#b3541e", "#3d7a3d", "#6b4c9a")


def plot(lines: Sequence[Line], *, across: str, up: str) -> str:
    """A drawing of lines over two logarithmic axes, SVG without scripts; a slope of one is linear growth."""
    xs, ys = zip(*(point for line in lines for point in line.points), strict=True)
    (x0, x1), (y0, y1) = _decades(xs), _decades(ys)

    def pixel(x: float, y: float) -> tuple[float, float]:
        right = (math.log10(x) - x0) / (x1 - x0) * (_WIDTH - _LEFT - _RIGHT)
        return _LEFT + right, _HEIGHT - _BOTTOM - (math.log10(y) - y0) / (y1 - y0) * (_HEIGHT - _TOP - _BOTTOM)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(up)} against {escape(across)}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(x0, x1 + 1):
        x, _ = pixel(10.0**power, 10.0**y0)
        drawn.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{10.0**power:,.10g}</text>')
    for power in range(y0, y1 + 1):
        _, y = pixel(10.0**x0, 10.0**power)
        drawn.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        drawn.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,.10g}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    drawn.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>')
    drawn.append(f'<text x="{_LEFT}" y="{_TOP - 12}">{escape(up)}</text>')
    for line, colour in zip(lines, _COLOURS, strict=False):
        spots = [pixel(*point) for point in line.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in spots]
        x, y = spots[-1]
        drawn.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{escape(line.name)}</text>')
    return "\n".join([*drawn, "</svg>", ""])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    first = math.floor(math.log10(min(values)))
    return first, max(first + 1, math.ceil(math.log10(max(values))))


def growth(points: Sequence[tuple[float, float]]) -> float:
    """Exponent with which a quantity grows with size, by least squares over logarithms: 1 is linear."""
    sizes, values = zip(*((math.log(size), math.log(value)) for size, value in points), strict=True)
    return float(statistics.linear_regression(sizes, values).slope)


def questions_of(file: Path, count: int) -> list[str]:
    """Questions of a JSONL file, spread evenly over it; all of them for a count of 0."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [line["question"] for line in lines]
    step = max(1, len(texts) // count) if count else 1
    return texts[::step][: count or None]
