"""The release about itself: what it was built from, what its indicators mean, and their values."""
