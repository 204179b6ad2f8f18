"""Run in a namespace without network: install the bundle into an empty folder, ingest, ask; print JSON of what came.

``python3 offline_session.py BUNDLE_TAR FOLDER QUESTIONS_JSON``, with the standard library alone.
"""

import json
import os
import socket
import subprocess
import sys
import tarfile
import time
from pathlib import Path


def main(bundle: Path, folder: Path, questions: list[str]) -> dict[str, object]:
    begun = time.monotonic()
    interfaces = sorted(name for _, name in socket.if_nameindex())
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=2)
        reached = "connected"
    except OSError as error:
        reached = type(error).__name__ + f" {error.errno}"
    seconds = {}

    def run(name: str, *command: str) -> str:
        started = time.monotonic()
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONSAFEPATH": "1", "LANG": "C.UTF-8"}
        done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
        seconds[name] = round(time.monotonic() - started, 1)
        print(
            f"$ {name}: exit {done.returncode}, {seconds[name]} s\n{done.stdout[:3000]}{done.stderr[-3000:]}",
            file=sys.stderr,
        )
        assert done.returncode in (0, 1), name
        return done.stdout

    started = time.monotonic()
    with tarfile.open(bundle) as archive:
        archive.extractall(folder, filter="data")
    seconds["unpack"] = round(time.monotonic() - started, 1)
    (unpacked,) = folder.iterdir()
    environment = folder / "environment"
    said = run("install", sys.executable, str(unpacked / "install.py"), str(environment))
    pinpoint = str(environment / "bin" / "pinpoint")
    version = run("version", pinpoint, "--version").strip()
    starter = run(
        "starter",
        str(environment / "bin" / "python"),
        "-c",
        "from pinpoint.packaged import starter_corpus as s; print(s())",
    ).strip()
    run("ingest", pinpoint, "ingest", starter, "--index", str(folder / "index"))
    answers = []
    for number, question in enumerate(questions):
        answers.append(
            json.loads(run(f"ask {number + 1}", pinpoint, "ask", question, "--index", str(folder / "index"), "--json"))
        )
        if number == 0:
            first = round(time.monotonic() - begun, 1)
    left = run(
        "left out",
        str(environment / "bin" / "python"),
        "-c",
        "import importlib.util as u; print([n for n in ('torch', 'sentence_transformers') if u.find_spec(n)])",
    ).strip()
    return {
        "interfaces": interfaces,
        "reached": reached,
        "said": said,
        "version": version,
        "answers": answers,
        "seconds": seconds,
        "first_answer": first,
        "torch": left,
        "size": sum(file.stat().st_size for file in environment.rglob("*") if file.is_file() and not file.is_symlink()),
    }


if __name__ == "__main__":
    os.umask(0o077)  # of a careful administrator
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))))
