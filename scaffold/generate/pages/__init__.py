"""The documentation as HTML: a page for each version and each migration guide. No scripts, no other servers."""

from .build import guide_page, problems_page, stylesheet, version_pages

__all__ = ["guide_page", "problems_page", "stylesheet", "version_pages"]
