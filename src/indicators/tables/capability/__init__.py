"""Capability: how good the models are, and whose they are."""
