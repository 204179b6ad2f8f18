"""Progress bars on the error stream, for as long as a command works."""

from rich.progress import Progress, TaskID


class Bars:
    """Bars that start and stop with a ``with`` block; one task a name."""

    def __init__(self, progress: Progress) -> None:
        """Show tasks in ``progress``."""
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Bars":
        """Start to draw."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing."""
        self._progress.stop()

    def show(self, name: str, done: int, total: int | None, description: str = "") -> None:
        """Bring the task called ``name`` to ``done`` of ``total``; it begins with its first showing."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(description or name, total=total)
        self._progress.update(self._tasks[name], completed=done, total=total)

    def end(self, name: str) -> None:
        """Take a task away."""
        task = self._tasks.pop(name, None)
        if task is not None:
            self._progress.remove_task(task)
