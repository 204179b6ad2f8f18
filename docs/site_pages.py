"""Puts documents that lie beside ``docs/`` into the site, and all in order: a hook of mkdocs, named in mkdocs.yml."""

import re
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "corpus/README.md")
GUIDES = (
    *(
        "install",
        "command-line",
        "documents",
        "search",
        "answers",
        "check",
        "changes",
        "app",
        "http-api",
        "language-model",
    ),
    *("install", "command-line", "documents", "search", "answers", "check", "changes", "app", "assistants"),
    "language-model",
    *("settings", "evaluation"),
)
"""Guides in the order in which they are read; others follow by name."""
CLUSTER = "cluster.md"
"""The guide for who runs a cluster, the last one: few need it."""
_LINK = re.compile(r"\]\(([^)\s:]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the site its navigation: every page of every folder."""
    docs = Path(config.docs_dir)

    def pages(folder: str) -> list[str]:
        return [file.relative_to(docs).as_posix() for file in sorted((docs / folder).glob("*.md"))]

    def rank(page: str) -> int:
        name = PurePosixPath(page).stem
        return GUIDES.index(name) if name in GUIDES else len(GUIDES)

    config.nav = [
        {"Start": "README.md"},
        {"Guides": [*sorted(pages("guides"), key=rank), CLUSTER]},
        {"Architecture": [name for name in pages(".") if name != CLUSTER]},
        {"Python": pages("api")},
        {"Measurements": pages("measurements")},
        {"Accountability": pages("accountability")},
        {"Project": [name for name in OUTSIDE if name not in ("README.md", "LICENSE")]},
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the documents that lie outside of ``docs/``, at the address that they have in the repository."""
    for name in OUTSIDE:
        files.append(File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead every link to where its file lies in the site: there is no folder ``docs`` there."""
    name = page.file.src_uri
    folder = PurePosixPath(name if name in OUTSIDE else f"docs/{name}").parent

    def moved(match: re.Match[str]) -> str:
        path, mark, anchor = match.group(1).partition("#")
        if not path:
            return match.group()
        target = _site_path(folder / path)
        steps = len(PurePosixPath(name).parent.parts)
        return f"]({'../' * steps}{target}{mark}{anchor})"

    return _LINK.sub(moved, markdown)


def _site_path(path: PurePosixPath) -> str:
    """Path in the site of a path in the repository, without ``..`` and without ``docs/``."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts[1:] if parts[:1] == ["docs"] else parts)
