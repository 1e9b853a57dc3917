"""Media types: which of those stated a Content-Type means, and which an Accept asks for (RFC 9110, 8.3, 12.5.1)."""

from collections.abc import Iterable, Mapping, Sequence
from email.message import Message


def kind_of(content_type: str) -> str:
    """A Content-Type without its parameters, in small letters."""
    return content_type.partition(";")[0].strip().lower()


def parameter_of(content_type: str, name: str) -> str | None:
    """A parameter of a Content-Type."""
    message = Message()
    message["content-type"] = content_type
    found = message.get_param(name)
    return found if isinstance(found, str) else None


def is_json(kind: str) -> bool:
    """Whether a media type is JSON, by its name or its suffix (RFC 6839)."""
    return kind in ("application/json", "text/json") or kind.endswith("+json")


def kinds(stated: Iterable[str]) -> Mapping[str, str]:
    """Media types as they are stated, by what they are without parameters."""
    return {kind_of(one): one for one in stated}


def find(stated: Mapping[str, str], kind: str) -> str | None:
    """The one of `stated` that `kind` is: itself, else any JSON for JSON, else a range such as `image/*`."""
    if kind in stated:
        return stated[kind]
    if is_json(kind) and kind.startswith("application/") and "application/json" in stated:
        return stated["application/json"]
    return stated.get(f"{kind.partition('/')[0]}/*") or stated.get("*/*")


def preferred(stated: Sequence[str], accept: str) -> str:
    """The one of `stated` that `accept` asks for most; the first one where it asks for none of them."""
    wanted = list(_ranges(accept))
    best, quality = stated[0], 0.0
    for one in stated:
        kind = kind_of(one)
        fitting = [(len(r) - r.count("*") * 100, q) for r, q in wanted if _within(kind, r)]
        found = max(fitting)[1] if fitting else 0.0
        if found > quality:
            best, quality = one, found
    return best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            yield kind, float(quality)
        except ValueError:
            continue


def _within(kind: str, wanted: str) -> bool:
    return wanted in (kind, "*/*") or (wanted.endswith("/*") and kind.startswith(wanted[:-1]))
