"""One word for one thing: the field's words in names, docstrings, comments and documents, and none of the old ones.

What people read in the app, in messages and in JSON is not held to the table, but for the words that it refuses
``everywhere``; neither are the texts of documents. The name of a test is prose.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = (
    *("access", "answer", "benchmarks", "changes", "citations", "collection", "deployment", "drafts", "editor_notes"),
    *(
        "evaluation",
        "http_server",
        "index",
        "ingest",
        "local_cluster",
        "mcp_server",
        "operations",
        "pdfview",
        "pinpoint",
        "ui",
    ),
)
NOT_OURS = ("tests/corpus/", "tests/golden/", "tests/test_words.py")
"""Texts of documents, what is read out of them, and this table."""
Scope = Literal["names", "prose", "everywhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An old word.

    Attributes:
        word: Regular expression of it: of a whole word of a name, and of words of a text.
        instead: What to write.
        scope: "names": names in code and of files; "prose": docstrings, comments and documents as well; "everywhere":
            the strings of the product too.
        allowed: Regular expression of what may stand in prose all the same.
        only: Beginnings of the paths in which it is refused; everywhere when not given.
        why: Reason for what is allowed.
    """

    word: str
    instead: str
    scope: Scope = "prose"
    allowed: str = ""
    only: tuple[str, ...] = ("",)
    why: str = ""


REFUSED = (
    Refusal(
        word=r"stretch(?:es|ed|ing)?",
        instead="span, fragment, match",
        scope="everywhere",
        allowed=r'^"stretch"$',
        why="a width that Streamlit knows",
    ),
    Refusal(word=r"folios?", instead="page number", scope="everywhere"),
    Refusal(
        word=r"slip(?:s|ped|ping)?",
        instead="typo",
        scope="everywhere",
        allowed=r"slip (?:laws?|opinions?)",
        why="kinds of documents",
    ),
    Refusal(word=r"pieces?", instead="fragment, part, line"),
    Refusal(word=r"kept", instead="stored, cached, retained"),
    Refusal(word=r"mend(?:s|ed|ing)?", instead="correct, repair"),
    Refusal(word=r"meant", instead="embedding_text, intended"),
    Refusal(word=r"underst(?:ood|anding)", instead="ExpandedQuery", scope="names", why="in prose it is what people do"),
    Refusal(word=r"short[ _-]forms?", instead="abbreviation"),
    Refusal(
        word=r"gain(?:s|ed)?",
        instead="boost",
        allowed=r"cumulative gain|gain = grade",
        why="nDCG: normalised discounted cumulative gain",
    ),
    Refusal(word=r"pointers", instead="CitationBoost, references"),
    Refusal(
        word=r"places?",
        instead="span, position, match; passage table",
        allowed=r"in (?:its|their|the) place\b|\bin place\b|\bt(?:ake|akes|aken|aking|ook) (?:\w+ )?place\b|"
        r"\bplaces? of (?:birth|residence|business|confinement|detention)|\bdecimal places?|\bin the first place",
        why="English idioms, and places on the map",
    ),
    Refusal(word=r"desks?", instead="tab_store"),
    Refusal(word=r"(?:un)?woven|weav(?:e|es|ing)", instead="annotate"),
    Refusal(word=r"sheets?", instead="handout", allowed=r"style[ -]?sheets?", why="CSS"),
    Refusal(word=r"rungs?|ladders?", instead="authority level"),
    Refusal(word=r"quotable", instead="citable"),
    Refusal(word=r"letters", instead="normalised characters", scope="names", why="in prose those of the alphabet"),
    Refusal(word=r"holds?", instead="lease", scope="names", why="in prose a verb"),
    Refusal(
        word=r"margins?",
        instead="header and footer",
        scope="names",
        only=("ingest/readers/",),
        why="Word files and drawings have margins",
    ),
    Refusal(
        word=r"pairs?",
        instead="bigram",
        scope="names",
        only=("index/query/", "index/ranking/lexical.py", "index/ranking/scores.py"),
        why="elsewhere two things that belong together, such as a question and a passage",
    ),
    Refusal(word=r"turns?", instead="queue", scope="names", only=("ui/",), why="elsewhere a rotation"),
)
OLD_TYPES = {"Understood", "Wanted", "Wrap", "Point", "Threads", "Stretch", "Hold", "Sheet", "Provisions"}
"""Names of types, exactly: in small letters they are plain English."""
OLD_METHODS = {"cut", "now", "home", "bearing", "finest", "around"}
"""Methods that the document store once had; their names said nothing."""
STORES = {"provisions", "_provisions", "store", "_store", "documents", "_documents"}
OLD_NAMES = re.compile(rf"\b(?:{'|'.join(OLD_TYPES)})\b|\b(?:{'|'.join(STORES)})\s*\.\s*(?:{'|'.join(OLD_METHODS)})\b")
"""Whatever ``old_names`` finds has one of these; most files have none, and are not read as syntax."""
Lines = tuple[tuple[int, str], ...]
"""Line numbers with what stands there."""


@cache
def texts() -> tuple[str, ...]:
    """Paths of everything that is held to the table."""
    files = [file for folder in (*CODE, "tests") for file in (ROOT / folder).rglob("*.py")]
    files += [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.py")]
    files += [ROOT / "app.py", ROOT / "Makefile", ROOT / "pyproject.toml"]
    return tuple(sorted(name for file in files if not (name := file.relative_to(ROOT).as_posix()).startswith(NOT_OURS)))


def words_of(name: str) -> list[str]:
    """The words of a name in snake_case or CamelCase, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


@cache
def is_refused(word: str, name: str) -> bool:
    """Whether a name has a word; asked of each name once, for the same names stand everywhere."""
    return any(re.fullmatch(word, one) for one in words_of(name)) or bool(re.fullmatch(word, name.lower()))


def parts_of(text: str) -> tuple[Lines, Lines, Lines]:
    """Names, prose and other strings of a Python source."""
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(ast.parse(text)) if isinstance(node, described)]
    docstrings = {
        line
        for body in bodies
        for child in body
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        for line in [child.lineno]
    }
    names, prose, strings = [], [], []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        line = token.start[0]
        if token.type == tokenize.NAME:
            is_test = token.string.startswith("test_")
            (prose if is_test else names).append((line, token.string.replace("_", " ") if is_test else token.string))
        elif token.type == tokenize.COMMENT:
            prose.append((line, token.string))
        elif token.type == tokenize.STRING or token.type == getattr(tokenize, "FSTRING_MIDDLE", -1):
            into = prose if line in docstrings else strings
            into += enumerate(token.string.splitlines(), start=line)
    return tuple(names), tuple(prose), tuple(strings)


def old_names(text: str) -> Iterator[tuple[int, str]]:
    """Old types, and old methods of the document store where it is asked or made."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name | ast.ClassDef):
            name = node.id if isinstance(node, ast.Name) else node.name
            if name in OLD_TYPES:
                yield node.lineno, name
        elif isinstance(node, ast.Attribute) and node.attr in OLD_METHODS:
            holder = getattr(node.value, "attr", getattr(node.value, "id", ""))
            if holder in STORES:
                yield node.lineno, f"{holder}.{node.attr}"


def refused(path: str, text: str) -> Iterator[str]:
    """What a file has of the old words, a line of a message each."""
    near = [
        one for one in REFUSED if path.startswith(one.only) and re.search(one.word, f"{path} {text}", re.IGNORECASE)
    ]
    lines = tuple(enumerate(text.splitlines(), start=1))
    names, prose, strings = parts_of(text) if near and path.endswith(".py") else ((), lines, ())
    named = (*((0, part) for part in re.split(r"[/.]", path)), *names)
    product = not path.startswith("tests/")
    for refusal in near:
        within = re.compile(rf"\b(?:{refusal.word})\b", re.IGNORECASE)
        for line, name in named:
            if is_refused(refusal.word, name):
                yield f"{path}:{line} {name}: {refusal.instead}"
        held = {"names": (), "prose": prose, "everywhere": (*prose, *(strings if product else ()))}[refusal.scope]
        if not within.search("\n".join(said for _, said in held)):  # one look at all lines; hardly a file has the word
            continue
        for line, said in held:
            bare = re.sub(refusal.allowed, "", said, flags=re.IGNORECASE) if refusal.allowed else said
            if found := within.search(bare):
                yield f"{path}:{line} “{found.group()}”: {refusal.instead}"
    if path.endswith(".py") and OLD_NAMES.search(text):
        yield from (f"{path}:{line} {name}: an old name" for line, name in old_names(text))


def test_the_words_are_those_of_the_field():
    found = [message for path in texts() for message in refused(path, (ROOT / path).read_text(encoding="utf-8"))]
    assert not found, f"{len(found)} old words; write:\n" + "\n".join(found)


CASES = [
    ("index/a.py", "kept_terms = 1", ["kept_terms"], "a word of a name in snake_case"),
    ("index/a.py", "class TextStretch: ...", ["TextStretch"], "a word of a name in CamelCase"),
    ("index/a.py", "stretchable = 1", [], "a part of a word is another word"),
    ("index/a.py", '"""Mend it."""', ["“Mend”"], "a docstring"),
    ("index/a.py", "x = 1  # a piece of text", ["“piece”"], "a comment"),
    ("index/a.py", "x = 'this piece of text'", [], "a string is what people read"),
    ("index/a.py", "x = f'a folio {1}'", ["“folio”"], "refused in strings too"),
    ("ui/a.py", 'button(width="stretch")', [], "the value of an option"),
    ("tests/a.py", "x = 'a folio'", [], "the strings of tests are cases"),
    ("tests/a.py", "def test_a_file_holds_a_text(): ...", [], "the name of a test is prose, where it is a verb"),
    ("tests/a.py", "def test_a_piece_is_found(): ...", ["“piece”"], "prose is held to the words as well"),
    ("index/hold.py", "", ["hold"], "the name of a file"),
    ("ui/a.py", "turns = 1", ["turns"], "refused in one package"),
    ("pdfview/a.py", "turns = 1", [], "and not in another"),
    ("evaluation/a.py", '"""Discounted cumulative gain."""', [], "a term of the field"),
    ("README.md", "the place of a word, in place of it", ["“place”"], "an idiom beside the refused word"),
    ("README.md", "where the interview takes place", [], "an idiom"),
    ("index/a.py", "provisions.cut(1)", ["provisions.cut"], "an old method of the store"),
    ("index/a.py", "datetime.now()", [], "the same name of something else"),
    ("index/a.py", "x: Wanted\nwanted = 1", ["Wanted"], "an old type; the word itself is English"),
]


@pytest.mark.parametrize(("path", "text", "found", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_old_words_are_found_where_they_are_refused(path, text, found, reason):
    messages = [message.partition(" ")[2].partition(": ")[0] for message in refused(path, text)]
    assert messages == found
