"""Results of a load test in figures, as a report, and as a drawing of the memory over time."""

import math
import statistics
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """One question that was asked under load.

    Attributes:
        at: Seconds since the phase began.
        seconds: From sending the question until the page was whole.
        same: Whether quotations and citations were those that one alone got.
        faults: What went wrong, as sentences.
    """

    question: str
    at: float
    seconds: float
    same: bool
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """Memory of the app at a moment.

    Attributes:
        at: Seconds since the phase began.
        megabytes: Resident memory of its process.
        generation: Name of the generation in use.
    """

    at: float
    megabytes: float
    generation: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A time of even load.

    Attributes:
        sessions: Browser tabs that asked.
        pause: Mean seconds between an answer and the next question of a tab.
        seconds: How long it lasted.
        cpu: Processor seconds that the app used meanwhile.
        samples: Its memory over time.
        ingests: Ingests that ended well meanwhile.
        faults: What went wrong beside single questions, as sentences.
    """

    sessions: int
    pause: float
    seconds: float
    replies: tuple[Reply, ...]
    cpu: float
    samples: tuple[Sample, ...] = ()
    ingests: int = 0
    faults: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[str, ...]:
        """Everything that went wrong."""
        return (*self.faults, *(fault for reply in self.replies for fault in reply.faults))

    @property
    def different(self) -> tuple[str, ...]:
        """Questions whose answer was not the one that one alone got."""
        return tuple(dict.fromkeys(reply.question for reply in self.replies if not reply.same and not reply.faults))

    def within(self, share: float) -> float:
        """Seconds within which a share of the questions was answered; 0 when none was asked."""
        times = sorted(reply.seconds for reply in self.replies)
        return times[math.ceil(share * len(times)) - 1] if times else 0.0

    def slope(self, after: float) -> float:
        """Growth of the memory in MB a minute by least squares, from a second on; 0 for fewer than three samples."""
        later = [(sample.at / 60, sample.megabytes) for sample in self.samples if sample.at >= after]
        if len(later) < 3:
            return 0.0
        minutes, sizes = zip(*later, strict=True)
        return statistics.linear_regression(minutes, sizes).slope

    def figures(self, warm_up: float) -> dict[str, float | int]:
        """The phase in figures; memory counts from second ``warm_up`` on."""
        sizes = [sample.megabytes for sample in self.samples if sample.at >= warm_up]
        asked = len(self.replies)
        return {
            "sessions": self.sessions,
            "pause_seconds": self.pause,
            "seconds": round(self.seconds, 1),
            "offered_a_second": round(self.sessions / self.pause, 2) if self.pause else 0,
            "questions": asked,
            "questions_a_second": round(asked / self.seconds, 2),
            "median_seconds": round(self.within(0.5), 2),
            "p95_seconds": round(self.within(0.95), 2),
            "longest_seconds": round(self.within(1.0), 2),
            "errors": len(self.errors),
            "other_answers": sum(not reply.same and not reply.faults for reply in self.replies),
            "processor_seconds_a_question": round(self.cpu / asked, 2) if asked else 0,
            "generations": len({sample.generation for sample in self.samples}),
            "ingests": self.ingests,
            "memory_mb_least": round(min(sizes, default=0)),
            "memory_mb_most": round(max(sizes, default=0)),
            "memory_mb_a_minute": round(self.slope(warm_up), 2),
        }


@dataclass(frozen=True, slots=True)
class Load:
    """A whole load test.

    Attributes:
        machine: Where and over what it ran, in words.
        alone: What the first session got alone.
        main: Many sessions, with ingests unless they were left out.
        steps: More and more load without ingests; () when no capacity was searched.
        limit: Seconds within which 95 of 100 answers have to come.
        warm_up: Seconds of the main phase that its memory is not counted.
    """

    machine: str
    alone: Phase
    main: Phase
    steps: tuple[Phase, ...]
    limit: float
    warm_up: float

    @property
    def capacity(self) -> Phase | None:
        """The highest load that was within the limit; None when none was, or none was tried."""
        within = [step for step in self.steps if step.within(0.95) <= self.limit and not step.errors]
        return max(within, key=lambda step: len(step.replies) / step.seconds, default=None)

    @property
    def is_passed(self) -> bool:
        """True when the main phase had no error and no other answer, and stayed within the limit."""
        return not self.main.errors and not self.main.different and self.main.within(0.95) <= self.limit

    def as_json(self) -> dict[str, object]:
        """Everything for programs."""
        return {
            "machine": self.machine,
            "passed": self.is_passed,
            "alone": self.alone.figures(0),
            "main": self.main.figures(self.warm_up),
            "steps": [step.figures(0) for step in self.steps],
            "errors": list(self.main.errors),
            "other_answers": list(self.main.different),
            "memory": [[round(sample.at), round(sample.megabytes, 1)] for sample in self.main.samples],
        }


_ROWS = {
    "sessions": "sessions",
    "pause_seconds": "mean pause, s",
    "offered_a_second": "offered, questions a second if answers took no time",
    "questions": "questions asked",
    "questions_a_second": "questions a second",
    "median_seconds": "median, s",
    "p95_seconds": "95 % within, s",
    "longest_seconds": "longest, s",
    "errors": "errors",
    "other_answers": "answers that differ",
    "processor_seconds_a_question": "processor seconds a question",
    "ingests": "ingests meanwhile",
    "generations": "generations in use",
    "memory_mb_least": "memory, least MB",
    "memory_mb_most": "memory, most MB",
    "memory_mb_a_minute": "growth of memory, MB a minute",
}
_STEP = (
    "pause_seconds",
    "offered_a_second",
    "questions_a_second",
    "median_seconds",
    "p95_seconds",
    "longest_seconds",
    "errors",
    "other_answers",
)


def markdown(load: Load, drawing: str = "") -> str:
    """The report as Markdown, with a drawing of the memory where one is named."""
    alone, main = load.alone.figures(0), load.main.figures(load.warm_up)
    rows = [f"| {words} | {alone[name]:,} | {main[name]:,} |" for name, words in _ROWS.items()]
    lines = [
        "# Many people at once",
        "",
        f"Written by `python -m benchmarks.load`: {load.machine}.",
        "",
        "| | one session alone | many sessions |",
        "|---|---|---|",
        *rows,
        "",
        f"Memory counts from second {load.warm_up:.0f} on; its growth is a line of least squares.",
        "",
    ]
    lines += [f"![Memory of the app]({drawing})", ""] if drawing else []
    if load.steps:
        head = " | ".join(_ROWS[name] for name in _STEP)
        lines += ["More and more load, without ingests:", "", f"| {head} |", f"|{'---|' * len(_STEP)}"]
        lines += [f"| {' | '.join(f'{step.figures(0)[name]:,}' for name in _STEP)} |" for step in load.steps]
        best = load.capacity
        lines += [
            "",
            f"Capacity, 95 % within {load.limit:g} s: "
            + (f"{len(best.replies) / best.seconds:.2f} questions a second." if best else "below the lightest step."),
            "",
        ]
    return "\n".join(lines)


def memory_drawing(phase: Phase) -> str:
    """The memory of the app over time as SVG; a tick below for each new generation."""
    wide, high, left, base = 640, 180, 60, 150
    last = max((sample.at for sample in phase.samples), default=1) or 1
    most = max((sample.megabytes for sample in phase.samples), default=1) * 1.1 or 1
    points = " ".join(
        f"{left + sample.at / last * (wide - left - 10):.1f},{base - sample.megabytes / most * 130:.1f}"
        for sample in phase.samples
    )
    new = [
        after.at
        for before, after in zip(phase.samples, phase.samples[1:], strict=False)
        if before.generation != after.generation
    ]
    ticks = "".join(f'<path d="M{left + at / last * (wide - left - 10):.1f} {base}v6"/>' for at in new)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="Memory of the app over {last:.0f} seconds, at most {most / 1.1:.0f} MB" '
        'font-family="sans-serif" font-size="11" stroke-width="1.5">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<g stroke="#515c68" fill="none"><path d="M{left} 15V{base}H{wide - 10}"/>{ticks}</g>'
        f'<polyline points="{points}" fill="none" stroke="#1d3f66"/>'
        f'<g fill="#1a222b"><text x="4" y="24">{most:,.0f} MB</text><text x="4" y="{base}">0</text>'
        f'<text x="{left}" y="{high - 6}">0 s; ticks: a new generation came into use</text>'
        f'<text x="{wide - 50}" y="{high - 6}">{last:,.0f} s</text></g></svg>\n'
    )
