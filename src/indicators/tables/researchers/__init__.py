"""Researchers: where papers are written and with whom. Affiliation is the place of work, never an origin."""
