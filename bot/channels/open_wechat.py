"""The WeChat accounts of this process: settings, common file and API clients, opened when first needed."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.channels.incoming import WECHAT
from desk import settings as desk_settings
from desk.errors import DeskError
from desk.key import Key, load_key
from wechat.client import Client
from wechat.database import connect, tidy
from wechat.deliveries import Deliveries
from wechat.errors import WechatError
from wechat.kept import Kept
from wechat.nonces import Nonces
from wechat.readers import Readers
from wechat.settings import Account, Name, Settings
from wechat.tokens import Tokens
from wechat.troubles import Troubles

logger = logging.getLogger(__name__)


@dataclass
class Wechat:
    """All accounts over one file; OpenIDs become conversations through the key."""

    settings: Settings
    key: Key
    database: sqlite3.Connection
    now: Callable[[], float] = time.time
    nonces: Nonces = field(init=False)
    deliveries: Deliveries = field(init=False)
    readers: Readers = field(init=False)
    kept: Kept = field(init=False)
    troubles: Troubles = field(init=False)
    clients: Mapping[Name, Client] = field(init=False)

    def __post_init__(self) -> None:
        self.nonces, self.deliveries = Nonces(self.database), Deliveries(self.database)
        self.readers, self.kept = Readers(self.database), Kept(self.database)
        self.troubles = Troubles(self.database)
        tokens = Tokens(self.database)
        self.clients = {
            name: Client(self.settings.api, account, tokens, self.troubles, self.now)
            for name, account in self.settings.accounts.items()
        }

    @classmethod
    def open(cls, settings: Settings, key: Key, now: Callable[[], float] = time.time) -> Wechat:
        """Opens or makes the common file; raises WechatError, sqlite3.Error or OSError."""
        return cls(settings, key, connect(settings.store), now)

    def conversation(self, account: Account, openid: str) -> str:
        """The name of a person's conversation, which does not say whose it is."""
        return WECHAT + self.key.hash("wechat", account.app_id, openid)[:40]

    def tidy(self) -> None:
        """Forgets what is not needed any more, OpenIDs above all."""
        tidy(self.database, self.now())


@lru_cache(maxsize=1)
def open_wechat() -> Wechat | None:
    """The accounts that the environment names; None where there are none, or they cannot be used (the log says why)."""
    try:
        settings = Settings.from_environment()
        if not settings.accounts:
            logger.info("WeChat is not set up: YILIANBAN_WECHAT_APPID and the others are not set")
            return None
        kept = desk_settings.Settings.from_environment()
        opened = Wechat.open(settings, load_key(kept.key, kept.key_file))
    except (WechatError, DeskError, sqlite3.Error, OSError) as error:
        logger.error("WeChat stays closed: %s", error)
        return None
    opened.tidy()
    for name, account in settings.accounts.items():
        logger.info(
            "WeChat %s is set up, %s mode%s", name, account.mode, "" if account.token else ", no messages"
        )
    return opened
