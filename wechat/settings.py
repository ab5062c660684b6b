"""The settings of the WeChat accounts, read once from the environment; secrets from there or from a file it names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from wechat.crypto import KEY
from wechat.errors import WechatError

ROOT = Path(__file__).resolve().parents[1]
API = "https://api.weixin.qq.com"
Name = Literal["official", "miniprogram"]
Mode = Literal["plain", "compatible", "safe"]
PREFIXES: Mapping[Name, str] = {"official": "YILIANBAN_WECHAT", "miniprogram": "YILIANBAN_MINIPROGRAM"}
FIELDS = ("APPID", "SECRET", "TOKEN", "AESKEY", "MODE")


@dataclass(frozen=True)
class Account:
    """One account as WeChat's console has it; messages are taken where it has a `token`."""

    name: Name
    app_id: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    mode: Mode = "safe"


@dataclass(frozen=True)
class Settings:
    """The accounts that are set up, where WeChat's API is, and where the workers' common file stands."""

    accounts: Mapping[Name, Account]
    api: str
    store: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """YILIANBAN_WECHAT_… and YILIANBAN_MINIPROGRAM_…; raises WechatError that names what is missing or wrong."""
        conversations = Path(environment.get("YILIANBAN_CONVERSATIONS") or ROOT / "var" / "conversations.db")
        accounts = {name: _account(name, prefix, environment) for name, prefix in PREFIXES.items()}
        return cls(
            accounts={name: account for name, account in accounts.items() if account},
            api=(environment.get("YILIANBAN_WECHAT_API") or API).rstrip("/"),
            store=Path(environment.get("YILIANBAN_WECHAT_STORE") or conversations.with_name("wechat.db")),
        )


def _account(name: Name, prefix: str, environment: Mapping[str, str]) -> Account | None:
    """The account under a prefix; None where nothing of it is set."""
    given = {part: _value(f"{prefix}_{part}", environment) for part in FIELDS}
    if not any(given.values()):
        return None
    for part in ("APPID", "SECRET"):
        if not given[part]:
            raise WechatError(f"没有设置 {prefix}_{part}")
    mode = given["MODE"] or "safe"
    if mode not in get_args(Mode):
        raise WechatError(f"{prefix}_MODE={mode} 不认识：请写 {'、'.join(get_args(Mode))}")
    if given["TOKEN"] and mode != "plain" and not KEY.fullmatch(given["AESKEY"]):
        raise WechatError(f"{prefix}_AESKEY 应是43个字母和数字（{mode} 模式要用）")
    return Account(name, given["APPID"], given["SECRET"], given["TOKEN"], given["AESKEY"], cast(Mode, mode))


def _value(name: str, environment: Mapping[str, str]) -> str:
    """A setting, or the content of the file that NAME_FILE names."""
    file = environment.get(f"{name}_FILE")
    if not file:
        return (environment.get(name) or "").strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WechatError(f"{name}_FILE 读不出来：{file}（{type(error).__name__}）") from None
