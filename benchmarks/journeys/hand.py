"""The hand of a user: keys that are pressed one by one and counted, and what must stand on the screen."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error, Locator, Page

FURTHEST = 250
"""Tab keys after which a control counts as not to be reached. Set by hand; not measured."""
WINDOW = (1366, 768)
"""Width and height of the screen in pixels: the smallest that an office has. Set by hand; not measured."""
AT_REST = (
    "() => window.pinpointTab?.name && document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning' && "
    "!document.querySelector('[data-stale=true]')"
)
_PAUSE = 200
"""Milliseconds between the last character and Enter: a form learns of what is typed a little later. Set by hand."""
_FOCUSED = "part => part === document.activeElement || part.contains(document.activeElement)"
_IN_VIEW = """part => { const seen = part.getBoundingClientRect();
    return seen.width > 0 && seen.top >= 0 && seen.top < innerHeight && seen.left >= 0 && seen.left < innerWidth; }"""


class JourneyFailed(Exception):
    """What should have stood on the screen, or been reached, and did not."""

    def __init__(self, step: str, reason: str) -> None:
        """Say at which step, and what."""
        super().__init__(f"at \u201c{step}\u201d: {reason}")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a journey that is done: its name, how many seconds it took, and the keys pressed in it."""

    name: str
    seconds: float
    keys: int


@dataclass(slots=True)
class Hand:
    """Presses keys in a page and counts them; a chord counts as one key.

    Attributes:
        page: The page of the browser.
        folder: Where downloads are written.
        keys: Keys so far.
        clicks: Clicks so far.
        step: What is being done, for the report of a failure.
        steps: What is done.
    """

    page: Page
    folder: Path
    keys: int = 0
    clicks: int = 0
    step: str = "start"
    steps: list[Step] = field(default_factory=list)
    _begun: float = 0.0
    _keys: int = 0

    def begin(self, step: str) -> None:
        """Begin a step."""
        self.step, self._begun, self._keys = step, time.perf_counter(), self.keys

    def done(self) -> None:
        """End the step, and its time."""
        self.steps.append(Step(self.step, time.perf_counter() - self._begun, self.keys - self._keys))

    @property
    def seconds(self) -> float:
        """Seconds of all steps that are done."""
        return sum(step.seconds for step in self.steps)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        """Type a text, a key a character."""
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.page.wait_for_timeout(_PAUSE)

    def paste(self, text: str) -> None:
        """Paste a text that another program has put into the clipboard."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+V")
        self.page.wait_for_timeout(_PAUSE)

    def reach(self, target: Locator, what: str, *, key: str = "Tab") -> None:
        """Press a key, Tab or an arrow, until a control has the focus.

        Raises:
            JourneyFailed: It is not there, or the key does not come to it.
        """
        self.see(target, what, in_view=False)
        for _ in range(FURTHEST):
            if target.first.evaluate(_FOCUSED):
                return
            self.press(key)
        raise JourneyFailed(self.step, f"{FURTHEST} times {key} does not reach {what}")

    def see(self, target: Locator, what: str, *, in_view: bool = True) -> None:
        """Wait until something is drawn, and stands in the window.

        Raises:
            JourneyFailed: It is not there in time.
        """
        try:
            target.first.wait_for()
            if in_view:
                self.page.wait_for_function(f"part => ({_IN_VIEW})(part)", arg=target.first.element_handle())
        except Error as error:
            where = "in view" if in_view else "there"
            raise JourneyFailed(self.step, f"{what} is not {where}: {error.message.splitlines()[0]}") from error

    def rest(self) -> None:
        """Wait until the app has drawn all.

        Raises:
            JourneyFailed: It does not come to rest.
        """
        try:
            self.page.wait_for_timeout(_PAUSE)
            self.page.wait_for_function(AT_REST)
        except Error as error:
            raise JourneyFailed(self.step, f"the app does not rest: {error.message.splitlines()[0]}") from error

    def download(self, act: Callable[[], None], what: str) -> Path:
        """The file that an act downloads.

        Raises:
            JourneyFailed: Nothing comes.
        """
        try:
            with self.page.expect_download() as waiting:
                act()
            file = self.folder / waiting.value.suggested_filename
            waiting.value.save_as(file)
        except Error as error:
            raise JourneyFailed(self.step, f"{what} is not downloaded: {error.message.splitlines()[0]}") from error
        return file

    def require(self, true: object, what: str) -> None:
        """Fail where something that was on the screen or in a file is not as it must be.

        Raises:
            JourneyFailed: It is not so.
        """
        if not true:
            raise JourneyFailed(self.step, what)
