"""What stops the start."""


class StartRefused(RuntimeError):
    """The application cannot be served as it is; the message says what to change."""


__all__ = ["StartRefused"]
