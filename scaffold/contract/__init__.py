"""Frozen values: types, contracts, changes and histories. They know nothing of files or templates."""
