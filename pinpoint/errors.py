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
    ├── BadRequest               a request has a value that cannot be met; ``field`` names it; also a ValueError
    │   └── UnknownId            it names a document, a text or a generation that is not there
    ├── ConfigurationError       an environment variable is missing or malformed; the message names it
    ├── WriterFailed             the optional language model gives no usable reply; the quotations stand alone
    ├── ExcerptError             a span of a document cannot be collected
    ├── CollectionFileError      a collection file cannot be read; the message names the entry in it
    ├── EditorNoteError          a note of the editor cannot be written; the message says why
    ├── AuditUnavailable         the audit log cannot be written, so that nothing is answered
    ├── ClusterNotStarted        a cluster on this machine lacks a part or a node; the message says what to do
    ├── MissingModel             a model is not there, is not the pinned one, or did not make the index
    ├── IngestInterrupted        a process that an ingest needs was ended by somebody else
    ├── WorkersUnavailable       no worker of an ingest on several machines can be used; the message says why
    ├── IndexBusy                another process writes to the index; the message says whose it is
    ├── IndexNotWritable         the index folder is full, read-only or refused; the message says what is missing
    └── IndexUnavailable         no usable generation under the index folder
        ├── NoGeneration         nothing has been ingested there yet
        ├── DamagedGeneration    a file of the generation is missing or is not what was written
        ├── ClusterUnavailable   no node of the cluster answers; the message names the hosts
        ├── ClusterRefused       the cluster answers, and refuses: the user, the right, or the request
        ├── PartNotSearched      a part of the index has no node that answers, so that nothing is answered
        └── GenerationGone       the generation that was opened is no longer in the cluster

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
    "BadRequest",
    "ClusterNotStarted",
    "ClusterRefused",
    "ClusterUnavailable",
    "CollectionFileError",
    "ConfigurationError",
    "DamagedDocument",
    "DamagedGeneration",
    "EditorNoteError",
    "EmptyDocument",
    "EncryptedDocument",
    "ExcerptError",
    "FetchFailed",
    "GenerationGone",
    "IndexBusy",
    "IndexNotWritable",
    "IndexUnavailable",
    "IngestInterrupted",
    "ManifestError",
    "MissingModel",
    "NoGeneration",
    "OriginalUnavailable",
    "PartNotSearched",
    "PinpointError",
    "UnknownCollection",
    "UnknownId",
    "UnreadableDocument",
    "WorkersUnavailable",
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


class BadRequest(PinpointError, ValueError):
    """A request that a stranger sent cannot be met; the message names field, value and remedy.

    Attributes:
        field: Name of the field at fault, as the request has it.
    """

    def __init__(self, field: str, message: str) -> None:
        """Say which field is at fault, and why."""
        super().__init__(message)
        self.field = field


class UnknownId(BadRequest):
    """A request names a document, a text or a generation that is not there."""


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


class ClusterNotStarted(PinpointError):
    """A cluster on this machine cannot be started or stopped; the message says what is missing or which node it is."""


class MissingModel(PinpointError):
    """A model is not installed, is not the pinned one, or is not the one that made the index."""


class IngestInterrupted(PinpointError):
    """A process that an ingest needs was ended; the index in use is unchanged."""


class WorkersUnavailable(PinpointError):
    """No worker of an ingest on several machines can be reached or used; the index in use is unchanged."""


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


class ClusterUnavailable(IndexUnavailable):
    """No node of the cluster that holds the index answers in time."""


class ClusterRefused(IndexUnavailable):
    """The cluster refuses a request: who asks, what they may do, or what is asked.

    Attributes:
        status: Of HTTP, such as 404; 0 where the fault is in an answer of status 200.
        kind: What the cluster calls the fault, such as "resource_already_exists_exception"; "" where it does not say.
    """

    def __init__(self, message: str, *, status: int = 0, kind: str = "") -> None:
        """Say what is refused, and how to go on."""
        super().__init__(message)
        self.status, self.kind = status, kind


class PartNotSearched(IndexUnavailable):
    """A part of the index could not be searched; fewer hits are never shown as if they were all."""


class GenerationGone(IndexUnavailable):
    """The generation that was opened has been removed from the cluster; open the index again for the one in use."""
