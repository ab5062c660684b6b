"""Runs a module as a child of the launcher: `python -m bot.launcher.child MODULE ARGUMENT…`.

The kernel ends it when the launcher goes, however the launcher goes.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

LAUNCHER = "YILIANBAN_LAUNCHER"
"""Environment variable with the launcher's process id."""
_PR_SET_PDEATHSIG = 1


def die_with_parent(number: signal.Signals = signal.SIGKILL) -> None:
    """Asks the kernel for a signal when the parent goes. Nothing happens where there is no Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def main() -> None:
    """Runs the named module as if it had been started itself; ends at once where the launcher is gone."""
    die_with_parent()
    # A launcher killed while this interpreter started is no parent any more, and its death sends no signal.
    if os.getppid() != int(os.environ.pop(LAUNCHER, os.getppid())):
        sys.exit(1)
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
