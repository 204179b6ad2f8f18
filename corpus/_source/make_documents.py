"""Make the PDF and DOCX digests of the starter corpus from their text, and check them.

Run it with the project's Python from anywhere: ``python corpus/_source/make_documents.py``.
Hand-written digests (HTML, Markdown, plain text) are not made, only hashed.
"""

import argparse
import hashlib
import re
import sys
import tempfile
import tomllib
from pathlib import Path

from digest_text import parse_digest
from docx_writer import write_docx
from pdf_writer import BOOK, TWO_COLUMN, write_pdf

SOURCE = Path(__file__).resolve().parent
CORPUS = SOURCE.parent
_TABLE = re.compile(r"(?=^\[\[)", re.MULTILINE)
_FILE = re.compile(r'^file = "(.+)"$', re.MULTILINE)
_SHA256 = re.compile(r'^sha256 = ".*"$', re.MULTILINE)


def make_documents(corpus: Path, target: Path) -> list[Path]:
    """Make every PDF and DOCX digest under ``target``.

    Args:
        corpus: The corpus folder, whose ``_source/*.md`` are read.
        target: Root of the made files; ``corpus`` itself to write in place.

    Returns:
        The made files, relative to ``target``, sorted.

    Raises:
        ValueError: If a source names a format that is not made here.
    """
    made = []
    for source in sorted((corpus / "_source").glob("*.md")):
        digest = parse_digest(source)
        relative = Path(digest.fields["file"])
        path = target / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        match relative.suffix:
            case ".pdf":
                write_pdf(digest, path, sheet=TWO_COLUMN if digest.fields["columns"] == "2" else BOOK)
            case ".docx":
                write_docx(digest, path)
            case suffix:
                raise ValueError(f"{source.name}: cannot make a {suffix!r} file; use .pdf or .docx")
        made.append(relative)
    return sorted(made)


def refreshed_manifest(corpus: Path) -> str:
    """Return the manifest text of ``corpus`` with each sha256 taken from the file itself."""
    text = (corpus / "manifest.toml").read_text(encoding="utf-8")
    return "".join(_refresh(table, corpus) for table in _TABLE.split(text))


def _refresh(table: str, corpus: Path) -> str:
    file = _FILE.search(table)
    if not file or file[1].startswith("official/"):
        return table
    digest = hashlib.sha256((corpus / file[1]).read_bytes()).hexdigest()
    return _SHA256.sub(f'sha256 = "{digest}"', table)


def differences(corpus: Path) -> list[str]:
    """Return one line for each way in which ``corpus`` is not what this script would make."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        found = [
            f"{file}: not the file that its source makes; run make_documents.py"
            for file in make_documents(corpus, target)
            if not (corpus / file).exists() or (corpus / file).read_bytes() != (target / file).read_bytes()
        ]
    manifest = (corpus / "manifest.toml").read_text(encoding="utf-8")
    if manifest != refreshed_manifest(corpus):
        found.append("manifest.toml: a sha256 is out of date; run make_documents.py --manifest")
    listed = {document["file"] for document in tomllib.loads(manifest)["document"]}
    present = {
        path.relative_to(corpus).as_posix()
        for path in corpus.glob("*/*")
        if path.is_file() and not path.relative_to(corpus).parts[0].startswith(("_", "official"))
    }
    found += [f"{file}: not listed in manifest.toml" for file in sorted(present - listed)]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Make the PDF and DOCX digests of the starter corpus.")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true", help="make nothing; exit 1 if a file or a sha256 differs")
    action.add_argument("--manifest", action="store_true", help="also refresh each sha256 in manifest.toml")
    options = parser.parse_args(arguments)
    if options.check:
        found = differences(CORPUS)
        print("\n".join(found) or "corpus: all made files and hashes are up to date")
        return 1 if found else 0
    for file in make_documents(CORPUS, CORPUS):
        print(f"made {file}")
    if options.manifest:
        (CORPUS / "manifest.toml").write_text(refreshed_manifest(CORPUS), encoding="utf-8")
        print("refreshed manifest.toml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
