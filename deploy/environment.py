"""Makes .venv hold exactly what requirements.lock says; returns at once where it already does.

Run by `make` with the machine's Python 3.11, so only the standard library is used. An install that was cut off, or
whose packages have gone, is made anew from the package cache: running the command again is the repair.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
PACKAGES = VENV / "lib" / "python3.11" / "site-packages"
STAMP = VENV / "installed.json"
LOCKS = (ROOT / "deploy" / "bootstrap.lock", ROOT / "requirements.lock")
NEEDED_GB = 6
# pip's own settings, wherever the machine keeps them, and the names under which uv knows them.
PIP_TO_UV = {
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}


class EnvironmentFault(Exception):
    """Something that the machine lacks; the message says what and how to mend it."""


def say(text: str) -> None:
    """Prints one line of progress."""
    print(f"[环境] {text}", flush=True)


def lock_digest() -> str:
    """Digest of all lock files: what the environment has to hold."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in LOCKS)).hexdigest()


def entries() -> list[str]:
    """Names in site-packages, less what comes and goes by itself."""
    return sorted(name for name in os.listdir(PACKAGES) if name != "__pycache__")


def stamp() -> dict:
    """What the last finished install wrote down; empty where none was finished."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def is_whole() -> bool:
    """Whether an install was finished and nothing of it has gone since."""
    return PYTHON.exists() and PACKAGES.exists() and {*stamp().get("entries", ["?"])} <= {*entries()}


def is_ready() -> bool:
    """Whether .venv is whole and holds what the locks say now."""
    return is_whole() and stamp().get("lock") == lock_digest()


def check_machine() -> None:
    """Raises EnvironmentFault where Python or the disk does not do."""
    if sys.version_info[:2] != (3, 11):
        raise EnvironmentFault(f"需要 Python 3.11，这里是 {sys.version.split()[0]}：安装 python3.11 后再运行")
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GB:
        raise EnvironmentFault(
            f"磁盘空间不足：安装需要 {NEEDED_GB} GB，只剩 {free:.1f} GB（disk full），请清理后再运行"
        )


def run(*command: str | Path, environment: dict[str, str] | None = None) -> None:
    """Runs a command with its output in view; raises EnvironmentFault when it fails."""
    result = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if result.returncode:
        raise EnvironmentFault("安装没有完成，原因见上面几行；网络或磁盘恢复后再运行一次，会接着装")


def uv_environment() -> dict[str, str]:
    """The environment for uv, with the machine's pip settings in uv's names."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        variable = PIP_TO_UV.get(name.rpartition(".")[2])
        if variable:
            joined = "," if variable == "UV_FIND_LINKS" else " "
            environment.setdefault(variable, joined.join(str(ast.literal_eval(value)).split()))
    if "UV_INDEX" in environment:  # the locks' hashes decide what is taken, whichever index has it
        environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    if "UV_FIND_LINKS" not in environment:
        environment["UV_TORCH_BACKEND"] = "cpu"
    return environment


def make_venv() -> None:
    """An empty environment with pip, unless a whole one is there."""
    if VENV.exists() and not is_whole():
        say("上次的安装不完整，重新装（已下载的不再下载）")
        shutil.rmtree(VENV)
    if not VENV.exists():
        say("建立 .venv")
        result = subprocess.run(
            [sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False
        )
        if result.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise EnvironmentFault(
                "这台机器的 Python 3.11 没有 venv：Debian 上运行 apt-get install python3.11-venv"
            )


def install() -> None:
    """Brings .venv to the state of the locks and stamps it; unstamped means unfinished."""
    check_machine()
    make_venv()
    began = time.monotonic()
    STAMP.unlink(missing_ok=True)
    say("安装程序包（第一次要几分钟，约 3 GB；中断了再运行一次即可）")
    if not UV.exists():
        run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS[0])
    run(UV, "pip", "sync", "--python", PYTHON, "--require-hashes", LOCKS[1], environment=uv_environment())
    STAMP.write_text(json.dumps({"lock": lock_digest(), "entries": entries()}))
    say(f"程序包已就绪，用时 {time.monotonic() - began:.0f} 秒")


def lock() -> None:
    """Resolves the *.in files anew into the lock files, with hashes."""
    common = (
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--custom-compile-command",
        "make lock",
        "--quiet",
    )
    environment = uv_environment()
    for source, target, more in (
        ("deploy/bootstrap.in", LOCKS[0], ()),
        ("requirements.in", LOCKS[1], ("--override", "overrides.txt")),
    ):
        say(f"{source} → {target.name}")
        run(UV, "pip", "compile", source, *common, *more, "-o", target, environment=environment)


def main(arguments: list[str]) -> int:
    """Installs where needed, or with the argument `lock` renews the locks; returns the exit status."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "environment.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # one install at a time
        try:
            if arguments == ["lock"]:
                lock()
            elif not is_ready():
                install()
        except EnvironmentFault as fault:
            print(f"[环境] {fault}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
