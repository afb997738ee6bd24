"""The import rules of the house: what each layer may import from the project, and who may use which library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "src" / "indicators"
MAY_IMPORT = {
    "model": set(),
    "snapshots": {"model"},
    "sources": {"model"},
    "tables": {"model", "sources"},
    "measures": {"model"},
    "claims": {"model", "measures"},
    "history": {"model"},
    "quality": {"model"},
    "release": {"model", "quality", "measures", "claims"},
    "pipeline": {"model", "snapshots", "sources", "tables", "measures", "claims", "history", "quality", "release"},
    "definitions": {"model", "snapshots", "sources", "tables", "measures", "claims", "history", "quality", "release", "pipeline"},
    "cli": {"model", "snapshots", "sources", "tables", "measures", "claims", "history", "quality", "release", "pipeline", "definitions"},
}
ONLY_IN = {
    "requests": {"snapshots"},
    "urllib3": {"snapshots"},
    "great_expectations": {"quality"},
    "pandas": {"quality"},
    "dagster": {"definitions", "cli"},
    "click": {"cli"},
    "rich": {"cli"},
    "lxml": {"sources"},
    "feedgen": {"release"},
    "jinja2": {"release"},
    "yaml": {"release"},
    "filelock": {"pipeline"},
    "fsspec": {"release"},
    "duckdb": {"measures", "claims", "history", "quality", "release", "cli"},
}


def imports(path: Path) -> Iterator[str]:
    """Every module name that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


FILES = sorted(path for path in HOUSE.rglob("*.py") if path != HOUSE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_layer_imports_only_what_the_architecture_allows(path: Path) -> None:
    layer = path.relative_to(HOUSE).parts[0].removesuffix(".py")
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "indicators" and rest and not rest.startswith("__version__"):
            other = rest.split(".")[0]
            assert other == layer or other in MAY_IMPORT[layer], f"{layer} must not import {other} ({path.name})"
        assert layer in ONLY_IN.get(top, {layer}), f"{top} is used only in {ONLY_IN[top]}, not in {layer} ({path.name})"
