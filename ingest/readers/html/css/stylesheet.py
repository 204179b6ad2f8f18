"""A page's own style sheets: the declarations that decide what is seen, struck out or numbered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.html.css.media import applies_to_screen
from ingest.readers.html.css.selectors import Selector, UnknownSelector, parse_selectors

PROPERTIES = frozenset(
    {
        "clip",
        "clip-path",
        "content",
        "counter-increment",
        "counter-reset",
        "counter-set",
        "display",
        "font",
        "font-family",
        "font-size",
        "left",
        "list-style",
        "list-style-type",
        "margin-left",
        "padding-left",
        "position",
        "text-decoration",
        "text-decoration-line",
        "vertical-align",
        "visibility",
        "white-space",
    }
)
_TOKEN = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\\.|[{};]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
_DECLARATION = re.compile(
    r"(?P<name>-?[a-zA-Z][\w-]*)\s*:\s*(?P<value>(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^;\"'()])*)"
)
_AT = re.compile(r"@([\w-]+)\s*(.*)", re.DOTALL)
_SIDES = 4  # top, right, bottom, left; fewer state no edge of its own on the left
_HELD = ("supports", "layer", "container", "scope", "document", "starting-style")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property of a rule."""

    name: str
    value: str
    important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is applied: its order among all rules settles what its weight does not."""

    selector: Selector
    declarations: tuple[Declaration, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """All rules of a page.

    Attributes:
        counter_styles: Numberings of its own, by name.
    """

    rules: tuple[Rule, ...]
    counter_styles: dict[str, dict[str, str]]


def parse_stylesheet(text: str) -> Stylesheet:
    """The rules of a stylesheet for a screen that bear on what is read."""
    counter_styles: dict[str, dict[str, str]] = {}
    rules = []
    for order, (prelude, body) in enumerate(_rules(_COMMENT.sub(" ", text), counter_styles)):
        declarations = tuple(d for d in parse_declarations(body) if d.name in PROPERTIES)
        if not declarations:
            continue
        try:
            selectors = parse_selectors(prelude)
        except UnknownSelector:
            continue
        rules += [Rule(selector, declarations, order) for selector in selectors]
    return Stylesheet(tuple(rules), counter_styles)


def parse_declarations(text: str) -> Iterator[Declaration]:
    """The declarations of a rule or of a ``style`` attribute."""
    for match in _DECLARATION.finditer(text):
        value = match["value"].strip()
        plain = re.sub(r"\s*!\s*important\s*$", "", value, flags=re.IGNORECASE)
        name, sides = match["name"].lower(), plain.split()
        if name in ("margin", "padding") and len(sides) == _SIDES:
            yield Declaration(f"{name}-left", sides[-1], plain != value)
        else:
            yield Declaration(name, plain, plain != value)


def _rules(text: str, counter_styles: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule, those inside of conditions that hold included."""
    for prelude, body in _blocks(text):
        at = _AT.match(prelude)
        if at is None:
            yield prelude, body
        elif at[1] == "media":
            if applies_to_screen(at[2]):
                yield from _rules(body, counter_styles)
        elif at[1] in _HELD:
            if not at[2].strip().startswith("not"):
                yield from _rules(body, counter_styles)
        elif at[1] == "counter-style":
            counter_styles[at[2].strip()] = {d.name: d.value for d in parse_declarations(body)}


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands before each pair of braces of the outermost level, and in it."""
    depth, start, opened, prelude = 0, 0, 0, ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "{":
            if depth == 0:
                prelude, opened = text[start : match.start()].strip(), match.end()
            depth += 1
        elif token == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                if prelude:
                    yield prelude, text[opened : match.start()]
                prelude, start = "", match.end()
        elif token == ";" and depth == 0:
            start = match.end()
    if depth and prelude:
        yield prelude, text[opened:]  # styles that end too early are closed as a browser does
