"""A history as files in memory: decisions in views, text from templates."""
