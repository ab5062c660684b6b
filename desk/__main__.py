"""`python -m desk retention [--days 365]`: deletes what is older. The launcher runs it once a day."""

from __future__ import annotations

import argparse
import sqlite3
import sys

from desk.errors import DeskError
from desk.retention import DAYS, delete_old
from desk.settings import Settings

_TITLES = {
    "events": "对话记录",
    "handoff": "转人工",
    "message": "转人工的消息",
    "rating": "评价",
    "review": "待查消息",
    "clerk": "坐席名",
}


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 36_500:
        raise argparse.ArgumentTypeError("请给 1 到 36500 之间的天数")
    return days


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m desk", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    retention = commands.add_parser("retention", help="删除过期的对话、转人工、评价和待查消息")
    retention.add_argument("--days", type=_days, default=DAYS, help=f"保留多少天（默认 {DAYS}）")
    days = parser.parse_args(arguments).days
    try:
        gone = delete_old(Settings.from_environment(), days)
    except (DeskError, sqlite3.Error, OSError) as error:
        print(f"ERROR 没能删除 {days} 天以前的记录：{error}", file=sys.stderr)
        return 1
    told = "，".join(f"{_TITLES[name]} {count} 条" for name, count in gone.items())
    print(f"删除了 {days} 天以前的记录：{told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
