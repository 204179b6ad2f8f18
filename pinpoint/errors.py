"""All errors that Pinpoint raises on purpose, named for the remedy.

    PinpointError
    ├── ManifestError            the manifest is wrong; the message names file, entry and value
    ├── UnreadableDocument       one document cannot be read; the rest of the corpus goes on
    │   ├── EncryptedDocument    it opens with a password only
    │   ├── DamagedDocument      it is not what its suffix says, or it is broken beyond reading
    │   └── EmptyDocument        it holds no bytes, no pages or no text
    ├── OriginalUnavailable      the file of a document is not there, or is no longer what was indexed
    ├── FetchFailed              one official source cannot be downloaded; the rest go on
    ├── UnknownCollection        a search is given a collection that the index does not have; also a ValueError
    ├── ConfigurationError       an environment variable is missing or malformed; the message names it
    ├── WriterFailed             the optional language model gives no usable reply; the quotations stand alone
    ├── ExcerptError             a span of a document cannot be collected
    ├── CollectionFileError      a collection file cannot be read; the message names the entry in it
    ├── EditorNoteError          a note of the editor cannot be written; the message says why
    ├── AuditUnavailable         the audit log cannot be written, so that nothing is answered
    ├── MissingModel             a model is not there, is not the pinned one, or did not make the index
    ├── IngestInterrupted        a process that an ingest needs was ended by somebody else
    ├── IndexBusy                another process writes to the index; the message says whose it is
    ├── IndexNotWritable         the index folder is full, read-only or refused; the message says what is missing
    └── IndexUnavailable         no usable generation under the index folder
        ├── NoGeneration         nothing has been ingested there yet
        └── DamagedGeneration    a file of the generation is missing or is not what was written

Every message holds the value at fault and the command or step that fixes it:

    >>> import pinpoint
    >>> try:
    ...     pinpoint.open("no-such-folder")
    ... except pinpoint.PinpointError as error:
    ...     print(type(error).__name__, "-", str(error).partition(".")[0])
    NoGeneration - No index in no-such-folder
"""

__all__ = [
    "AuditUnavailable",
    "CollectionFileError",
    "ConfigurationError",
    "DamagedDocument",
    "DamagedGeneration",
    "EditorNoteError",
    "EmptyDocument",
    "EncryptedDocument",
    "ExcerptError",
    "FetchFailed",
    "IndexBusy",
    "IndexNotWritable",
    "IndexUnavailable",
    "IngestInterrupted",
    "ManifestError",
    "MissingModel",
    "NoGeneration",
    "OriginalUnavailable",
    "PinpointError",
    "UnknownCollection",
    "UnreadableDocument",
    "WriterFailed",
]


class PinpointError(Exception):
    """The root of the tree."""


class ManifestError(PinpointError):
    """The corpus manifest has an unknown key, a missing file or a malformed value."""


class UnreadableDocument(PinpointError):
    """One document cannot be read at all."""


class EncryptedDocument(UnreadableDocument):
    """The document opens with a password only."""


class DamagedDocument(UnreadableDocument):
    """The document cannot be opened or parsed: it is broken, or not of the format that its suffix names."""


class EmptyDocument(UnreadableDocument):
    """The document holds no bytes, no pages or no text."""


class OriginalUnavailable(PinpointError):
    """The file that a document was read from is not there, or has changed since."""


class FetchFailed(PinpointError):
    """One official source cannot be downloaded, or what came is not the document."""


class UnknownCollection(PinpointError, ValueError):
    """A search is limited to, or prefers, a collection that the index does not have."""


class ConfigurationError(PinpointError):
    """An environment variable that configures the product is missing or malformed."""


class WriterFailed(PinpointError):
    """The optional language model gives no usable reply; the message goes on after "the language model"."""


class ExcerptError(PinpointError):
    """A span of a document cannot be collected: it is not there, empty, or too long."""


class CollectionFileError(PinpointError):
    """A collection file is not what Pinpoint exports; the message names the entry and the remedy."""


class EditorNoteError(PinpointError):
    """A note of the editor cannot be written, or somebody else changed it meanwhile; nothing was written."""


class AuditUnavailable(PinpointError):
    """The audit log that the administrator asked for cannot be written."""


class MissingModel(PinpointError):
    """A model is not installed, is not the pinned one, or is not the one that made the index."""


class IngestInterrupted(PinpointError):
    """A process that an ingest needs was ended; the index in use is unchanged."""


class IndexBusy(PinpointError):
    """Another process is writing to the index folder."""


class IndexNotWritable(PinpointError):
    """The index folder cannot be written to: its disk is full or read-only, or access is refused."""


class IndexUnavailable(PinpointError):
    """The index folder holds no usable generation."""


class NoGeneration(IndexUnavailable):
    """Nothing has been ingested into this index folder yet."""


class DamagedGeneration(IndexUnavailable):
    """A file of a generation is missing or changed, or of an unknown format version."""
