"""CITATION.cff: valid, of this version and day, with the project's authors and the text that the claims come from."""

import descriptions
import gates
import house
import pytest
import yaml


@pytest.fixture(scope="module")
def citation(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (gates.published(tmp_path_factory.mktemp("release")).release.folder / "CITATION.cff").read_text()


def test_the_citation_is_valid(citation: str) -> None:
    assert descriptions.citation_faults(citation) == []


def test_a_citation_without_authors_or_with_a_day_that_is_none_is_found(citation: str) -> None:
    stated = yaml.safe_load(citation)
    assert descriptions.citation_faults(yaml.safe_dump({name: told for name, told in stated.items() if name != "authors"}))
    assert descriptions.citation_faults(yaml.safe_dump(stated | {"date-released": "soon"}))


def test_it_names_version_day_and_dataset(citation: str) -> None:
    stated = yaml.safe_load(citation)
    assert (stated["version"], stated["date-released"], stated["type"]) == ("2026.01.1", "2026-01-01", "dataset")


def test_authors_and_the_op_ed_are_the_projects(citation: str) -> None:
    project = yaml.safe_load((house.PROJECT / "CITATION.cff").read_text())
    stated = yaml.safe_load(citation)
    assert stated["authors"] == project["authors"]
    assert [reference["title"] for reference in stated["references"]] == ["There can be no winners in a US-China AI arms race"]


def test_the_projects_own_citation_is_valid() -> None:
    assert descriptions.citation_faults((house.PROJECT / "CITATION.cff").read_text()) == []
