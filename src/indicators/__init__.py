"""The AI-competition indicators: an open, versioned dataset built from public sources."""

__version__ = "0.1.0"
