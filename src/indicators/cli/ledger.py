"""The ledger of claims for people: a table of all of them, or one with every figure behind its verdicts."""

from collections.abc import Iterator
from typing import Any

import click
import polars as pl
from rich.markup import escape

from indicators.cli import show
from indicators.cli.reads import flat
from indicators.model import EVALUATIONS, Folders, IndicatorsError, figure
from indicators.pipeline import Pipeline

STYLES = {"supported": "green", "mixed": "yellow", "contradicted": "red", "not_measurable": "dim"}
MARKS = {True: "[green]met[/]", False: "[red]not met[/]", None: ""}


def claims(claim_id: str | None, version: str, style: str) -> int:
    """Print the ledger of a release, or one claim of it; returns the exit code."""
    release = Pipeline(Folders.from_environment()).shelf.get(version)
    paths = [release.tables / f"{name}.parquet" for name in ("claims", "claim_evidence")]
    if not all(path.exists() for path in paths):
        raise IndicatorsError(f"release {release.version} has no ledger of claims yet; make one with `indicators release`")
    ledger, evidence = map(pl.read_parquet, paths)
    if claim_id:
        ledger, evidence = (_only(rows, claim_id, ledger) for rows in (ledger, evidence))
    if style == "table":
        _one(ledger, evidence) if claim_id else _all(ledger, evidence, release.version)
    elif style == "markdown":
        click.echo(_markdown(ledger, evidence))
    else:
        rows = evidence if claim_id else ledger.drop("sql")
        click.echo(rows.write_json() if style == "json" else flat(rows).write_csv(), nl=style == "json")
    return 0


def _only(rows: pl.DataFrame, claim_id: str, ledger: pl.DataFrame) -> pl.DataFrame:
    """The rows of one claim; raises IndicatorsError naming those there are."""
    known = sorted(set(ledger["claim_id"]))
    if claim_id.upper() not in known:
        raise IndicatorsError(f"no claim {claim_id!r}; they are {known[0]} to {known[-1]}")
    return rows.filter(claim_id=claim_id.upper())


def _pairs(ledger: pl.DataFrame, evidence: pl.DataFrame) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Each claim then and now, with the first criterion that has a figure."""
    backwards = evidence.sort(pl.col("value").is_null(), "place", descending=True).iter_rows(named=True)
    named = {(row["claim_id"], row["evaluation_code"]): row["criterion"] for row in backwards}
    for (claim_id,), of_claim in ledger.group_by("claim_id", maintain_order=True):
        by_code = {row["evaluation_code"]: row for row in of_claim.iter_rows(named=True)}
        then, now = (by_code[code] for code in EVALUATIONS)
        yield then, now, named.get((claim_id, now["evaluation_code"]), "")


def _all(ledger: pl.DataFrame, evidence: pl.DataFrame, version: str) -> None:
    """One line a claim: then and now, the figure with its interval, and its coverage; a reason where there is no verdict."""
    lines = [
        [now["claim_id"], escape(now["claim"]), _verdicts(then, now), _figures(then, now, criterion), _coverage(now)]
        for then, now, criterion in _pairs(ledger, evidence)
    ]
    show.listed(["", "claim", "then → now", "figure, then → now", "coverage"], lines, f"Claims of the op-ed, release {version}")
    show.out.print("[dim]then: 21 January 2025; now: the newest facts; one claim with every figure: indicators claims --claim C03[/]")


def _markdown(ledger: pl.DataFrame, evidence: pl.DataFrame) -> str:
    """The claims that have a verdict as a Markdown table, and the others with their reason below."""
    lines, silent = ["| claim | then → now | figure, then → now | coverage |", "|---|---|---|---|"], []
    for then, now, criterion in _pairs(ledger, evidence):
        named = f"{now['claim_id']} {now['claim']}"
        if {then["verdict_code"], now["verdict_code"]} == {"not_measurable"}:
            silent.append(f"- {named}: {now['reason']}")
        else:
            verdict = " → ".join(row["verdict_code"].replace("_", " ") for row in (then, now))
            lines.append(f"| {named} | {verdict} | {criterion}: {_change(then, now)} | {_coverage(now)} |")
    return "\n".join([*lines, "", "Not measurable, then and now:", "", *silent])


def _one(ledger: pl.DataFrame, evidence: pl.DataFrame) -> None:
    """The rule, then every figure of each evaluation against its threshold."""
    first = ledger.row(0, named=True)
    show.out.print(f"[bold]{first['claim_id']}[/]  {escape(first['claim'])}", soft_wrap=True, highlight=False)
    show.out.print(f"[dim]rule {first['rule_version']}:[/] {escape(first['rule'])}", highlight=False)
    show.out.print(f"[dim]caveats:[/] {escape(first['caveats'])}", highlight=False)
    for row in ledger.iter_rows(named=True):
        note = "; ".join(escape(row[name]) for name in ("reason", "coverage_note") if row[name])
        show.out.print(f"\n[bold]{row['evaluation_code']}[/]  {_verdict(row)}" + (f"  [dim]{note}[/]" if note else ""), highlight=False)
        figures = evidence.filter(evaluation_code=row["evaluation_code"]).sort("place")
        if figures.height:
            show.listed(["criterion", "figure", "threshold", "", "day", "names"], [_line(row) for row in figures.iter_rows(named=True)])


def _line(row: dict[str, Any]) -> list[str]:
    unit = row["unit"]
    held = f"{row['comparison_code']} {figure(row['threshold'], None, None, unit)}" if row["threshold"] is not None else ""
    names = ", ".join(row["names"] or [])
    mark = "" if row["role_code"] == "context" else MARKS[row["is_met"]]
    told = figure(row["value"], row["lower"], row["upper"], unit)
    return [*map(escape, (row["criterion"], told, held)), mark, str(row["period_end"] or ""), escape(names)]


def _figures(then: dict[str, Any], now: dict[str, Any], criterion: str) -> str:
    """The first criterion, its figure then and now, once where they are the same, and the reason where there is one."""
    reason = f"[dim]{escape(now['reason'])}[/]" if now["reason"] else ""
    if now["verdict_code"] == "not_measurable":
        return reason
    return "\n".join(filter(None, (escape(criterion), f"[bold]{escape(_change(then, now))}[/]", reason)))


def _change(then: dict[str, Any], now: dict[str, Any]) -> str:
    """The first figure then and now with its day, once where they are the same."""
    once = [f"{figure(row['value'], row['lower'], row['upper'], row['unit'])}, {row['as_of_date']}" for row in (then, now)]
    return once[1] if once[0] == once[1] or then["value"] is None else " → ".join(once)


def _verdicts(then: dict[str, Any], now: dict[str, Any]) -> str:
    """Both verdicts, or one word where nothing could be measured either time."""
    is_silent = {then["verdict_code"], now["verdict_code"]} == {"not_measurable"}
    return _verdict(now) if is_silent else f"{_verdict(then)} → {_verdict(now)}"


def _verdict(row: dict[str, Any]) -> str:
    code = row["verdict_code"]
    return f"[{STYLES[code]}]{code.replace('_', ' ')}[/]"


def _coverage(row: dict[str, Any]) -> str:
    """The part of the population that the figure rests on; nothing where there is no verdict, or the part is not known."""
    is_told = row["verdict_code"] != "not_measurable" and row["coverage_share"] is not None
    return f"{row['coverage_share']:.0%}" if is_told else ""
