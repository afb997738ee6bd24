"""What the project is called, and the version of its schema: every file of a release says both."""

PROJECT_NAME = "ai-competition-indicators"
PROJECT_TITLE = "AI-competition indicators"

SCHEMA_VERSION = "2.2.0"
"""SemVer of the released schema: removing, renaming, retyping or redefining a column is MAJOR, adding one MINOR."""
