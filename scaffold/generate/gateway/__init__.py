"""What a gateway in front of the program does by the calendar of the API: one description, and one form of it."""

from .nginx import nginx

__all__ = ["nginx"]
