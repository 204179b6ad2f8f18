"""The app and the ingests beside it during a load test: memory, processor time, faults."""

import asyncio
import os
import sys

sys.path.insert(0, "/tmp/g")
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.app_session import ROOT
from benchmarks.load_results import Sample

_SAMPLED = 5.0  # seconds between two looks
_REVISED = "revision-of-the-load-test.md"
_NICENESS = 10  # as the app starts an ingest


@dataclass(slots=True)
class Watch:
    """Record of the app and of the ingests beside it during a phase."""

    process: int
    index_dir: Path
    samples: list[Sample] = field(default_factory=list)
    ingests: int = 0
    faults: list[str] = field(default_factory=list)

    async def look(self, begun: float) -> None:
        """Note the memory and the generation in use every few seconds, until cancelled."""
        while True:
            name = (self.index_dir / "CURRENT").read_text(encoding="utf-8").strip()
            self.samples.append(Sample(time.perf_counter() - begun, resident(self.process), name))
            await asyncio.sleep(_SAMPLED)

    async def ingest(self, corpus: Path) -> None:
        """Read the documents again and again, one of them changed each time, until cancelled."""
        while True:
            fault = await read_anew(corpus, self.index_dir)
            self.ingests += not fault
            if fault:
                self.faults.append(fault)
                await asyncio.sleep(1)


def resident(process: int) -> float:
    """Resident memory of a process in MB; 0 where the system does not say."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(process: int) -> float:
    """Processor time that a process has used; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def read_anew(corpus: Path, index_dir: Path) -> str:
    """Change one document and run an ingest, at low priority as the app does; what went wrong, "" for nothing."""
    words = f"# Revision\n\nThe zyzzyva register of the load test has entry {time.time_ns()}.\n"
    (corpus / _REVISED).write_text(words, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ingest",
        str(corpus),
        "--index",
        str(index_dir),
        "--json",
        cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    return "" if process.returncode in (0, 3) else f"An ingest ended with code {process.returncode}: {last}"
