"""Verify a release as a reader would: its checksums, its described schema, its indicators and verdicts computed again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from indicators import claims, measures
from indicators.model import Claim, Indicator, IndicatorsError
from indicators.quality import file_sha256
from indicators.release.shelf import SUMS, Release


@dataclass(frozen=True)
class Verdict:
    """One thing that was verified."""

    subject: str
    passed: bool
    detail: str


def verify(release: Release) -> Iterator[Verdict]:
    """Each verdict as it is reached: files, then schemas, then every indicator, then every claim."""
    yield from _sums(release)
    yield from _schemas(release)
    yield from _indicators(release)
    yield from _claims(release)


def _sums(release: Release) -> Iterator[Verdict]:
    lines = (line.partition("  ") for line in (release.folder / SUMS).read_text(encoding="utf-8").splitlines())
    stated = {name: sha256 for sha256, _, name in lines}
    present = {str(path.relative_to(release.folder)) for path in release.folder.rglob("*") if path.is_file()} - {SUMS}
    for name, sha256 in stated.items():
        path = release.folder / name
        is_same = path.is_file() and file_sha256(path) == sha256
        yield Verdict(name, is_same, "checksum" if is_same else "differs from SHA256SUMS or is gone")
    for name in sorted(present - set(stated)):
        yield Verdict(name, passed=False, detail="is not in SHA256SUMS")


def _schemas(release: Release) -> Iterator[Verdict]:
    for resource in release.document("datapackage.json")["resources"]:
        subject = f"schema of {resource['name']}"
        try:
            yield _schema(subject, release.folder / resource["path"], resource)
        except (OSError, pl.exceptions.PolarsError) as error:
            yield Verdict(subject, passed=False, detail=f"the file cannot be read ({type(error).__name__})")


def _schema(subject: str, path: Path, resource: dict[str, Any]) -> Verdict:
    stated = [field["name"] for field in resource["schema"]["fields"]]
    found = pl.read_parquet_schema(path)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    is_same = list(found) == stated and rows == resource["rows"]
    return Verdict(subject, is_same, f"{rows:,} rows, {len(found)} columns" + ("" if is_same else "; datapackage.json says otherwise"))


def _indicators(release: Release) -> Iterator[Verdict]:
    try:
        released = pl.read_parquet(release.tables / "indicator_values.parquet")
        connection = measures.connect(release.tables)
    except (OSError, duckdb.Error, pl.exceptions.PolarsError) as error:
        yield Verdict("indicators", passed=False, detail=f"a table cannot be read ({type(error).__name__})")
        return
    with connection:
        for indicator in measures.definitions(release.folder / "sql" / "indicators"):
            yield _again(indicator, released.filter(indicator_id=indicator.id), connection)


def _again(indicator: Indicator, released: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> Verdict:
    try:
        computed = measures.measure(indicator, connection).select(released.columns).cast(released.schema)
    except (duckdb.Error, IndicatorsError, pl.exceptions.PolarsError) as error:
        return Verdict(f"indicator {indicator.id}", passed=False, detail=f"cannot be computed again: {error}")
    order = released.columns[:5]
    is_same = computed.sort(order).equals(released.sort(order))
    detail = f"{released.height:,} values computed again" if is_same else "computed again gives other values"
    return Verdict(f"indicator {indicator.id}", is_same, detail)


def _claims(release: Release) -> Iterator[Verdict]:
    """A release from before there was a ledger has none to verify."""
    defined = claims.definitions(release.folder / "sql" / "claims")
    if not defined:
        return
    try:
        ledger, evidence = (pl.read_parquet(release.tables / f"{name}.parquet") for name in ("claims", "claim_evidence"))
    except (OSError, pl.exceptions.PolarsError) as error:
        yield Verdict("claims", passed=False, detail=f"a table cannot be read ({type(error).__name__})")
        return
    for claim in defined:
        yield _judged_again(claim, ledger.filter(claim_id=claim.id), evidence.filter(claim_id=claim.id), release.tables)


def _judged_again(claim: Claim, ledger: pl.DataFrame, evidence: pl.DataFrame, tables: Path) -> Verdict:
    try:
        judged = claims.judge(claim, tables)
    except (duckdb.Error, IndicatorsError, pl.exceptions.PolarsError) as error:
        return Verdict(f"claim {claim.id}", passed=False, detail=f"cannot be judged again: {error}")
    verdicts = judged.select(list(claims.VERDICT)).unique().sort("evaluation_code")
    figures = judged.filter(pl.col("place").is_not_null()).select(evidence.columns).sort("evaluation_code", "place")
    is_same = verdicts.equals(ledger.select(verdicts.columns).sort("evaluation_code"))
    is_same = is_same and figures.equals(evidence.sort("evaluation_code", "place"))
    told = " → ".join(ledger.sort("evaluation_code")["verdict_code"])
    return Verdict(f"claim {claim.id}", is_same, told if is_same else "judged again gives another verdict or other figures")
