"""Chains: the right matters in printed order, conditions that open and close, links that lead somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue, load_catalogue
from knowledge.check import check
from knowledge.scenario import Chain

CATALOGUE = load_catalogue()
SISTERS = ("changle", "xuecheng", "weihai-city", "huancui")
COMPOSED = {
    "restaurant", "supermarket", "clinic", "factory-construction", "hotel", "internet-cafe", "pharmacy",
    "first-employees", "move-for-work", "graduate-no-job", "new-home-all", "second-hand-home-all", "first-child-all",
    "disabled-child", "illness-elsewhere", "work-injury", "licence-and-car", "death-all",
}  # fmt: skip
LISTED = {
    "birth", "new-home", "second-hand-home", "village-house", "inherit-home", "death", "marriage", "divorce",
    "veteran-return", "laid-off", "retirement", "travel-abroad", "company-start", "company-closing",
}  # fmt: skip
BIRTH = ["1", "2", "3", "4", "5", "6"]
CHAINS: list[tuple[str, str, dict[str, str], list[str]]] = [
    ("birth", "zhoucun", {}, ["1", "2", "3", "4", "5"]),
    *[("birth", region, {}, BIRTH) for region in SISTERS],
    ("new-home", "zhoucun", {"property": "home", "presale": "yes", "mortgage": "no"}, ["33", "35", "37"]),
    (
        "new-home",
        "zhoucun",
        {"property": "commercial", "presale": "yes", "mortgage": "yes"},
        ["34", "35", "36", "37"],
    ),
    ("new-home", "changle", {"presale": "no", "mortgage": "no"}, ["52", "53", "54.2"]),
    ("second-hand-home", "zhoucun", {"property": "home", "mortgage": "yes"}, ["38", "40", "41"]),
    ("second-hand-home", "huancui", {"mortgage": "yes"}, ["58", "59", "60.1", "60.2"]),
    (
        "second-hand-home-all",
        "zhoucun",
        {"property": "home", "mortgage": "no", "hukou": "other"},
        ["38", "40", "54", "42"],
    ),
    ("marriage", "zhoucun", {"partner": "foreign", "child": "first"}, ["58", "59", "61", "62", "63"]),
    ("marriage", "weihai-city", {"partner": "mainland"}, ["82", "86"]),
    ("pregnancy", "zhoucun", {"child": "first"}, ["59", "61", "62", "63", "2", "3", "4", "5"]),
    ("death", "zhoucun", {"death_place": "abroad", "insured": "resident"}, ["78", "80", "82"]),
    ("death", "zhoucun", {"death_place": "home", "insured": "employee"}, ["76", "77", "79", "81"]),
    ("death", "changle", {"death_place": "home"}, ["105", "106", "107", "108"]),
    ("after-death-money", "xuecheng", {"deceased": "resident"}, ["113.4", "114"]),
    ("laid-off", "zhoucun", {}, ["27", "28", "29"]),
    ("laid-off", "changle", {"worker": "employee"}, ["50.2", "51"]),
    ("graduation", "huancui", {"major": "teacher"}, ["18", "22.1", "22.2", "23", "24", "25"]),
    ("veteran-return", "xuecheng", {"injured": "no"}, ["26", "27", "28", "29"]),
    ("village-house", "changle", {}, ["61", "62", "63"]),
    ("travel-abroad", "zhoucun", {"hukou": "local", "round": "first"}, ["89", "91", "93"]),
    ("travel-abroad", "zhoucun", {"hukou": "other", "round": "again"}, ["90", "92", "94", "95"]),
    ("travel-abroad", "huancui", {}, ["79", "80", "81"]),
    ("retirement", "weihai-city", {"early": "yes"}, ["101", "103", "104.2", "105.1", "106.1"]),
    ("work-injury", "changle", {"reassess": "no", "injury_place": "local"}, ["45", "46", "88.2"]),
    ("licence-and-car", "zhoucun", {}, ["112", "107", "108"]),
    ("divorce", "changle", {"partner": "mainland"}, ["81"]),
    ("company-start", "huancui", {"firm": "company"}, ["1.1", "2", "3", "4", "5", "6", "7"]),
    ("company-closing", "xuecheng", {"firm": "company"}, ["101.1", "102", "103", "104", "105", "106"]),
    (
        "restaurant",
        "huancui",
        {"registered": "no", "dine": "hall", "tobacco": "no"},
        ["1.1", "2", "3", "4", "5", "6", "7", "13", "14", "15"],
    ),
    (
        "pharmacy",
        "xuecheng",
        {"registered": "no", "device": "none"},
        ["1.1", "2", "3", "4", "5", "6", "7", "17"],
    ),
    ("pharmacy", "xuecheng", {"registered": "yes", "device": "none"}, ["17"]),
    ("completion-acceptance", "huancui", {"fire": "other"}, ["84", "85", "87", "88", "89", "90", "91"]),
    ("first-employees", "xuecheng", {}, ["34", "35", "36", "37.1", "38", "44.1", "44.2"]),
]


def rows(chain: Chain) -> list[str]:
    return [step.matter.row for step in chain.steps]


@pytest.mark.parametrize(("scenario", "region", "facts", "expected"), CHAINS)
def test_chain(
    catalogue: Catalogue, scenario: str, region: str, facts: dict[str, str], expected: list[str]
) -> None:
    chain = catalogue.chain(scenario, region, facts)
    assert rows(chain) == expected
    assert not chain.open_conditions
    assert all(step.settled for step in chain.steps if step.condition)


def test_the_catalogue_passes_its_own_check(catalogue: Catalogue) -> None:
    assert check(catalogue) == []


def test_scenarios_that_the_lists_do_not_print_are_marked_composed(catalogue: Catalogue) -> None:
    assert {s.id for s in catalogue.scenarios.values() if s.origin == "composed"} >= COMPOSED
    assert {s.id for s in catalogue.scenarios.values() if s.origin == "listed"} >= LISTED


def test_every_scene_of_every_list_is_in_a_scenario(catalogue: Catalogue) -> None:
    reached = {
        (m.region, m.audience, m.scene)
        for name in catalogue.scenarios
        for region in catalogue.regions
        for m in catalogue.chain(name, region).matters
    }
    printed = {(m.region, m.audience, m.scene) for m in catalogue.matters.values()}
    assert printed == reached


def test_steps_stand_as_printed_within_a_part(catalogue: Catalogue) -> None:
    for scenario in catalogue.scenarios.values():
        for region in catalogue.regions:
            chain = catalogue.chain(scenario.id, region)
            position = {matter.id: i for i, matter in enumerate(chain.matters)}
            assert len(position) == len(chain.steps)
            for part in {step.part for step in scenario.steps}:
                concepts = {s.concept for s in scenario.steps if s.part == part and s.applies_in(region)}
                earlier = {s.concept for s in scenario.steps if s.part < part and s.applies_in(region)}
                inside = [
                    m
                    for m in chain.matters
                    if set(catalogue.concepts_of(m.id)) & concepts
                    and not set(catalogue.concepts_of(m.id)) & earlier
                ]
                assert [m.position for m in inside] == sorted(m.position for m in inside), (
                    scenario.id,
                    region,
                )


def test_a_scenario_of_one_part_stands_in_the_order_of_the_list(catalogue: Catalogue) -> None:
    for scenario in catalogue.scenarios.values():
        if len({step.part for step in scenario.steps}) == 1:
            for region in catalogue.regions:
                found = [m.position for m in catalogue.chain(scenario.id, region).matters]
                assert found == sorted(found)


def test_a_chain_stays_in_its_region_and_audience(catalogue: Catalogue) -> None:
    for scenario in catalogue.scenarios.values():
        for region in catalogue.regions:
            for matter in catalogue.chain(scenario.id, region).matters:
                assert (matter.region, matter.audience) == (region, scenario.audience)


def test_enterprise_scenarios_are_empty_where_no_enterprise_list_exists(catalogue: Catalogue) -> None:
    for scenario in catalogue.scenarios.values():
        for region in catalogue.regions:
            if not catalogue.has_list(region, scenario.audience):
                assert not catalogue.chain(scenario.id, region).steps


def test_every_condition_is_asked_somewhere_and_every_yes_comes_first(catalogue: Catalogue) -> None:
    asked = {
        condition.id
        for name in catalogue.scenarios
        for region in catalogue.regions
        for condition in catalogue.chain(name, region).open_conditions
    }
    assert asked == set(catalogue.conditions)
    for condition in catalogue.conditions.values():
        found = [option.value for option in condition.options]
        assert set(found) != {"yes", "no"} or found == ["yes", "no"]


def test_every_option_changes_a_chain(catalogue: Catalogue) -> None:
    """An option that changes nothing would be a question asked for nothing."""
    for condition in catalogue.conditions.values():
        for option in condition.options:
            assert any(
                catalogue.chain(name, region, {condition.id: option.value}).left_out
                or any(
                    s.condition and s.condition.id == option.id for s in catalogue.chain(name, region).steps
                )
                for name in catalogue.scenarios
                for region in catalogue.regions
            ), option.id


def test_questions_and_labels_can_be_read_alone(catalogue: Catalogue) -> None:
    for condition in catalogue.conditions.values():
        assert condition.question.endswith("？") and condition.why
        for option in condition.options:
            assert 2 <= len(option.label) <= 40, option.id
            assert option.label not in {"不是", "没有", "可以", "不行"}, option.id
            assert not option.label.endswith(("。", "？"))


def test_words_of_an_option_tell_it_from_its_neighbours(catalogue: Catalogue) -> None:
    """Words are looked for inside whole sentences: short ones hit by accident, shared ones tell nothing."""
    for condition in catalogue.conditions.values():
        taken: dict[str, str] = {}
        for option in condition.options:
            for word in option.words:
                assert len(word) >= 2, (option.id, word)
                assert taken.setdefault(word, option.id) == option.id, (option.id, word)
    for condition in catalogue.conditions.values():
        for option in condition.options:
            for word in option.words:
                longest = max(
                    (len(w), o.value) for o in condition.options for w in (*o.words, o.label) if w in word
                )
                assert longest == (len(word), option.value), (option.id, word)


def test_every_scenario_has_a_short_title_and_tones_fit(catalogue: Catalogue) -> None:
    titles = [scenario.title for scenario in catalogue.scenarios.values()]
    assert len(set(titles)) == len(titles)
    for scenario in catalogue.scenarios.values():
        assert 2 <= len(scenario.title) <= 20
        if "去世" in scenario.title:
            assert scenario.tone == "condolence"


def test_following_scenarios_are_of_the_same_audience_and_never_the_scenario_itself(
    catalogue: Catalogue,
) -> None:
    for scenario in catalogue.scenarios.values():
        assert scenario.id not in scenario.next
        assert {catalogue.scenarios[name].audience for name in scenario.next} <= {scenario.audience}


def test_nobody_is_congratulated_after_a_death(catalogue: Catalogue) -> None:
    for scenario in catalogue.scenarios.values():
        if scenario.tone == "condolence":
            assert {catalogue.scenarios[name].tone for name in scenario.next} <= {"condolence", "neutral"}


def test_printed_and_composed_links_are_told_apart(catalogue: Catalogue) -> None:
    links = {other.id: printed for other, printed in catalogue.following("marriage", "zhoucun")}
    assert links["pregnancy"] is True
    assert links["new-home"] is False
    assert {o.id: p for o, p in catalogue.following("pregnancy", "zhoucun")}["birth"] is True
    for region in SISTERS:
        assert not any(printed for _, printed in catalogue.following("marriage", region))


def test_following_leaves_out_what_the_region_does_not_have(catalogue: Catalogue) -> None:
    assert "spouse-home" in catalogue.scenarios["divorce"].next
    assert all(other.id != "spouse-home" for other, _ in catalogue.following("divorce", "changle"))


def test_printed_links_of_zhoucun_are_covered_by_its_chains(catalogue: Catalogue) -> None:
    """Every row that the list links (57 → 59-63) stands in one chain with the row that links it, or follows it."""
    for matter in catalogue.list_matters("zhoucun", "individual"):
        if not matter.related:
            continue
        reach: set[int] = set()
        for scenario in catalogue.scenarios_of(matter):
            names = (scenario.id, *scenario.next)
            reach |= {m.no for name in names for m in catalogue.chain(name, "zhoucun").matters}
        assert set(matter.related) <= reach, (matter.id, set(matter.related) - reach)


def test_variants_settle_one_condition_of_their_scenario(catalogue: Catalogue) -> None:
    for variant in catalogue.variants.values():
        conditions = {s.condition.partition("=")[0] for s in catalogue.scenarios[variant.scenario].steps}
        assert variant.option.partition("=")[0] in conditions


def test_a_chain_knows_the_lists_word_for_the_scene(catalogue: Catalogue) -> None:
    assert catalogue.chain("birth", "changle").scene == "出生"
    assert catalogue.chain("restaurant", "huancui").scene is None


def test_unknown_scenario(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.chain("no-such", "zhoucun")


FACTS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([option.value for option in condition.options])
        for name, condition in CATALOGUE.conditions.items()
    },
)


@given(st.sampled_from(sorted(CATALOGUE.scenarios)), st.sampled_from(sorted(CATALOGUE.regions)), FACTS)
@settings(max_examples=200, deadline=None)
def test_facts_leave_steps_out_and_taking_them_back_restores_them(
    name: str, region: str, facts: dict[str, str]
) -> None:
    whole, told = CATALOGUE.chain(name, region), CATALOGUE.chain(name, region, facts)
    assert set(told.matters) | {s.matter for s in told.left_out} == set(whole.matters)
    assert not set(told.matters) & {s.matter for s in told.left_out}
    assert list(told.matters) == [m for m in whole.matters if m in set(told.matters)]
    assert not {c.id for c in told.open_conditions} & set(facts)
    for step in told.steps:
        known = step.condition and facts.get(step.condition.condition)
        assert known in (None, step.condition and step.condition.value)
        assert step.settled == (known is not None)
    for step in told.left_out:
        assert step.condition and facts[step.condition.condition] != step.condition.value
    assert CATALOGUE.chain(name, region, {}) == whole


@given(st.sampled_from(sorted(CATALOGUE.scenarios)), st.sampled_from(sorted(CATALOGUE.regions)))
@settings(max_examples=60, deadline=None)
def test_answering_each_open_question_ends(name: str, region: str) -> None:
    facts: dict[str, str] = {}
    for _ in range(len(CATALOGUE.conditions)):
        open_conditions = CATALOGUE.chain(name, region, facts).open_conditions
        if not open_conditions:
            break
        facts[open_conditions[0].id] = open_conditions[0].options[0].value
    assert not CATALOGUE.chain(name, region, facts).open_conditions
