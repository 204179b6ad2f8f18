"""Every file of a corpus folder: those to read, and a record for each that will not be read."""

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.corpus.files import NOT_THERE, files_below, refusal, shown_name
from ingest.corpus.manifest import MANIFEST, Manifest, ManifestEntry
from ingest.report import IntakeRecord
from pinpoint.files import free_name

_ABOUT_THE_CORPUS = re.compile(
    r"^(?:manifest\.toml|editor-notes\.toml|fetched\.json|.+\.previous|"
    r"(?:readme|sources|license|licence|copying|notice)(?:\.\w+)?)$",
    re.IGNORECASE,
)


def survey(
    corpus: Path, manifest: Manifest, *, besides: Sequence[Path] = ()
) -> tuple[list[ManifestEntry], dict[str, IntakeRecord]]:
    """Documents to read, listed ones first; and a record for each file that will not be read.

    Files and folders whose names begin with a dot or an underscore do not belong to the corpus, and neither do folders
    ``besides``: those of an index or a cache that stand within it.
    """
    entries: list[ManifestEntry] = []
    records: dict[str, IntakeRecord] = {}
    root = corpus.resolve()
    official = {source.entry.file for source in manifest.sources}
    listed_entries = (*manifest.documents, *(source.entry for source in manifest.sources))
    for entry in listed_entries:
        records[entry.file] = IntakeRecord(file=entry.file, status="failed", document_id=entry.id, title=entry.title)
        refused = refusal(root, root / entry.file)
        if refused == NOT_THERE and entry.file in official:
            reason = f"Official source, not fetched yet: pinpoint fetch --only {entry.id} --corpus {corpus}"
            records[entry.file] = IntakeRecord(
                file=entry.file, status="not fetched", document_id=entry.id, title=entry.title, reason=reason
            )
        elif refused:
            absent = f"Listed in {MANIFEST} but not there. Put the file in place, or remove the entry."
            reason = absent if refused == NOT_THERE else refused
            records[entry.file] = IntakeRecord(
                file=entry.file, status="failed", document_id=entry.id, title=entry.title, reason=reason
            )
        else:
            entries.append(entry)
    listed = {entry.file for entry in listed_entries}
    for path in sorted(files_below(root, besides=[folder.resolve() for folder in besides])):
        file = shown_name(root, path)
        if file in listed:
            continue
        refused = refusal(root, path)
        if refused:
            records[file] = IntakeRecord(file, "skipped" if path.is_symlink() else "failed", reason=refused)
        elif _ABOUT_THE_CORPUS.match(path.name):
            records[file] = IntakeRecord(file, "skipped", reason="Describes the corpus; not one of its documents.")
        else:
            records[file] = IntakeRecord(file, "failed")
            taken = {entry.id for entry in (*listed_entries, *entries)}
            entries.append(ManifestEntry(free_name(file, taken), file, path.stem.replace("-", " "), listed=False))
    return entries, records
