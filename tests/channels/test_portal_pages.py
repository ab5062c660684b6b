"""Pages on the real stack: headers, caching, compression, what is missing, and the chat without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import quote

import html5lib
import pytest
import requests

from benchmarks.pages import PAGES as PAGE_PATHS
from benchmarks.pages import measure
from knowledge.catalogue import load_catalogue
from tests.assistant import Assistant

pytestmark = pytest.mark.server
PAGES = (
    "/guide/",
    "/guide/changle",
    "/guide/changle/birth",
    "/matter/changle.individual.1",
    "/search?q=户口&region=changle",
)
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def get(assistant: Assistant, path: str, **headers: str) -> requests.Response:
    return requests.get(
        assistant.base_url + path, headers={**BROWSER, **headers}, timeout=30, allow_redirects=False
    )


def matters(page: str) -> list[str]:
    return re.findall(r'<li id="step-\d+" data-matter="([^"]+)"', page)


@pytest.mark.parametrize("path", [*PAGES, "/chat", "/nope"])
def test_pages_are_strict_about_themselves(assistant: Assistant, path: str) -> None:
    answer = get(assistant, path)
    html5lib.HTMLParser(strict=True).parse(answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script" not in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_known_is_not_sent_again(assistant: Assistant, path: str) -> None:
    first = get(assistant, path)
    assert first.status_code == 200 and "max-age" in first.headers["Cache-Control"]
    again = get(assistant, path, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    large = requests.get(assistant.base_url + path, cookies={"yilianban_elder": "1"}, timeout=30)
    assert large.headers["ETag"] != first.headers["ETag"] and "Cookie" in first.headers["Vary"]


def test_pages_go_out_compressed_to_who_takes_it(assistant: Assistant) -> None:
    small = get(assistant, "/guide/huancui", **{"Accept-Encoding": "gzip"})
    plain = get(assistant, "/guide/huancui", **{"Accept-Encoding": "identity"})
    assert small.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert small.content == plain.content
    assert int(small.headers["Content-Length"]) < len(plain.content) / 4
    assert "Content-Encoding" not in get(assistant, "/chat", **{"Accept-Encoding": "gzip"}).headers


def test_pages_stay_small(assistant: Assistant) -> None:
    """As the benchmark measures them: a citizen on a slow network waits for a page and one style sheet."""
    sizes = {path: measure(assistant.base_url, path, 2).size for path in (*PAGE_PATHS, "/static/pages.css")}
    assert all(size < (16_000 if path == "/guide/huancui" else 6_000) for path, size in sizes.items()), sizes


def test_head_says_what_get_would(assistant: Assistant) -> None:
    answer = requests.head(f"{assistant.base_url}/guide/changle", timeout=30)
    assert answer.status_code == 200 and answer.content == b"" and answer.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404),
        ("/guide/nowhere", 404),
        ("/guide/changle/nothing", 404),
        ("/guide/changle/birth/x", 404),
        ("/guide/changle/" + quote("<script>alert(1)</script>"), 404),
        ("/matter/changle.individual.9999", 404),
        ("/matter/", 404),
        ("/guide/changle/second-hand-home?mortgage=maybe", 400),
        ("/guide/changle/second-hand-home?mortgage=yes&mortgage=no", 400),
        ("/guide/changle/birth?x=" + "1" * 3000, 400),
    ],
)
def test_an_address_that_leads_nowhere_offers_search_and_guide(
    assistant: Assistant, path: str, status: int
) -> None:
    answer = get(assistant, path)
    assert answer.status_code == status
    assert (
        'lang="zh-CN"' in answer.text
        and 'action="/search"' in answer.text
        and 'href="/guide/"' in answer.text
    )
    assert "<script>alert" not in answer.text


def test_a_program_that_lost_its_way_gets_json(assistant: Assistant) -> None:
    answer = requests.get(f"{assistant.base_url}/nope", timeout=10)
    assert answer.status_code == 404 and answer.json()["error"]


def test_the_page_of_a_scenario_has_the_steps_that_the_chat_gives(assistant: Assistant) -> None:
    """A sample through everything; tests/pages/test_scenario.py compares all of them."""
    catalogue = load_catalogue()
    for region in catalogue.regions:
        here = [s for s in catalogue.scenarios if catalogue.chain(s, region).steps]
        for scenario in here[:: max(1, len(here) // 4)]:
            chat = assistant.ask(f'/choose{{"payload":"scenario:{scenario}"}}', region=region)
            assert chat.card["kind"] == "chain"
            page = get(assistant, f"/guide/{region}/{scenario}")
            assert matters(page.text) == [step["matter_id"] for step in chat.card["steps"]], (
                region,
                scenario,
            )


@pytest.mark.parametrize(
    ("query", "region", "path"),
    [
        ("刚买了套二手房", "changle", "/guide/changle/second-hand-home"),
        ("我家宝宝刚出生", "zhoucun", "/guide/zhoucun/birth"),
        ("想开火锅店", "huancui", "/guide/huancui/restaurant"),
        ("环翠想开火锅店", "", "/guide/huancui/restaurant"),
    ],
)
def test_search_finds_what_the_chat_finds(assistant: Assistant, query: str, region: str, path: str) -> None:
    text = get(assistant, f"/search?q={quote(query)}&region={region}").text
    meant = text.partition('<h2 id="meant">')[2].partition("</section>")[0]
    assert f'href="{path}' in meant.partition("</li>")[0]


def test_search_shows_no_personal_number_again(assistant: Assistant) -> None:
    assert "13812345678" not in get(assistant, "/search?q=13812345678").text


def test_large_letters_and_region_are_remembered(assistant: Assistant) -> None:
    with requests.Session() as browser:
        switched = browser.get(
            f"{assistant.base_url}/guide/changle/second-hand-home?mortgage=yes&elder=1", timeout=30
        )
        assert switched.url.endswith("/guide/changle/second-hand-home?mortgage=yes")
        assert 'class="elder"' in switched.text
        assert 'class="elder"' in browser.get(f"{assistant.base_url}/chat", timeout=30).text
        back = browser.get(f"{assistant.base_url}/guide/?elder=0", timeout=30)
        assert 'class="elder"' not in back.text
        picked = browser.get(f"{assistant.base_url}/guide/?region=huancui", timeout=30)
        assert picked.url.endswith("/guide/huancui")
        assert (
            '<option value="huancui" selected>'
            in browser.get(f"{assistant.base_url}/guide/", timeout=30).text
        )


def test_a_switch_never_leads_to_another_site(assistant: Assistant) -> None:
    answer = get(assistant, "//evil.example/guide/?elder=1")
    assert not answer.headers.get("Location", "/").startswith("//")
    assert get(assistant, "/guide/?region=//evil.example").status_code == 200


class PlainBrowser:
    """A browser without JavaScript: reads the page, fills in the form, follows."""

    def __init__(self, assistant: Assistant) -> None:
        self.url = f"{assistant.base_url}/chat"
        self.session = requests.Session()
        self.page = self.session.get(self.url, timeout=30).text

    def field(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found
        return found[1]

    def send(self, **fields: str) -> requests.Response:
        hidden = {"token": self.field("token"), "message": self.field("message")}
        answer = self.session.post(self.url, data={**hidden, **fields}, timeout=60)
        self.page = answer.text
        return answer

    def said(self) -> list[str]:
        return re.findall(r'<p class="said">(.*?)</p>', self.page, re.DOTALL)


def test_the_chat_works_without_javascript(assistant: Assistant) -> None:
    browser = PlainBrowser(assistant)
    answer = browser.send(text="刚买了套二手房", region="changle")
    assert answer.history[0].status_code == 303 and answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert browser.said()[0] == "刚买了套二手房" and "昌乐县" in browser.said()[1]
    assert 'href="/guide/changle/second-hand-home"' in browser.page
    payload = re.search(r'name="payload" value="([^"]+)">有贷款<', browser.page)
    assert payload
    browser.send(payload=payload[1].replace("&#34;", '"'))
    assert browser.said()[2] == "有贷款"
    assert "抵押权登记" in browser.said()[3]


def test_another_page_may_have_asked_for_the_words(assistant: Assistant) -> None:
    page = get(assistant, "/chat?text=" + quote("</textarea>刚买了房") + "&region=changle").text
    assert ">&lt;/textarea&gt;刚买了房</textarea>" in page
    assert '<option value="changle" selected>' in page.partition('id="here"')[2]


@pytest.mark.parametrize(
    "path", ["/", "/health", "/nope", "/web/nope", "/web/regions", "/webhooks/rest/", "/robots.txt"]
)
def test_whatever_answers_keeps_to_itself(assistant: Assistant, path: str) -> None:
    answer = requests.get(assistant.base_url + path, timeout=10, allow_redirects=False)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_form_sent_twice_says_it_once(assistant: Assistant) -> None:
    browser = PlainBrowser(assistant)
    fields = {"token": browser.field("token"), "message": browser.field("message"), "text": "你好"}
    for _ in range(2):
        browser.page = browser.session.post(browser.url, data=fields, timeout=60).text
    assert len(browser.said()) == 2


def test_a_form_without_its_sessions_token_is_refused_and_loses_nothing(assistant: Assistant) -> None:
    mine, other = PlainBrowser(assistant), PlainBrowser(assistant)
    for token in ("", other.field("token")):
        refused = mine.session.post(mine.url, data={"token": token, "text": "我写了很久的话"}, timeout=30)
        assert refused.status_code == 403
        assert "我写了很久的话" in refused.text and 'role="alert"' in refused.text
    mine.page = mine.session.get(mine.url, timeout=30).text
    assert mine.said() == []


def test_nothing_and_too_much_are_refused_in_words(assistant: Assistant) -> None:
    browser = PlainBrowser(assistant)
    assert browser.send(text="  ").status_code == 400
    assert browser.send(text="长" * 20000).status_code == 413
    assert 'role="alert"' in browser.page


def test_the_plain_chat_is_escaped_and_can_be_deleted(assistant: Assistant) -> None:
    browser = PlainBrowser(assistant)
    browser.send(text="<script>alert(1)</script>你好", region="changle")
    assert "<script>alert" not in browser.page and "&lt;script&gt;" in browser.said()[0]
    browser.send(delete="1")
    assert browser.said() == []


def test_the_plain_chat_is_the_same_conversation_as_the_chat_pages(assistant: Assistant) -> None:
    browser = PlainBrowser(assistant)
    browser.send(text="你好")
    told = browser.session.get(browser.url.replace("/chat", "/api/chat"), timeout=10).json()
    assert told["messages"][0]["text"] == "你好"


def test_regions_for_any_site(assistant: Assistant) -> None:
    answer = requests.get(f"{assistant.base_url}/web/regions", timeout=10)
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and len(answer.json()) == 5
