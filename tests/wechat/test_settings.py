"""What the operator sets: nothing is closed, half is told, secrets may stand in files and are shown nowhere."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.channels.open_wechat import open_wechat
from tests.wechat.twin import AES_KEY, SECRET, TOKEN
from wechat.errors import WechatError
from wechat.settings import API, Settings

WHOLE = {
    "YILIANBAN_WECHAT_APPID": "wx1",
    "YILIANBAN_WECHAT_SECRET": SECRET,
    "YILIANBAN_WECHAT_TOKEN": TOKEN,
    "YILIANBAN_WECHAT_AESKEY": AES_KEY,
}


def test_nothing_set_means_no_account() -> None:
    assert Settings.from_environment({}).accounts == {}


def test_safe_mode_is_the_default_and_the_file_stands_beside_the_conversations() -> None:
    settings = Settings.from_environment({**WHOLE, "YILIANBAN_CONVERSATIONS": "/srv/c/conversations.db"})
    assert settings.accounts["official"].mode == "safe"
    assert (settings.api, settings.store) == (API, Path("/srv/c/wechat.db"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"YILIANBAN_WECHAT_APPID": ""}, "YILIANBAN_WECHAT_APPID"),
        ({"YILIANBAN_WECHAT_SECRET": ""}, "YILIANBAN_WECHAT_SECRET"),
        ({"YILIANBAN_WECHAT_AESKEY": ""}, "YILIANBAN_WECHAT_AESKEY"),
        ({"YILIANBAN_WECHAT_AESKEY": "short"}, "YILIANBAN_WECHAT_AESKEY"),
        ({"YILIANBAN_WECHAT_MODE": "secret"}, "YILIANBAN_WECHAT_MODE=secret"),
        ({"YILIANBAN_WECHAT_TOKEN_FILE": "/nowhere"}, "YILIANBAN_WECHAT_TOKEN_FILE"),
        ({"YILIANBAN_MINIPROGRAM_SECRET": "s"}, "YILIANBAN_MINIPROGRAM_APPID"),
    ],
)
def test_what_is_missing_or_wrong_is_named_without_its_secret(change: dict[str, str], named: str) -> None:
    with pytest.raises(WechatError, match=named) as found:
        Settings.from_environment({**WHOLE, **change})
    assert not any(secret in str(found.value) for secret in (SECRET, TOKEN, AES_KEY))


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from-the-file\n")
    given = {**WHOLE, "YILIANBAN_WECHAT_SECRET": "", "YILIANBAN_WECHAT_SECRET_FILE": str(file)}
    assert Settings.from_environment(given).accounts["official"].secret == "from-the-file"


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings.from_environment(WHOLE))
    assert not any(secret in shown for secret in (SECRET, TOKEN, AES_KEY))


def test_an_account_that_only_logs_in_needs_no_token() -> None:
    given = {"YILIANBAN_MINIPROGRAM_APPID": "wx2", "YILIANBAN_MINIPROGRAM_SECRET": SECRET}
    assert Settings.from_environment(given).accounts["miniprogram"].token == ""


@pytest.fixture
def opened_anew() -> None:
    open_wechat.cache_clear()


@pytest.mark.usefixtures("opened_anew")
@pytest.mark.parametrize(
    ("given", "line"),
    [({}, "is not set up"), ({"YILIANBAN_WECHAT_APPID": "wx1"}, "没有设置 YILIANBAN_WECHAT_SECRET")],
)
def test_a_closed_account_is_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    given: dict[str, str],
    line: str,
) -> None:
    monkeypatch.setenv("YILIANBAN_CONVERSATIONS", str(tmp_path / "conversations.db"))
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with caplog.at_level(logging.INFO):
        assert open_wechat() is None
    assert line in caplog.text
    assert not (tmp_path / "wechat.db").exists()
    open_wechat.cache_clear()
