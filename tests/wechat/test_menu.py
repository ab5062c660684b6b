"""The menu and the operator's other commands, against WeChat's own limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.wechat_told import tap
from bot.channels.wechat_wish import read_wish
from knowledge.catalogue import Catalogue
from tests.wechat.twin import OFFICIAL, Twin, environment
from wechat.__main__ import main
from wechat.errors import WechatError
from wechat.menu import load_menu
from wechat.message import Message

PUBLIC = "https://a.example"


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, twin: Twin, tmp_path: Path) -> pytest.MonkeyPatch:
    """An operator who has set everything."""
    given = {**environment(twin), "YILIANBAN_WECHAT_STORE": str(tmp_path / "wechat.db")}
    for name, value in {**given, "YILIANBAN_PUBLIC_URL": PUBLIC}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_every_key_of_the_menu_leads_somewhere(catalogue: Catalogue) -> None:
    for key in load_menu(PUBLIC).keys:
        wish = read_wish(Message("o1", "gh", "1", "event", "click", key), catalogue)
        if key.startswith("scenario:"):
            assert key.removeprefix("scenario:") in catalogue.scenarios
        else:
            assert key in ("regions", "human:") or key.startswith("say:")
        assert wish.kind == ("say" if key == "regions" else "ask")
        assert wish.kind == "say" or wish.text in (tap(key), key.removeprefix("say:"))


def test_pages_are_left_out_without_a_public_address() -> None:
    assert "{public}" not in str(load_menu(PUBLIC)) and PUBLIC in str(load_menu(PUBLIC).as_sent())
    assert "url" not in str(load_menu(None).as_sent())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[]", "一级菜单"),
        ("- {name: 甲, key: a}\n" * 4, "一级菜单"),
        ("a: b", "一列"),
        ("- {key: a}", "name"),
        ("- {name: 一二三四五六, key: a}", "一二三四五六"),
        ("- {name: 甲}", "甲"),
        ("- {name: 甲, key: a, url: 'https://a.example'}", "甲"),
        ("- {name: 甲, url: 'javascript:1'}", "甲"),
        (f"- {{name: 甲, key: {'k' * 129}}}", "甲"),
        ("- name: 甲\n  buttons:\n" + "    - {name: 乙, key: a}\n" * 6, "甲"),
        ("- name: 甲\n  buttons:\n    - {name: 乙, buttons: [{name: 丙, key: a}]}", "甲"),
        ("- {name: 甲, buttons: 乙}", "甲"),
        ("- [", "读不出来"),
    ],
)
def test_what_wechat_would_not_take_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "menu.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WechatError, match=named):
        load_menu(PUBLIC, path)


@pytest.mark.usefixtures("operator")
def test_the_menu_is_uploaded_and_deleted(twin: Twin, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["menu", "upload"]) == 0
    assert twin.menu == load_menu(PUBLIC).as_sent()
    assert "常办的事" in capsys.readouterr().out
    assert main(["menu", "show"]) == 0
    assert "scenario:birth" in capsys.readouterr().out
    assert main(["menu", "delete"]) == 0
    assert twin.menu is None


@pytest.mark.usefixtures("operator")
def test_settings_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert OFFICIAL in out and "compatible" in out


@pytest.mark.usefixtures("operator")
def test_a_code_for_a_window_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qr", "zhoucun/second-hand-home"]) == 0
    assert "ticket=ticket%2Bzhoucun%2Fsecond-hand-home%2F%3D%3D" in capsys.readouterr().out


@pytest.mark.usefixtures("operator")
def test_a_code_for_nowhere_is_refused(capsys: pytest.CaptureFixture[str], twin: Twin) -> None:
    assert main(["qr", "zhoucun/" + "x" * 80]) == 1
    assert "40053" in capsys.readouterr().err


@pytest.mark.usefixtures("operator")
def test_what_wechat_refuses_is_told_in_the_operators_words(
    twin: Twin, capsys: pytest.CaptureFixture[str]
) -> None:
    twin.listed = False
    assert main(["check"]) == 1
    err = capsys.readouterr().err
    assert "40164" in err and "白名单" in err and "203.0.113.7" in err


def test_without_settings_the_command_says_which(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    operator.delenv("YILIANBAN_WECHAT_APPID")
    assert main(["menu", "upload"]) == 1
    assert "YILIANBAN_WECHAT_APPID" in capsys.readouterr().err
