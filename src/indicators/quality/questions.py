"""A contract as Great Expectations: what every column of a table is held to, each with a question people can read.

Know before editing: import this only through `judge`, which loads Great Expectations once and late (it takes seconds).
"""

from typing import Any

import great_expectations.expectations as gxe

from indicators.model import Column, Table


def of_contract(table: Table) -> list[Any]:
    """The expectations that follow from the contract of a table, judged on its rows."""
    low, high = table.row_bounds
    asked = [
        of_columns(table),
        gxe.ExpectTableRowCountToBeBetween(
            min_value=low, max_value=high, meta=_meta(f"Are there between {low:,} and {high:,} rows, as in a healthy run?")
        ),
        _unique(table),
    ]
    return asked + [expectation for column in table.columns for expectation in _of_column(column)]


def of_columns(table: Table) -> Any:
    """The expectation that decides whether others can be asked: the columns of the contract, in its order, and no others."""
    return gxe.ExpectTableColumnsToMatchOrderedList(
        column_list=table.column_names, meta=_meta("Are the columns those of the contract, in its order?")
    )


def of_metrics() -> Any:
    """On a frame of questions: what fails must not exceed what is allowed."""
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A="allowed", column_B="failing", or_equal=True, meta=_meta("Does nothing fail beyond what is allowed?")
    )


def _unique(table: Table) -> Any:
    meta = _meta(f"Is the key ({', '.join(table.key)}) unique?", table.key[0])
    if len(table.key) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=table.key[0], meta=meta)
    return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(table.key), ignore_row_if="never", meta=meta)


def _of_column(column: Column) -> list[Any]:
    name = column.name
    asked: list[Any] = []
    if column.values:
        words = list(column.values)
        asked.append(gxe.ExpectColumnValuesToBeInSet(column=name, value_set=words, meta=_meta(f"{name}: is it one of {words}?", name)))
    if column.pattern:
        meta = _meta(f"{name}: does it look like {column.pattern}?", name)
        asked.append(gxe.ExpectColumnValuesToMatchRegex(column=name, regex=column.pattern, meta=meta))
    if column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        meta = _meta(f"{name}: is it {_range(column)}?", name)
        asked.append(gxe.ExpectColumnValuesToBeBetween(column=name, **bounds, meta=meta))
    return asked


def _range(column: Column) -> str:
    """The range of a column in words."""
    if column.maximum is None:
        return f"at least {column.minimum}"
    return f"at most {column.maximum}" if column.minimum is None else f"between {column.minimum} and {column.maximum}"


def _meta(question: str, subject: str = "") -> dict[str, str]:
    return {"question": question, "subject": subject}
