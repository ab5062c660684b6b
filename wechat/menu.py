"""The official account's menu: read from menu.yml, checked against WeChat's limits, in the form that WeChat takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wechat.errors import WechatError

PATH = Path(__file__).parent / "menu.yml"
MOST, MOST_BELOW = 3, 5
NAME_BYTES, NAME_BYTES_BELOW = 16, 60
KEY_BYTES, URL_BYTES = 128, 1024


@dataclass(frozen=True)
class Button:
    """One entry: with a key it tells us that it was tapped, with a url it opens a page, else it holds others."""

    name: str
    key: str = ""
    url: str = ""
    below: tuple[Button, ...] = ()

    def as_sent(self) -> dict[str, Any]:
        """The entry as WeChat takes it."""
        if self.below:
            return {"name": self.name, "sub_button": [button.as_sent() for button in self.below]}
        if self.url:
            return {"type": "view", "name": self.name, "url": self.url}
        return {"type": "click", "name": self.name, "key": self.key}


@dataclass(frozen=True)
class Menu:
    """The whole menu."""

    buttons: tuple[Button, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in order."""
        return tuple(b.key for top in self.buttons for b in (top, *top.below) if b.key)

    def as_sent(self) -> dict[str, Any]:
        """The menu as WeChat takes it."""
        return {"button": [button.as_sent() for button in self.buttons]}


def load_menu(public: str | None, path: Path = PATH) -> Menu:
    """The menu with pages under the public address, without them where there is none.

    Raises WechatError that names the entry which WeChat would not take.
    """
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise WechatError(f"{path} 读不出来：{error}") from error
    if not isinstance(given, list):
        raise WechatError(f"{path} 应是一列菜单项")
    buttons = tuple(filter(None, (_button(path, entry, public, NAME_BYTES) for entry in given)))
    if not 1 <= len(buttons) <= MOST:
        raise WechatError(f"{path}：一级菜单要有1到{MOST}个，现在是{len(buttons)}个")
    return Menu(buttons)


def _button(path: Path, entry: Any, public: str | None, name_bytes: int) -> Button | None:
    """One entry; None where it needs a public address and there is none."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
        raise WechatError(f"{path}：菜单项要有 name：{entry}")
    name = entry["name"]
    if not 0 < len(name.encode()) <= name_bytes:
        raise WechatError(f"{path}“{name}”：名字太长，最多{name_bytes}字节（一个汉字3字节）")
    given = [field for field in ("key", "url", "buttons") if entry.get(field)]
    if len(given) != 1:
        raise WechatError(f"{path}“{name}”：key、url、buttons 要有一个，也只要一个")
    if given == ["buttons"]:
        return _folder(path, name, entry["buttons"], public)
    if given == ["key"]:
        key = str(entry["key"])
        if len(key.encode()) > KEY_BYTES:
            raise WechatError(f"{path}“{name}”：key 太长，最多{KEY_BYTES}字节")
        return Button(name, key=key)
    url = str(entry["url"])
    if "{public}" in url and public is None:
        return None
    url = url.replace("{public}", public or "")
    if not url.startswith(("https://", "http://")) or len(url.encode()) > URL_BYTES:
        raise WechatError(f"{path}“{name}”：url 要以 https:// 开头，最多{URL_BYTES}字节")
    return Button(name, url=url)


def _folder(path: Path, name: str, entries: Any, public: str | None) -> Button | None:
    if not isinstance(entries, Sequence) or isinstance(entries, str) or len(entries) > MOST_BELOW:
        raise WechatError(f"{path}“{name}”：二级菜单最多{MOST_BELOW}个")
    if any(isinstance(entry, Mapping) and entry.get("buttons") for entry in entries):
        raise WechatError(f"{path}“{name}”：二级菜单下面不能再有菜单")
    below = tuple(filter(None, (_button(path, entry, public, NAME_BYTES_BELOW) for entry in entries)))
    return Button(name, below=below) if below else None
