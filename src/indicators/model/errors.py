"""Errors that say who, what, and where next. One class per decision a caller can take."""


class IndicatorsError(Exception):
    """Any expected failure: its message is meant for a person and needs no traceback."""


class FetchFailed(IndicatorsError):
    """The server could not be reached or refused; whatever is stored stays and is used."""


class BadPayload(IndicatorsError):
    """The bytes arrived but are not what the source promised; they are kept and not used."""


class ContractBroken(IndicatorsError):
    """A table does not have the structure it promises (gate 1, entry)."""


class AuditFailed(IndicatorsError):
    """The audit found rows that must not be published (gate 2, exit)."""


class NotFresh(IndicatorsError):
    """A fresh release was asked for and a source could not be confirmed with its server."""


class Busy(IndicatorsError):
    """Another run is writing to the same data folder."""


class ReleaseRefused(IndicatorsError):
    """`publish` refuses: nothing audited, a failed audit, changed files, a licence or a schema promise."""
