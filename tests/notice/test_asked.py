"""Addresses of notices: read back to what they were made for, or refused with the part that is not known."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue
from notice.address import host_base, public_base
from notice.asked import ADDED_BY_OTHERS, read
from notice.errors import Unknown, Unreadable
from notice.subject import MattersSubject, ScenarioSubject


def test_a_path_leads_back_to_what_it_was_made_for(catalogue: Catalogue) -> None:
    asked = read(catalogue, "changle", "second-hand-home.pdf", "mortgage=yes")
    assert isinstance(asked.subject, ScenarioSubject) and asked.format == "pdf"
    assert asked.subject.facts == {"mortgage": "yes"}
    assert asked.subject.path("pdf") == "/notice/changle/second-hand-home.pdf?mortgage=yes"


def test_matters_by_their_ids(catalogue: Catalogue) -> None:
    ids = "changle.individual.57.1,changle.individual.1"
    asked = read(catalogue, "changle.docx", None, f"matters={ids}")
    assert isinstance(asked.subject, MattersSubject) and asked.format == "docx"
    assert ",".join(matter.id for matter in asked.subject.matters) == ids
    assert asked.subject.path() == f"/notice/changle?matters={ids}"


@pytest.mark.parametrize(
    ("region", "scenario", "query", "named"),
    [
        ("atlantis", "birth", "", "atlantis"),
        ("changle", "birthday", "", "birthday"),
        ("changle", "%E5%87%BA%E7%94%9F", "", "出生"),
        ("changle", "birth.exe", "", "exe"),
        ("changle", "birth.pdf.exe", "", "pdf.exe"),
        ("changle", "restaurant", "", "开饭店"),
        ("atlantis", None, "matters=changle.individual.1", "atlantis"),
        ("changle", None, "matters=changle.individual.999", "999"),
        ("changle", None, "matters=zhoucun.individual.1", "zhoucun.individual.1"),
        ("changle.exe", None, "matters=changle.individual.1", "exe"),
        ("", "birth", "", "没有叫“”的地区"),
        ("changle", "birth\x00<b>", "", "birth<b>"),
    ],
)
def test_what_is_not_there_is_named(
    catalogue: Catalogue, region: str, scenario: str | None, query: str, named: str
) -> None:
    with pytest.raises(Unknown, match=r".") as refused:
        read(catalogue, region, scenario, query)
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("region", "scenario", "query", "named"),
    [
        ("changle", "second-hand-home", "mortgage=maybe", "maybe"),
        ("changle", "second-hand-home", "mortgage=", "mortgage"),
        ("changle", "second-hand-home", "grade=senior", "grade"),
        ("changle", "birth", "mortgage=yes", "没有要选的情况"),
        ("changle", "second-hand-home", "mortgage=yes&mortgage=no", "不止一次"),
        ("changle", None, "", "没有说要哪些事项"),
        ("changle", None, "matters=", "没有说要哪些事项"),
        ("changle", None, "matters=changle.individual.1&x=1", "x"),
        ("changle", None, "matters=" + ",".join(f"changle.individual.{n}" for n in range(1, 50)), "40"),
        ("changle", "birth", "a" * 3000, "太长"),
        ("changle", "birth", "&".join(f"a{n}=1" for n in range(60)), "太长"),
    ],
)
def test_what_cannot_be_asked_is_named(
    catalogue: Catalogue, region: str, scenario: str | None, query: str, named: str
) -> None:
    with pytest.raises(Unreadable, match=r".") as refused:
        read(catalogue, region, scenario, query)
    assert named in str(refused.value)


def test_a_long_name_is_not_echoed_whole(catalogue: Catalogue) -> None:
    with pytest.raises(Unknown) as refused:
        read(catalogue, "changle", "x" * 1500, "")
    assert len(str(refused.value)) < 120


def test_what_messengers_add_to_links_is_passed_over(catalogue: Catalogue) -> None:
    asked = read(catalogue, "changle", "second-hand-home", "mortgage=yes&from=singlemessage&isappinstalled=0")
    assert isinstance(asked.subject, ScenarioSubject) and asked.subject.facts == {"mortgage": "yes"}
    assert not ADDED_BY_OTHERS & {*catalogue.conditions, "matters"}


def test_a_condition_that_rules_out_every_step_still_has_a_notice(catalogue: Catalogue) -> None:
    """A link that was shared stays readable: it says that nothing is left to do."""
    for scenario in catalogue.scenarios.values():
        for region in catalogue.regions:
            for condition in catalogue.chain(scenario.id, region).open_conditions:
                for option in condition.options:
                    read(catalogue, region, scenario.id, f"{condition.id}={option.value}")


@pytest.mark.parametrize(
    "given", ["https://a.example", "http://10.0.0.1:8080/", "https://a.example/yi-lian-ban/"]
)
def test_a_public_address(given: str) -> None:
    assert public_base(given) == given.rstrip("/")


@pytest.mark.parametrize(
    "given",
    ["", "a.example", "ftp://a.example", "javascript:alert(1)", "https://a b", "https://a/?x", "https://a\n"],
)
def test_no_public_address(given: str) -> None:
    with pytest.raises(ValueError):
        public_base(given)


def test_a_host_is_a_host() -> None:
    assert host_base("https", "a.example:8443") == "https://a.example:8443"
    assert host_base("ws", "[::1]:5005") == "http://[::1]:5005"
    for host in ("", 'a"><script>', "a/b", "a@b", "a\nb", "a" * 300):
        with pytest.raises(ValueError):
            host_base("http", host)
