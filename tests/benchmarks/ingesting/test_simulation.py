"""The list scheduler that replays measured tasks for more workers."""

import pytest

from benchmarks.ingesting.simulation import MeasuredDocument, Measurements, batches_of, limits, simulate


def measured(*documents, taking_over=0.0, writing=0.0, batch=10):
    made = [
        MeasuredDocument(file=f"{number}.md", size=size, seconds=seconds, texts=texts)
        for number, (size, seconds, texts) in enumerate(documents)
    ]
    return Measurements(
        documents=made, batch=batch, text_seconds=0.1, taking_over=taking_over, writing=writing
    )  # fmt: skip


CASES = [  # (measurements, workers, seconds of reading and embedding, reason)
    (measured((1, 2.0, 0)), 1, 2.0, "one document"),
    (measured((1, 2.0, 0), (2, 3.0, 0)), 1, 5.0, "one after the other"),
    (measured((1, 2.0, 0), (2, 3.0, 0)), 2, 3.0, "both at once"),
    (measured((1, 2.0, 0), (2, 2.0, 0), (9, 4.0, 0)), 2, 4.0, "the largest first: 2 and 2 beside 4"),
    (measured((9, 2.0, 0), (8, 2.0, 0), (1, 4.0, 0)), 2, 6.0, "by size alone: 4 comes last"),
    (measured((1, 1.0, 25)), 1, 3.5, "25 texts of 0.1 s behind 1 s"),
    (measured((1, 1.0, 25)), 3, 2.0, "three batches at once, of 10, 10 and 5"),
    (measured((1, 1.0, 25)), 99, 2.0, "no more than the batches"),
    (measured((1, 1.0, 10), taking_over=0.5), 2, 7.0, "1 s, 5 s to take it over, 1 s to embed"),
    (measured((1, 1.0, 10), (1, 1.0, 10), taking_over=0.5), 2, 12.0, "taken over one after the other"),
]


@pytest.mark.parametrize(("given", "workers", "seconds", "reason"), CASES)
def test_tasks_are_replayed(given, workers, seconds, reason):
    assert simulate(given, workers).tasks == pytest.approx(seconds), reason


def test_the_writing_comes_behind_all_and_more_workers_never_take_longer():
    given = measured(*((size, size / 7, 3 * size) for size in range(1, 40)), taking_over=0.001, writing=3.0)
    runs = [simulate(given, workers) for workers in (1, 2, 4, 8, 20)]
    assert all(run.whole == run.tasks + 3.0 for run in runs)
    assert [run.tasks for run in runs] == sorted((run.tasks for run in runs), reverse=True)
    assert runs[0].tasks == pytest.approx(given.work, rel=0.01)
    assert all(run.whole >= seconds for run in runs for _, seconds in limits(given))
    assert batches_of(given) == sum(-(-one.texts // 10) for one in given.documents)
