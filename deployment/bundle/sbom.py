"""The bill of materials in CycloneDX: every package of the bundle, with its licences, what needs it, and its hash."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from benchmarks.licences import licence_of
from deployment.bundle.packages import ROOT, Pinned
from deployment.bundle.wheels import pinned_wheel, run, said

VERSION = SchemaVersion.V1_6


def write_sbom(file: Path, environment: Path, wheels: Iterable[Path], tools: Iterable[Path], epoch: int) -> int:
    """Write the bill of what is installed from the bundle, and of the tools that install it.

    cyclonedx-bom reads the environment; it knows neither the files that were installed nor what installed them.

    Args:
        file: Where.
        environment: Into which the bundle was installed.
        wheels: What was installed, Pinpoint included.
        tools: Wheels that are in the bundle but not installed.
        epoch: Time that is written down.

    Returns:
        How many components it has.

    Raises:
        ValueError: A package of the environment is not one of the wheels, or the bill is not valid.
    """
    bill = json.loads(
        run(
            [
                *(
                    sys.executable,
                    "-m",
                    "cyclonedx_py",
                    "environment",
                    "--output-reproducible",
                    "--gather-license-texts",
                ),
                *("--sv", VERSION.to_version(), "--pyproject", str(ROOT / "pyproject.toml")),
                str(environment / "bin" / "python"),
            ],
            SOURCE_DATE_EPOCH=str(epoch),
        )
    )
    files = {pinned_wheel(wheel).name: (wheel, pinned_wheel(wheel)) for wheel in wheels}
    for component in (*bill["components"], bill["metadata"]["component"]):
        name = canonicalize_name(component["name"])
        if name not in files:
            message = f"{name} is installed, but no wheel of the bundle is of that name. Build it again."
            raise ValueError(message)
        _add_file(component, "wheels", *files[name])
    bill["components"] += [_tool(wheel) for wheel in tools]
    text = json.dumps(bill, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    check_sbom(text)
    file.write_text(text, encoding="utf-8")
    return len(bill["components"])


def check_sbom(text: str) -> None:
    """Refuse a bill that the validator of CycloneDX refuses.

    Raises:
        ValueError: With what it said.
    """
    if (error := JsonStrictValidator(VERSION).validate_str(text)) is not None:
        message = f"The bill of materials is not valid CycloneDX {VERSION.to_version()}: {error}"
        raise ValueError(message)


def _tool(wheel: Path) -> dict[str, Any]:
    pinned = pinned_wheel(wheel)
    component: dict[str, Any] = {
        "type": "application",
        "bom-ref": f"{pinned.name}=={pinned.version}",
        "name": pinned.name,
        "version": pinned.version,
        "purl": f"pkg:pypi/{pinned.name}@{pinned.version}",
        "licenses": [{"expression": licence_of(said(wheel))}],
        "description": "Installs the wheels; not installed itself.",
        "scope": "excluded",
    }
    _add_file(component, "tools", wheel, pinned)
    return component


def _add_file(component: dict[str, Any], folder: str, wheel: Path, pinned: Pinned) -> None:
    """Name the file that a component comes in, with its hash."""
    where = {
        "type": "distribution",
        "url": f"{folder}/{wheel.name}",
        "hashes": [{"alg": "SHA-256", "content": pinned.digest}],
        "comment": "its file in the bundle",
    }
    component["externalReferences"] = [*component.get("externalReferences", []), where]
