"""Which row of a list serves which wish: exact and near rows, and what a list does not have."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue

SISTERS = ("changle", "xuecheng", "weihai-city", "huancui")


def rows(catalogue: Catalogue, concept: str, region: str) -> list[str]:
    return [matter.row for matter in catalogue.matters_for(concept, region)]


def test_every_matter_stands_exactly_for_a_concept_of_its_audience(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        concepts = catalogue.concepts_of(matter.id)
        assert concepts, matter.id
        assert {catalogue.concepts[name].audience for name in concepts} == {matter.audience}


def test_every_concept_has_a_title_and_an_exact_row_somewhere(catalogue: Catalogue) -> None:
    for name, concept in catalogue.concepts.items():
        assert concept.title
        assert any(catalogue.is_exact(name, region) for region in catalogue.regions), name


def test_near_rows_never_hide_exact_ones(catalogue: Catalogue) -> None:
    for (region, _), fits in catalogue.fits.items():
        exact = {fit.concept for fit in fits if fit.exact}
        assert not exact & {fit.concept for fit in fits if not fit.exact}, region


@pytest.mark.parametrize(
    ("concept", "zhoucun", "changle", "others"),
    [
        ("primary-school-enrolment", ["7"], ["8"], ["8"]),
        ("school-transfer-in", ["10"], ["12"], ["12"]),
        ("driving-licence-first", ["112"], ["68"], ["71"]),
        ("id-card-renewal", ["86"], ["6"], ["6"]),
        ("id-card-loss-report", ["87"], ["6"], ["6"]),
        ("passport-nonlocal", ["90"], ["76"], ["79"]),
        ("housing-fund-withdrawal-rent", ["54"], ["60.2"], ["63.2"]),
        ("death-abroad-household-cancel", ["78"], ["108"], ["111"]),
        ("spouse-home-transfer", ["46"], ["57.1"], ["60.1"]),
        ("further-child-approval", ["60"], ["83"], ["86"]),
        ("resident-pension-death", ["80", "82"], ["110.4"], ["113.4"]),
        ("residence-permit-first", ["48"], [], []),
        ("home-buyer-household-registration", ["42"], [], []),
        ("no-crime-record", ["96"], [], []),
        ("divorce-registration", [], ["81"], ["84"]),
        ("elsewhere-care-referral", [], ["86.5"], ["89.5"]),
    ],
)
def test_the_row_that_serves_a_wish(
    catalogue: Catalogue, concept: str, zhoucun: list[str], changle: list[str], others: list[str]
) -> None:
    assert rows(catalogue, concept, "zhoucun") == zhoucun
    assert rows(catalogue, concept, "changle") == changle
    for region in ("xuecheng", "weihai-city", "huancui"):
        assert rows(catalogue, concept, region) == others


def test_an_exact_row_carries_the_words_of_its_sisters(catalogue: Catalogue) -> None:
    """The four sister lists come from one provincial list: one concept never mixes different rows of it."""
    for concept in catalogue.concepts:
        names = {
            region: {m.submatter or m.matter for m in catalogue.matters_for(concept, region, near=False)}
            for region in SISTERS
        }
        counts = {len(found) for found in names.values() if found}
        assert len(counts) <= 1, (concept, names)


def test_counterparts_point_both_ways(catalogue: Catalogue) -> None:
    for matter in catalogue.matters.values():
        for region in catalogue.regions:
            for other in catalogue.counterparts(matter, region):
                assert matter in catalogue.counterparts(other, matter.region)


def test_unknown_concepts_and_regions_have_no_rows(catalogue: Catalogue) -> None:
    assert catalogue.matters_for("birth-certificate", "atlantis") == ()
    assert catalogue.matters_for("no-such", "zhoucun") == ()
    with pytest.raises(KeyError):
        catalogue.matter("zhoucun.individual.118")
