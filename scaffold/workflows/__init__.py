"""The commands, each a short sequence of the stages below."""
