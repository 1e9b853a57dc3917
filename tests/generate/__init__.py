"""Views of what generated files say."""
