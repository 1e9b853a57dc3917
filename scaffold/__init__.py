"""Code generator and scaffolder for versioned API projects."""

__version__ = "0.1.0"
