"""The modules that every generated project has word for word; they know nothing of the tool."""
