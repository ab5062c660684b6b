"""The desk's pages over a real socket: sign-in, look-up, what they show, and who may see it."""

from __future__ import annotations

import csv
import io
import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
import requests

from desk.desk import Desk
from desk.settings import Settings
from knowledge.catalogue import load_catalogue
from pages.desk_rendering import POLICY
from tests.desk.server import PUBLIC, TOKEN, Browser, desk_server

GUARDED = (
    *("/desk/find?q=a", "/desk/chain/zhoucun/birth", "/desk/matter/zhoucun.individual.1", "/desk/review.csv"),
    *("/desk/list?region=zhoucun&kind=place&name=x", "/desk/chats", "/desk/chats/1", "/desk/chats/events"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with desk_server(folder, YILIANBAN_DESK_TOKEN=TOKEN, YILIANBAN_PUBLIC_URL=PUBLIC) as address:
        yield address


@pytest.fixture(scope="module")
def clerk(address: str) -> Browser:
    browser = Browser(address)
    assert browser.sign_in("李敏").status_code == 303
    return browser


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    found = Desk.open(
        Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(folder / "conversations.db")})
    )
    yield found
    found.close()


@pytest.mark.parametrize("path", GUARDED)
def test_nobody_sees_anything_without_signing_in(address: str, path: str) -> None:
    assert Browser(address).get(path).status_code == 401
    stranger = Browser(address)
    stranger.session.cookies.set("yilianban_desk", "eyJhIjoxfQ.forged.signature", path="/desk")
    assert stranger.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/desk/review", "/desk/board"])
def test_pages_lead_to_the_sign_in(address: str, path: str) -> None:
    answer = Browser(address).get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")


def test_sign_in_wants_the_token_a_name_and_our_own_page(address: str) -> None:
    assert Browser(address).sign_in("王", token="another-token-of-some-length").status_code == 401
    assert Browser(address).sign_in("").status_code == 400
    assert Browser(address).sign_in("名" * 21).status_code == 400
    foreign = Browser(address).post(
        "/desk/sign-in",
        form={"token": TOKEN, "name": "甲", "display": "乙"},
        **{"Sec-Fetch-Site": "cross-site"},
    )
    assert foreign.status_code == 403 and "Set-Cookie" not in foreign.headers


def test_the_cookie_is_the_servers_alone(address: str) -> None:
    cookie = Browser(address).sign_in("赵").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/desk" in cookie
    assert TOKEN not in cookie


def test_one_name_is_one_person(address: str, clerk: Browser) -> None:
    second = Browser(address)
    assert second.sign_in("李敏").status_code == 409
    first = Browser(address)
    assert first.sign_in("孙").status_code == 303
    assert first.post("/desk/leave", form={}).status_code == 303
    assert first.get("/desk/chats").status_code == 401
    assert second.sign_in("孙").status_code == 303


def test_guessing_the_token_is_slowed_down(folder: Path, tmp_path: Path) -> None:
    with desk_server(tmp_path, YILIANBAN_DESK_TOKEN=TOKEN) as address:
        tries = [
            Browser(address).sign_in("甲", token=f"guess-{n}-guess-guess").status_code for n in range(12)
        ]
    assert tries == [401] * 10 + [429] * 2


def test_without_a_token_the_desk_is_closed(tmp_path: Path) -> None:
    with desk_server(tmp_path) as address:
        closed = requests.get(f"{address}/desk", timeout=20)
        assert closed.status_code == 503 and "YILIANBAN_DESK_TOKEN" in closed.text
        assert Browser(address).sign_in("甲", token="").status_code == 401
        assert Browser(address).get("/desk/find?q=a").status_code == 401


def test_the_page_is_whole_and_keeps_to_itself(clerk: Browser) -> None:
    page = clerk.get("/desk")
    assert page.status_code == 200 and page.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY and "no-store" in page.headers["Cache-Control"]
    html5lib.HTMLParser(strict=True).parse(page.text)
    for part in page.text.split('src="')[1:]:
        script = clerk.get(part.partition('"')[0])
        assert script.status_code == 200 and script.headers["Content-Type"].startswith("text/javascript")
    assert clerk.get("/desk/static/../../desk.yml").status_code == 404
    assert " on" not in page.text.partition("<body>")[2].replace(" one", ""), "a handler in markup"


def test_search_finds_by_initials_within_the_time(clerk: Browser) -> None:
    taken = []
    for query in ("e", "es", "esf", "esf ", "esf g", "esf gh", "失业金 环翠", "57.2", "syj hc"):
        began = time.perf_counter()
        hits = clerk.get("/desk/find", params={"q": query, "region": ""}).json()["hits"]
        taken.append(time.perf_counter() - began)
        assert hits
    assert statistics.median(taken) < 0.1
    first = clerk.get("/desk/find", params={"q": "esf gh", "region": "zhoucun"}).json()["hits"][0]
    assert (first["kind"], first["targets"][0]["id"]) == ("scenario", "second-hand-home")


def test_a_chain_comes_with_all_ways_of_telling_it(clerk: Browser) -> None:
    page = clerk.get("/desk/chain/zhoucun/second-hand-home?mortgage=yes").text
    html5lib.HTMLParser(strict=True).parseFragment(page)
    short = page.partition(f"{PUBLIC}/s/")[2][:7]
    assert len(short) == 7 and "第一，" in page and "清单原行" in page and "存量" not in page[:50]
    there = clerk.get(f"/s/{short}")
    assert there.status_code == 302
    assert there.headers["Location"] == "/guide/zhoucun/second-hand-home?mortgage=yes"
    assert clerk.get("/s/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/chain/nowhere/birth", 404),
        ("/desk/chain/zhoucun/nothing", 404),
        ("/desk/chain/zhoucun/second-hand-home?mortgage=maybe", 400),
        ("/desk/matter/zhoucun.individual.999", 404),
        ("/desk/list?region=zhoucun&kind=scenario&name=birth", 404),
        ("/desk/list?region=zhoucun&kind=place", 404),
    ],
)
def test_what_is_not_there_is_said(clerk: Browser, path: str, status: int) -> None:
    answer = clerk.get(path)
    assert answer.status_code == status and answer.json()["error"]


def test_reverse_look_ups_list_the_matters(clerk: Browser) -> None:
    catalogue = load_catalogue()
    office = "区政务服务中心"
    page = clerk.get("/desk/list", params={"region": "zhoucun", "kind": "place", "name": office}).text
    wanted = [m for m in catalogue.list_matters("zhoucun", "individual") if office in m.places]
    assert wanted and all(f"/desk/matter/{matter.id}" in page for matter in wanted)


def test_messages_for_review_are_listed_and_exported_safely(clerk: Browser, desk: Desk) -> None:
    desk.review("=HYPERLINK(1)", "zhoucun", [("birth", 0.31), ("marriage", 0.2)], "clarify")
    desk.review("<b>我</b>", "changle", [], "out_of_scope")
    page = clerk.get("/desk/review").text
    assert "&lt;b&gt;" in page and "<b>我" not in page and "宝宝出生" in page and "31%" in page
    export = clerk.get("/desk/review.csv")
    assert export.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(export.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["time", "region", "text"]
    assert rows[1][2] == "<b>我</b>" and rows[2][2] == "'=HYPERLINK(1)"
    assert rows[2][4:] == ["birth", "0.31", "marriage 0.20"]


def test_the_wallboard_counts_conversations(clerk: Browser, folder: Path) -> None:
    card = '{"event": "bot", "data": {"custom": {"kind": "chain", "scenario": {"id": "birth"}, "region": {"id": "changle"}}}}'
    with sqlite3.connect(folder / "conversations.db") as connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, data)"
        )
        for sender, at in (("a", time.time()), ("a", time.time()), ("b", time.time()), ("c", 1000.0)):
            connection.execute(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, 'bot', ?, ?)",
                (sender, at, card),
            )
    page = clerk.get("/desk/board").text
    assert "宝宝出生" in page and "<td>2</td>" in page
