"""Every fault on every source: a clear word, nothing stored is lost, and the release goes on from what was good."""

import functools
import os
import shutil
from pathlib import Path
from typing import Any

import house
import pytest

from indicators.model import Folders, NotFresh
from indicators.pipeline import Pipeline, permissions
from indicators.snapshots import Transport
from indicators.sources import sources

FAULTS = ("500", "429", "timeout", "truncate", "html200", "empty", "slow", "reset")
LIMITS: dict[str, Any] = {"slow": 0.3, "hold": 5.0}
UNCAPTURED = {"wb_military_expenditure"}
"""Sources of which the captures hold nothing: payloads of our own exercise them."""
CAPTURED = [name for name in sources() if name not in UNCAPTURED]


def pipeline(data: Path, mirror: str) -> Pipeline:
    return Pipeline(Folders(data), transport=functools.partial(Transport, mirror=mirror, read_seconds=0.6, backoff_seconds=0.01))


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a good snapshot of every source."""
    house.captures()
    data = tmp_path_factory.mktemp("faults")
    with house.mirror() as address:
        for source_id in CAPTURED:
            checks = pipeline(data, address).refresh(source_id)
            assert all(check.is_good for check in checks), source_id
    return data


def copied(fetched: Path, source_id: str, data: Path) -> Path:
    """A copy of one source's snapshots: bytes linked, the log its own."""

    def link(one: str, other: str) -> None:
        (shutil.copyfile if one.endswith(".jsonl") else os.link)(one, other)

    shutil.copytree(fetched / "snapshots" / source_id, data / "snapshots" / source_id, copy_function=link)
    return data


def test_the_captures_hold_every_source_but_those_that_are_named(captures: Path) -> None:
    assert captures.exists()
    assert {name for name, module in sources().items() if not house.faults(module.SOURCE, "500")} == UNCAPTURED


@pytest.mark.parametrize("source_id", CAPTURED)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_loses_nothing_and_is_named(fault: str, source_id: str, fetched: Path, tmp_path: Path) -> None:
    data = copied(fetched, source_id, tmp_path)
    before = {part.provenance.file_name: part.frame for part in pipeline(data, "").rows(source_id)}
    kept = {path.name for path in (data / "snapshots" / source_id).iterdir()}
    with house.mirror(faults=house.faults(sources()[source_id].SOURCE, fault), **LIMITS) as address:
        run = pipeline(data, address)
        checks = run.refresh(source_id)
    assert kept <= {path.name for path in (data / "snapshots" / source_id).iterdir()}
    after = {part.provenance.file_name: part for part in run.rows(source_id)}
    assert {name: part.frame.rows() for name, part in after.items()} == {name: frame.rows() for name, frame in before.items()}
    is_slow = fault == "slow"
    assert all(check.is_good is is_slow for check in checks)
    assert all(part.provenance.is_stale is not is_slow for part in after.values())
    if not is_slow:
        assert all(source.url.split("/")[2] in check.error for check in checks for source in sources()[source_id].SOURCE.files[:1])
        run.parts.clear()
        if source_id in permissions.public_sources():
            with pytest.raises(NotFresh, match=source_id):
                run.require_fresh()


@pytest.mark.parametrize("source_id", CAPTURED)
def test_without_a_snapshot_a_fault_falls_back_to_the_baseline_where_the_terms_allow_one(
    source_id: str, fetched: Path, tmp_path: Path
) -> None:
    assert fetched.exists()
    with house.mirror(faults=house.faults(sources()[source_id].SOURCE, "500")) as address:
        run = pipeline(tmp_path, address)
        run.refresh(source_id)
    has_baseline = (run.folders.baseline / f"{source_id}.parquet").exists()
    assert has_baseline is (source_id in permissions.public_sources())
    assert {part.provenance.origin_code for part in run.rows(source_id)} == ({"baseline"} if has_baseline else set())


def test_a_passing_fault_is_overcome(fetched: Path, tmp_path: Path) -> None:
    data = copied(fetched, "epoch_eci", tmp_path)
    with house.mirror(faults=["epoch_eci=500*1"]) as address:
        (check,) = pipeline(data, address).refresh("epoch_eci")
    assert check.outcome == "unchanged"


def test_with_every_source_broken_the_command_line_still_releases_and_refuses_where_fresh_is_required(
    fetched: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    for source_id in CAPTURED:
        copied(fetched, source_id, data)
    faults = {fault for module in sources().values() for fault in house.faults(module.SOURCE, "html200")}
    with house.mirror(faults=sorted(faults)) as address:
        told = house.indicators("refresh", data=data, INDICATORS_MIRROR=address).stdout
        assert "HTML page where data was promised" in told
        house.indicators("refresh", "--require-fresh", data=data, expect=3, INDICATORS_MIRROR=address)
    refused = house.indicators("release", "--require-fresh", data=data, expect=3)
    assert "ml_hardware.csv comes from snapshot" in refused.stderr
    assert not list((data / "releases").glob("2*"))
    published = house.indicators("release", data=data).stdout
    assert "published" in published
    assert "HTML page where data was promised" in published
