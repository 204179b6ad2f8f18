"""A copy of a corpus, or of some of its documents, evenly chosen."""

import re
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click

_MANIFEST = "manifest.toml"
_NO_DOCUMENTS = {_MANIFEST, "SOURCES.md", "README.md", "fetched.json"}
_TABLE = re.compile(r"(?m)^(?=\[)")


def copy_corpus(corpus: Path, into: Path, count: int = 0) -> Path:
    """A copy that may be changed: of all documents, or of ``count`` of them, with what the manifest says of those."""
    if not count:
        return Path(shutil.copytree(corpus, into, copy_function=_copy_writable))
    chosen = evenly(documents(corpus), count)
    for file in chosen:
        (into / file).parent.mkdir(parents=True, exist_ok=True)
        _copy_writable(corpus / file, into / file)
    manifest = corpus / _MANIFEST
    if manifest.is_file():
        text = manifest.read_text(encoding="utf-8")
        (into / _MANIFEST).write_text(manifest_of(text, [str(file) for file in chosen]), encoding="utf-8")
    return into


def documents(corpus: Path) -> list[Path]:
    """The documents of a corpus, relative to it: what the manifest lists, else every file that is none of notes."""
    manifest = corpus / _MANIFEST
    if manifest.is_file():
        listed = tomllib.loads(manifest.read_text(encoding="utf-8")).get("document", [])
        return [Path(entry["file"]) for entry in listed if (corpus / entry["file"]).is_file()]
    files = (file.relative_to(corpus) for file in sorted(corpus.rglob("*")) if file.is_file())
    return [file for file in files if file.name not in _NO_DOCUMENTS]


def evenly(files: Sequence[Path], count: int) -> list[Path]:
    """``count`` of the files, spread over their order."""
    count = min(count, len(files))
    return [files[(2 * row + 1) * len(files) // (2 * count)] for row in range(count)]


def manifest_of(text: str, files: Sequence[str]) -> str:
    """A manifest without the documents that are not among ``files``, nor what others say of those, nor a preference.

    Tables are cut from the text as they stand, since nothing here writes TOML.
    """
    given = tomllib.loads(text).get("document", [])
    at, cut = iter(given), []
    for entry in _TABLE.split(text):
        # A preferred collection may have lost all its documents.
        if not entry.startswith("[search]") and (not entry.startswith("[[document]]") or next(at)["file"] in files):
            cut.append(entry)
    names = {entry["id"] for entry in given if entry["file"] not in files and "id" in entry}
    return "".join(_without(entry, names) for entry in cut)


def change_one(corpus: Path) -> str:
    """Add a sentence to the largest document that is text; its name.

    Raises:
        click.ClickException: There is none.
    """
    texts = [corpus / file for file in documents(corpus) if file.suffix in (".md", ".html", ".txt")]
    if not texts:
        raise click.ClickException(f"{corpus} has no Markdown, HTML or text file that could be changed")
    chosen = max(texts, key=lambda file: file.stat().st_size)
    addition = "\nThis sentence was added to measure how long a changed document takes.\n"
    text = chosen.read_text(encoding="utf-8")
    before, closing, after = text.rpartition("</body>")
    chosen.write_text(f"{before}<p>{addition}</p>{closing}{after}" if closing else text + addition, encoding="utf-8")
    return chosen.name


def _without(entry: str, names: set[str]) -> str:
    """A table without the lines that name a document that is gone."""
    lines = entry.splitlines(keepends=True)
    return "".join(line for line in lines if not any(f'"{name}"' in line for name in names))


def _copy_writable(source: str | Path, target: str | Path) -> str:
    shutil.copyfile(source, target)
    return str(target)
