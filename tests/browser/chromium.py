"""The browser that looks at the page: Debian's Chromium with a Chinese font, installed where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Path of the browser; None where there is none and none can be installed."""
    found = _path()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES],
            check=False,
            capture_output=True,
        )
        found = _path()
    return found


def _path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
