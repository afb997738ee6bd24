"""Reference: the codes that every other table points into."""
