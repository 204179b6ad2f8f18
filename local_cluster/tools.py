"""Java and Maven, which a cluster on this machine needs and Pinpoint does not bring along."""

import re
import shutil
import subprocess
from pathlib import Path

from pinpoint.errors import ClusterNotStarted
from pinpoint.settings import environment

LEAST_JAVA = 17
"""OpenSearch 2.19 runs under Java 11; the plugin for vectors was compiled for 17."""
_INSTALL = {
    "java": f"Install a JDK of Java {LEAST_JAVA} or later, such as openjdk-17-jdk-headless, or set JAVA_HOME.",
    "javac": "What is installed runs Java but compiles none. Install the whole JDK, such as openjdk-17-jdk-headless.",
    "mvn": "It fetches the parts of OpenSearch, once. Install Maven, such as the package maven of Debian.",
}


def tool(name: str) -> Path:
    """Where a program is: in the JDK that JAVA_HOME names, else on the search path.

    Args:
        name: "java", "javac" or "mvn".

    Raises:
        ClusterNotStarted: It is not installed, or the Java there is too old; the message says what to install.
    """
    home = environment().get("JAVA_HOME", "") if name != "mvn" else ""
    at_home = shutil.which(name, path=str(Path(home, "bin"))) if home else None
    found = at_home or shutil.which(name)
    if not found:
        message = f"A cluster on this machine needs {name}, which was not found. {_INSTALL[name]}"
        raise ClusterNotStarted(message)
    if name == "java":
        _refuse_old_java(found)
    return Path(found)


def _refuse_old_java(java: str) -> None:
    ran = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    output = ran.stderr + ran.stdout
    said = re.search(r'version "(\d+)', output)
    if not said or int(said[1]) < LEAST_JAVA:
        version = f"is of version {said[1]}" if said else f"says no version ({output.strip()[:200]!r})"
        message = f"A cluster on this machine needs Java {LEAST_JAVA} or later; {java} {version}. {_INSTALL['java']}"
        raise ClusterNotStarted(message)
