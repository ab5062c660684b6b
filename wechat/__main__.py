"""`python -m wechat check | menu show|upload|delete | qr REGION[/SCENARIO]`: what the operator does once, by hand."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from wechat.client import Client
from wechat.database import connect
from wechat.errors import ApiError, WechatError
from wechat.menu import load_menu
from wechat.settings import Name, Settings
from wechat.tokens import Tokens
from wechat.troubles import Troubles, meaning
from wechat.wording import say

QR_PAGE = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="


def clients(settings: Settings) -> dict[Name, Client]:
    """A client for each account that is set up, over the file that the running assistant shares."""
    database = connect(settings.store)
    tokens, troubles = Tokens(database), Troubles(database)
    return {
        name: Client(settings.api, account, tokens, troubles, time.time)
        for name, account in settings.accounts.items()
    }


def official(settings: Settings) -> Client:
    """The official account's client; raises WechatError where none is set up."""
    if "official" not in settings.accounts:
        raise WechatError(say("command.no_account"))
    return clients(settings)["official"]


async def check(settings: Settings, _: argparse.Namespace) -> None:
    """Gets an access token for each account."""
    if not settings.accounts:
        raise WechatError(say("command.no_account"))
    for name, client in clients(settings).items():
        account = settings.accounts[name]
        await client.token()
        key = "command.messages" if account.token else "command.no_messages"
        messages = say(key, mode=account.mode)
        print(say("command.checked", name=name, app=account.app_id, messages=messages))


async def menu_show(_settings: Settings, _: argparse.Namespace) -> None:
    """Prints the menu as it would be uploaded."""
    print(json.dumps(load_menu(public()).as_sent(), ensure_ascii=False, indent=2))


async def menu_upload(settings: Settings, _: argparse.Namespace) -> None:
    """Puts the menu of menu.yml into the official account."""
    menu = load_menu(public())
    await official(settings).call("/cgi-bin/menu/create", menu.as_sent())
    print(say("command.uploaded", names="、".join(button.name for button in menu.buttons)))


async def menu_delete(settings: Settings, _: argparse.Namespace) -> None:
    """Takes the menu away."""
    await official(settings).call("/cgi-bin/menu/delete")
    print(say("command.deleted"))


async def qr(settings: Settings, given: argparse.Namespace) -> None:
    """Makes a lasting QR code that carries a scene."""
    body = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": given.scene}}}
    made = await official(settings).call("/cgi-bin/qrcode/create", body)
    print(say("command.qr", url=QR_PAGE + quote(str(made.get("ticket")), safe="")))


def public() -> str | None:
    """The public address, as the running assistant has it."""
    return (os.environ.get("YILIANBAN_PUBLIC_URL") or "").rstrip("/") or None


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m wechat", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="核对设置，取一次 access_token").set_defaults(run=check)
    menu = commands.add_parser("menu", help="公众号菜单").add_subparsers(dest="what", required=True)
    menu.add_parser("show", help="显示要上传的菜单").set_defaults(run=menu_show)
    menu.add_parser("upload", help="上传 wechat/menu.yml").set_defaults(run=menu_upload)
    menu.add_parser("delete", help="删除菜单").set_defaults(run=menu_delete)
    code = commands.add_parser("qr", help="生成带地区和情形的二维码")
    code.add_argument("scene", help="地区，或 地区/情形，如 zhoucun/second-hand-home")
    code.set_defaults(run=qr)
    given = parser.parse_args(arguments)
    run: Callable[[Settings, argparse.Namespace], Awaitable[None]] = given.run

    async def work() -> None:
        await run(Settings.from_environment(), given)

    try:
        asyncio.run(work())
    except ApiError as error:
        print(
            say("command.failed", code=error.code, meaning=meaning(error.code), detail=error.detail),
            file=sys.stderr,
        )
        return 1
    except (WechatError, sqlite3.Error, OSError) as error:
        print(f"ERROR {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
