"""Which folder is read where none is named, and by which manifest."""

from pathlib import Path

from index.generations.read import corpus_dir, manifest_file
from pinpoint.configuration.address import index_name
from pinpoint.errors import ManifestError
from pinpoint.settings import value


def folder_to_read(index_dir: Path) -> Path | None:
    """The folder in ``$CORPUS_DIR``, else the one that an index was made from; None where neither is known."""
    named = value("CORPUS_DIR")
    return Path(named) if named else corpus_dir(index_dir)


def remembered_manifest(index_dir: Path, folder: Path) -> Path | None:
    """The manifest that an index of this very folder was made by, None for the folder's own.

    Raises:
        ManifestError: It is gone.
    """
    made_from = corpus_dir(index_dir)
    same = made_from is not None and made_from.resolve() == folder.resolve()
    manifest = manifest_file(index_dir) if same else None
    if manifest is not None and not manifest.is_file():
        name = index_name(index_dir)
        raise ManifestError(
            f"The manifest {manifest}, by which the index in {name} was made, is gone. Put it back, name another with "
            f"--manifest FILE, or go by the folder's own: pinpoint ingest {folder} --index {name}"
        )
    return manifest
