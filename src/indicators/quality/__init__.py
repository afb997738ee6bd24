"""Gate 2, exit: the audit of the very files that people will download. The only place with Great Expectations.

`questions` turns a contract into what is asked; `metrics` asks DuckDB what spans tables or releases; `judge` lets
Great Expectations decide; `audit` puts one table's verdict together with the hash of the file it judged.
"""

from indicators.quality.audit import Previous, TableAudit, audit_table, file_sha256

__all__ = ["Previous", "TableAudit", "audit_table", "file_sha256"]
