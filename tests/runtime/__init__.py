"""Promises of the modules that are copied into every generated project."""
