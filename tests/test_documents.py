"""What the documents say is so: paths, modules, links and commands that they name are there; README stays short."""

import contextlib
import functools
import io
import re
import runpy
import sys
import warnings
from pathlib import Path

import pytest

from pinpoint.settings import VARIABLES, table
from tests.test_architecture import MAY_IMPORT

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "corpus/README.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
NAMES = [document.relative_to(ROOT).as_posix() for document in DOCUMENTS]
WORDS = 1500
SETTINGS = {variable.key for variable in VARIABLES}
"""Names such as `index.folder`, which a file of settings has."""
PACKAGES = "answer|benchmarks|citations|collection|evaluation|index|ingest|pdfview|pinpoint|tests|ui"
NOT_HERE = (
    r"build/.*",  # what commands write
    r"(corpus/)?official/.*",  # what fetch downloads
    r"\.streamlit/secrets\.toml",  # what an administrator writes
    r"\.\./shared/.*",  # documents beside a checkout
    r"manifest\.toml|editor-notes\.toml|intake\.json",  # in any corpus folder, in any generation
    r"pinpoint\.toml",  # what an administrator writes as well
    r"tvisa-dev\.jsonl",  # beside a checkout, with the documents that it asks about
    r".*\b[A-Z]{4,}\b.*(?<!\.md)",  # NAME stands for a name
)
FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|md|toml|json|jsonl|svg|png|txt|js|css))")
MODULE = re.compile(rf"(?:{PACKAGES})(?:\.\w+)+")


def headings(document):
    """Anchors of a document, as GitHub and the site make them."""
    found = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def spans(text):
    """What stands in backticks, but in blocks of code."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


@functools.cache
def file_names():
    left_out = {".git", ".venv", "build", "__pycache__"}
    return {file.name for file in ROOT.rglob("*") if not left_out & set(file.relative_to(ROOT).parts)}


def exists(path, document):
    """Whether a path is there: from the root, from the folder of the document, or, for a bare name, anywhere."""
    if any(re.fullmatch(pattern, path) for pattern in NOT_HERE):
        return True
    if "/" not in path.rstrip("/"):
        return path.rstrip("/") in file_names()
    return (ROOT / path).exists() or (document.parent / path).exists()


def is_defined(dotted):
    """Whether a dotted name is a module, or something that its module defines."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:length])
        file = next((file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()), None)
        if file:
            code, rest = file.read_text(encoding="utf-8"), parts[length:]
            return all(re.search(rf"\b(?:def|class) {name}\b|\b{name}\b\"?\s*[:=,\]]", code) for name in rest)
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_links_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path) if path else document
        assert file.exists(), target
        assert not anchor or anchor in headings(file), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_files_and_modules_in_backticks_are_there(document):
    for span in spans(document.read_text(encoding="utf-8")):
        if FILE.fullmatch(span):
            assert exists(span, document), span
        elif MODULE.fullmatch(span):
            assert is_defined(span) or span in SETTINGS, span


RECOGNISED = [  # (span, whether it is there, reason)
    ("index/search.py", True, "a file"),
    ("index/ranking/", True, "a folder"),
    ("index/hybrid.py", False, "a file of another name"),
    ("test_search.py", True, "a file by its name alone"),
    ("test_hybrid.py", False, "no file of that name"),
]


@pytest.mark.parametrize(("path", "there", "reason"), RECOGNISED, ids=[row[2] for row in RECOGNISED])
def test_a_path_is_recognised(path, there, reason):
    assert FILE.fullmatch(path) and exists(path, ROOT / "README.md") is there


DEFINED = [
    ("ingest.pipeline.ingest_corpus", True, "a function"),
    ("index.search.HybridIndex.search", True, "a method"),
    ("index.hybrid.HybridIndex", False, "no such module"),
    ("index.search.Hybrid", False, "no such class"),
]


@pytest.mark.parametrize(("dotted", "there", "reason"), DEFINED, ids=[row[2] for row in DEFINED])
def test_a_module_is_recognised(dotted, there, reason):
    assert MODULE.fullmatch(dotted) and is_defined(dotted) is there


def test_readme_is_short():
    words = len((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert words <= WORDS, (
        f"README has {words} words, {WORDS} at most: move what is not for everybody into docs/guides/"
    )


def test_the_guide_has_every_setting():
    guide = (ROOT / "docs" / "guides" / "settings.md").read_text(encoding="utf-8")
    assert guide.count(f"<!-- settings -->\n\n{table()}\n\n<!-- /settings -->") == 1, "python docs/settings_table.py"


COMMAND = re.compile(rf"(?:python -m ((?:{PACKAGES})[\w.]*)|(?:^ {{4,}}|`)(pinpoint))((?: [^`\n#|]*)?)", re.MULTILINE)


def commands():
    """Each command that a document names: (document, module, arguments)."""
    for name, document in zip(NAMES, DOCUMENTS, strict=True):
        for module, face, arguments in COMMAND.findall(document.read_text(encoding="utf-8")):
            yield name, module or face, arguments.strip()


@functools.cache
def help_of(module, *subcommand):
    """What ``--help`` of a command prints."""
    printed, given = io.StringIO(), sys.argv
    sys.argv = [module, *subcommand, "--help"]
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a test has imported the module already
            runpy.run_module(module, run_name="__main__", alter_sys=False)
    except SystemExit as end:
        assert not end.code, f"{module} {' '.join(subcommand)} --help ends with {end.code}"
    finally:
        sys.argv = given
    return printed.getvalue()


def subcommands_of(module, *subcommand):
    """Commands of a command, which its help lists."""
    return re.findall(r"^  (\w[\w-]*)(?: |$)", help_of(module, *subcommand), re.MULTILINE)


@pytest.mark.parametrize(
    ("document", "module", "arguments"),
    [
        pytest.param(*row, marks=pytest.mark.slow if row[1].startswith(("benchmarks", "tests")) else ())
        for row in dict.fromkeys(commands())
    ],
)
def test_commands_and_their_options_are_there(document, module, arguments):
    first, *_ = [*arguments.split(), ""]
    if module == "pinpoint" and re.fullmatch(r"[a-z]+", first):
        assert first in subcommands_of(module), f"pinpoint has no command {first}"
    subcommand: list[str] = []
    for word in arguments.split():
        if word not in subcommands_of(module, *subcommand):
            break
        subcommand.append(word)
    shown = help_of(module, *subcommand)
    for option in re.findall(r"(?<!\S)\[?(--[a-z][\w-]*)", arguments):
        assert re.search(rf"{option}\b(?!-)", shown), f"{module} {' '.join(subcommand)} has no {option}"


def test_make_targets_are_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name, document in zip(NAMES, DOCUMENTS, strict=True):
        named = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)\b", document.read_text(encoding="utf-8"), re.MULTILINE))
        assert named <= targets, f"{name}: make {named - targets}"


def test_every_measurement_names_its_command():
    for file in (ROOT / "docs" / "measurements").glob("*.md"):
        head = file.read_text(encoding="utf-8")[:900]
        named = re.search(r"`(python -m (benchmarks|evaluation|tests)|make evaluate)", head)
        assert named, f"{file.name} names no command"


def test_the_architecture_page_says_what_may_be_imported():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (`pinpoint`[^|]*) \|", page, re.MULTILINE))
    allowed = {
        name: others
        for name, others in MAY_IMPORT.items()
        if name not in ("pinpoint", "benchmarks", "deployment", "app.py")
    }
    assert {name: set(re.findall(r"`(\w+)`", row)) for name, row in rows.items()} == allowed


def test_the_answer_in_readme_quotes_the_starter_digests():
    shown = re.findall(r"“([^”]+)”", (ROOT / "README.md").read_text(encoding="utf-8"))
    digest = (ROOT / "corpus" / "_source" / "t1-eligibility-elements.md").read_text(encoding="utf-8")
    assert len(shown) == 3
    for quotation in shown:
        assert " ".join(quotation.split()) in " ".join(digest.split()), quotation
