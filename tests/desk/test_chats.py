"""Two clerks and a citizen over real sockets: queue, race, hand-back, restart, and a clerk who vanishes."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desk.desk import Desk
from desk.settings import Settings
from tests.desk.server import TOKEN, Browser, Events, desk_server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chats")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with desk_server(folder, YILIANBAN_DESK_TOKEN=TOKEN) as address:
        yield address


@pytest.fixture(scope="module")
def clerks(address: str) -> tuple[Browser, Browser]:
    found = Browser(address), Browser(address)
    for browser, name in zip(found, ("甲", "乙"), strict=True):
        assert browser.sign_in(name, f"{name}号坐席").status_code == 303
    return found


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """The action server's side: another process's view of the same file."""
    found = Desk.open(
        Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(folder / "conversations.db")})
    )
    yield found
    found.close()


@pytest.fixture
def citizen() -> str:
    return f"session-{uuid.uuid4().hex}"


def do(clerk: Browser, number: int, name: str, **body: str) -> tuple[int, dict[str, Any]]:
    answer = clerk.post(f"/desk/chats/{number}/{name}", body=body)
    return answer.status_code, answer.json()


def ids(inbox: dict[str, Any], group: str) -> list[int]:
    return [one["id"] for one in inbox[group]]


def test_only_one_of_two_clerks_takes(clerks: tuple[Browser, Browser], desk: Desk, citizen: str) -> None:
    number = desk.wish(citizen, "portal", "zhoucun", "birth", "想找人").id
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda clerk: do(clerk, number, "take")[0], clerks))
    assert sorted(done) == [200, 409]
    winner, loser = clerks if done[0] == 200 else clerks[::-1]
    assert number in ids(winner.get("/desk/chats").json(), "mine")
    assert number in ids(loser.get("/desk/chats").json(), "others")
    for name in ("reply", "release", "end"):
        assert do(loser, number, name, text="我来")[0] == 409
    assert desk.handoffs.messages(number) == []
    assert do(winner, number, "end")[0] == 200


def test_the_inbox_moves_by_itself(clerks: tuple[Browser, Browser], desk: Desk, citizen: str) -> None:
    first, second = clerks
    events = Events(first)
    assert set(events.next()) == {"open", "hours", "waiting", "mine", "others", "ended"}
    began = time.monotonic()
    number = desk.wish(citizen, "wechat", "changle", "birth", "我要找人").id
    inbox = events.next()
    assert time.monotonic() - began < 5 and number in ids(inbox, "waiting")
    shown = next(one for one in inbox["waiting"] if one["id"] == number)
    assert (shown["title"], shown["channel"], shown["text"], shown["place"]) == (
        "宝宝出生",
        "wechat",
        "我要找人",
        1,
    )
    assert citizen not in str(inbox)
    do(second, number, "take")
    taken = events.next()
    assert [one["by"] for one in taken["others"] if one["id"] == number] == ["乙"]
    desk.happen(citizen, "say", "在吗")
    assert [one["author"] for one in events.next()["others"] if one["id"] == number] == ["citizen"]
    do(second, number, "end")
    assert number in ids(events.next(), "ended")
    events.close()


def test_a_chat_from_wish_to_hand_back(clerks: tuple[Browser, Browser], desk: Desk, citizen: str) -> None:
    clerk = clerks[0]
    number = desk.wish(citizen, "portal", "zhoucun", "birth", "想找人").id
    assert do(clerk, number, "reply", text="您好")[0] == 409, "a reply before it is taken"
    _, chat = do(clerk, number, "take")
    assert chat["mine"] and chat["chain"] == "/desk/chain/zhoucun/birth"
    desk.happen(citizen, "say", "孩子户口怎么上")
    _, chat = do(clerk, number, "reply", text="您好，请带材料去派出所问问")
    assert [(e["author"], e["name"]) for e in chat["entries"]] == [("citizen", None), ("person", "甲号坐席")]
    assert desk.handoff(citizen).display == "甲号坐席"
    assert clerk.post(f"/desk/chats/{number}/reply", body={"text": " "}).status_code == 400
    assert clerk.post(f"/desk/chats/{number}/reply", body={"text": "长" * 2001}).status_code == 400
    _, chat = do(clerk, number, "release")
    assert chat["state"] == "waiting" and desk.handoff(citizen).display == ""
    _, chat = do(clerks[1], number, "take")
    assert chat["mine"] and len(chat["entries"]) == 2, "what was said before is lost"
    assert do(clerks[1], number, "end")[0] == 200
    assert desk.handoff(citizen).state == "ended"
    assert clerk.get(f"/desk/chats/{number}").json()["contact"] == ""


def test_a_contact_is_for_who_has_taken(clerks: tuple[Browser, Browser], desk: Desk, citizen: str) -> None:
    number = desk.wish(citizen).id
    desk.leave_contact(citizen, "13800138000")
    assert "13800138000" not in clerks[0].get(f"/desk/chats/{number}").text
    assert "13800138000" not in clerks[0].get("/desk/chats").text
    assert do(clerks[0], number, "take")[1]["contact"] == "13800138000"
    assert "13800138000" not in clerks[1].get(f"/desk/chats/{number}").text
    do(clerks[0], number, "end")


def test_other_sites_and_forms_change_nothing(
    clerks: tuple[Browser, Browser], desk: Desk, citizen: str
) -> None:
    number = desk.wish(citizen).id
    path = f"/desk/chats/{number}/take"
    assert clerks[0].post(path, body={}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert clerks[0].post(path, form={"a": "b"}).status_code == 415
    assert Browser(clerks[0].base).post(path, body={}).status_code == 401
    assert clerks[0].post("/desk/chats/999999/take", body={}).status_code == 404
    assert desk.handoff(citizen).state == "waiting"
    desk.happen(citizen, "leave")


def test_a_clerk_who_vanishes_leaves_the_chat_to_others(
    address: str, clerks: tuple[Browser, Browser], desk: Desk, folder: Path, citizen: str
) -> None:
    gone = Browser(address)
    assert gone.sign_in("丙").status_code == 303
    number = desk.wish(citizen).id
    assert do(gone, number, "take")[0] == 200
    assert desk.handoff(citizen).state == "taken"
    with sqlite3.connect(folder / "desk.db") as connection:
        connection.execute("UPDATE clerk SET seen_at = ? WHERE name = '丙'", (time.time() - 181,))
    assert desk.handoff(citizen).state == "waiting", "nobody has it any more"
    assert do(clerks[0], number, "take")[0] == 200
    do(clerks[0], number, "end")


def test_nothing_is_lost_on_restart(tmp_path: Path, citizen: str) -> None:
    settings = Settings.from_environment({"YILIANBAN_CONVERSATIONS": str(tmp_path / "conversations.db")})
    with desk_server(tmp_path, YILIANBAN_DESK_TOKEN=TOKEN) as address:
        clerk = Browser(address)
        clerk.sign_in("甲")
        desk = Desk.open(settings)
        number = desk.wish(citizen, text="想找人").id
        do(clerk, number, "take")
        do(clerk, number, "reply", text="您好")
        desk.close()
    with desk_server(tmp_path, YILIANBAN_DESK_TOKEN=TOKEN) as address:
        clerk.base = address
        chat = clerk.get(f"/desk/chats/{number}").json()
        assert chat["mine"] and [entry["text"] for entry in chat["entries"]] == ["您好"]


def test_a_thousand_conversations_are_listed_in_time(clerks: tuple[Browser, Browser], desk: Desk) -> None:
    numbers = [desk.wish(f"many-{n}", "portal", "zhoucun", "birth", "想找人") for n in range(1000)]
    for handoff in numbers[:950]:
        desk.happen(handoff.sender, "leave")
    clerks[0].get("/desk/chats")
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        inbox = clerks[0].get("/desk/chats").json()
        taken.append(time.perf_counter() - began)
    assert len(inbox["waiting"]) >= 50 and len(inbox["ended"]) == 50
    assert min(taken) < 0.2
