"""Logs: one JSON object a line in production, coloured text in development, the libraries' lines included."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logging(environment: str = "development", level: str = "INFO") -> None:
    """Send everything that is logged, by structlog and by `logging`, to standard error in one form.

    In tests the lines go where the test runner collects them.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _without_colours,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    if environment != "test":
        renderers = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(environment)]
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=renderers))
        logging.basicConfig(handlers=[handler], level=level, force=True)


def _renderers(environment: str) -> list[structlog.typing.Processor]:
    if environment == "production":
        # Without the variables of each frame: they hold what callers sent, passwords included.
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer()]
    colours = sys.stderr.isatty()
    return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]


def _without_colours(
    logger: structlog.typing.WrappedLogger, method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Uvicorn says some lines twice, the second time with colours."""
    line.pop("color_message", None)
    return line
