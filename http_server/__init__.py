"""The HTTP API: ``pinpoint serve``. Versioned paths, OpenAPI 3.1, problem+json; the operations of ``operations``."""
