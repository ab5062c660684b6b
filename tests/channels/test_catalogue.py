"""The guide as data: the chat's own chains for every scenario of every region, and words for what is not there."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jsonschema
import pytest
import requests

from bot.channels.catalogue_data import chain_data, guide_data, matter_data
from knowledge.catalogue import Catalogue, load_catalogue
from tests.assistant import SCHEMA, Assistant
from tests.desk.test_api import check

server = pytest.mark.server
# A question as people ask it, and the scenario that its answer is about, in every region.
ASKED = {"我家宝宝刚出生": "birth", "刚买了套二手房": "second-hand-home"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_every_chain_and_matter_is_a_card_of_the_contract(catalogue: Catalogue) -> None:
    seen = 0
    for region in catalogue.regions:
        for audience in guide_data(catalogue, region)["audiences"]:
            for stage in audience["stages"]:
                for link in stage["scenarios"]:
                    scenario = link["path"].rpartition("/")[2]
                    told = chain_data(catalogue, region, scenario, {})
                    jsonschema.validate(told["card"], SCHEMA)
                    chain = catalogue.chain(scenario, region)
                    assert [step["matter_id"] for step in told["card"]["steps"]] == [
                        m.id for m in chain.matters
                    ]
                    assert told["path"] == link["path"]
                    seen += 1
    assert seen > 100
    for name in list(catalogue.matters)[::25]:
        told = matter_data(catalogue, name)
        jsonschema.validate(told["card"], SCHEMA)
        assert told["card"]["steps"][0]["matter_id"] == name


def test_every_matter_of_the_lists_is_in_the_guide(catalogue: Catalogue) -> None:
    paths = [
        link["path"]
        for region in catalogue.regions
        for audience in guide_data(catalogue, region)["audiences"]
        for stage in audience["stages"]
        for scene in stage["scenes"]
        for link in scene["matters"]
    ]
    assert sorted(paths) == sorted(f"/matter/{name}" for name in catalogue.matters)


def get(assistant: Assistant, path: str, **query: str) -> requests.Response:
    answer = requests.get(assistant.base_url + path, params=query, timeout=20)
    check("GET", path, answer.status_code, answer.json())
    return answer


@server
@pytest.mark.parametrize("asked", ASKED)
def test_the_chat_gives_the_same_card(assistant: Assistant, catalogue: Catalogue, asked: str) -> None:
    for region in catalogue.regions:
        said = assistant.ask(asked, region).card
        told = get(assistant, f"/api/chain/{region}/{ASKED[asked]}").json()["card"]
        for part in ("scenario", "steps", "conditions", "following", "notice"):
            assert told[part] == said[part], (region, part)


@server
def test_a_condition_changes_the_chain(assistant: Assistant) -> None:
    path = "/api/chain/changle/second-hand-home"
    without = get(assistant, path, mortgage="no").json()
    assert without["left_out"] and len(without["card"]["steps"]) < len(
        get(assistant, path).json()["card"]["steps"]
    )
    (condition,) = (c for c in without["card"]["conditions"] if c["id"] == "mortgage")
    assert condition["chosen"] == "no"
    assert dict(parse_qsl(urlsplit(without["path"]).query)) == {"mortgage": "no"}


@server
def test_a_search_leads_to_chains_and_matters(assistant: Assistant) -> None:
    found = get(assistant, "/api/search", q="买二手房", region="changle")
    assert found.json()["meant"][0]["path"] == "/guide/changle/second-hand-home"
    assert found.headers["Cache-Control"] == "no-store"
    masked = get(assistant, "/api/search", q="身份证110101199003078515").json()["query"]
    assert "110101199003078515" not in masked
    assert get(assistant, "/api/search").json()["meant"] == []


@server
@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/api/guide/atlantis", {}, 404),
        ("/api/chain/atlantis/birth", {}, 404),
        ("/api/chain/changle/no-such-scenario", {}, 404),
        ("/api/chain/changle/second-hand-home", {"mortgage": "maybe"}, 400),
        ("/api/chain/changle/second-hand-home", {"<b>": "1"}, 400),
        ("/api/matters/changle.individual.9999", {}, 404),
        ("/api/search", {"q": "好" * 300}, 400),
    ],
)
def test_what_is_not_there_is_said_in_words(
    assistant: Assistant, path: str, query: dict[str, Any], status: int
) -> None:
    answer = get(assistant, path, **query)
    assert answer.status_code == status
    assert answer.json()["error"] and "Traceback" not in answer.text
