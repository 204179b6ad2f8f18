"""One word for one thing: the field's words in names, docstrings, comments and documents, and none of the old ones.

The words that people read in the app, in messages and in JSON are not held to the table, but for those that it
refuses ``everywhere``; neither are the texts of the corpus.
"""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().relative_to(ROOT).as_posix()
UNFINISHED = ("answer/", "collection/", "index/", "ingest/", "pdfview/", "ui/")
"""Rooms (how a path begins, or ends) in which old words still stand; a room that is done is taken out."""
NOT_OURS = ("corpus/", "tests/corpus/", "tests/golden/")
"""Texts of documents, and what is read out of them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An old word.

    Attributes:
        word: Regular expression of it, matched against whole words of a name in lower case, or within prose.
        instead: What to write.
        scope: "names": names in code and of files; "prose": names, docstrings, comments and documents as well;
            "everywhere": messages and other strings too.
        allowed: Regular expression of what may stand in prose all the same: an idiom, or another thing of that name.
        rooms: How the paths begin in which it may stand.
        why: Reason for what is allowed.
    """

    word: str
    instead: str
    scope: str = "prose"
    allowed: str = ""
    rooms: tuple[str, ...] = ()
    why: str = ""


REFUSED = (
    Refusal(r"stretch(es|ed|ing)?", "span, fragment, match", "everywhere"),
    Refusal(r"folios?", "page number", "everywhere"),
    Refusal(r"slip(s|ped|ping)?", "typo", "everywhere"),
    Refusal(r"pieces?", "fragment, part, line"),
    Refusal(r"kept", "stored, cached, retained"),
    Refusal(r"mend(s|ed|ing)?", "correct, repair"),
    Refusal(r"meant", "embedding_text, intended"),
    Refusal(r"underst(ood|anding)", "ExpandedQuery, parsed"),
    Refusal(r"short[ _]forms?", "abbreviation"),
    Refusal(r"gain(s|ed)?", "boost"),
    Refusal(r"pointers?", "CitationBoost, reference"),
    Refusal(r"place|places", "span, position, match"),
    Refusal(r"desks?", "tab_store"),
    Refusal(r"(un)?woven|weav(e|es|ing)", "annotate"),
    Refusal(r"sheets?", "handout"),
    Refusal(r"rungs?|ladders?", "authority level"),
    Refusal(r"quotable", "citable"),
    Refusal(r"letters", "characters", "names"),
    Refusal(r"holds?", "lease", "names"),
    Refusal(r"margins?", "header and footer", "names"),
    Refusal(r"pairs?", "bigram", "names"),
    Refusal(r"turns?", "queue", "names"),
)
OLD_TYPES = {"Understood", "Wanted", "Wrap", "Point", "Threads", "Stretch", "Hold", "Sheet"}
"""Names of types, exactly: as words of other names they are plain English."""
OLD_METHODS = {"cut", "now", "home", "bearing", "finest", "around"}
"""Methods that the document store once had, by names that said nothing."""
STORES = {"provisions", "_provisions", "store", "_store"}


@cache
def tracked() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(
        name
        for name in listed.splitlines()
        if name.endswith((".py", ".md")) and not name.startswith(NOT_OURS) and name != HERE and (ROOT / name).exists()
    )


def words_of(name: str) -> list[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


@cache
def read(file: str) -> tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """Names, prose and other strings of a file, each with its line."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if file.endswith(".md"):
        return (), tuple(enumerate(text.splitlines(), start=1)), ()
    tree = ast.parse(text)
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    prose: list[tuple[int, str]] = []
    docstrings = set()
    for node in ast.walk(tree):
        for child in getattr(node, "body", ()) if isinstance(node, described) else ():
            if (
                isinstance(child, ast.Expr)
                and isinstance(child.value, ast.Constant)
                and isinstance(child.value.value, str)
            ):
                docstrings.add(child.lineno)
                prose += enumerate(child.value.value.splitlines(), start=child.lineno)
    names, strings = [], []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        line = token.start[0]
        if token.type == tokenize.NAME:
            names.append((line, token.string))
        elif token.type == tokenize.COMMENT:
            prose.append((line, token.string))
        elif token.type == tokenize.STRING and line not in docstrings:
            strings.append((line, token.string))
    return tuple(names), tuple(prose), tuple(strings)


def found(file: str) -> Iterator[str]:
    """What a file has of the old words, one line of a message each."""
    names, prose, strings = read(file)
    path = [(0, part) for part in re.split(r"[/.]", file)]
    for refusal in REFUSED:
        if file.startswith(refusal.rooms or "\0"):
            continue
        whole = re.compile(refusal.word)
        for line, name in (*path, *names):
            if any(whole.fullmatch(word) for word in words_of(name)) or ("_" in refusal.word and whole.search(name)):
                yield f"{file}:{line} {name}: {refusal.instead}"
        texts = {"names": (), "prose": prose, "everywhere": (*prose, *strings)}[refusal.scope]
        within = re.compile(rf"\b(?:{refusal.word})\b", re.IGNORECASE)
        for line, text in texts:
            bare = re.sub(refusal.allowed, "", text, flags=re.IGNORECASE) if refusal.allowed else text
            if match := within.search(bare):
                yield f"{file}:{line} “{match.group()}”: {refusal.instead}"
    yield from (f"{file}:{line} {name}: an old name of a type" for line, name in names if name in OLD_TYPES)


@pytest.mark.parametrize("file", [""])
def test_x(file):
    pass
