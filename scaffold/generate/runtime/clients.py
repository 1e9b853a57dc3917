"""The registry of clients: who is behind the name that a client is counted by, and where it is written to."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class RegistryWrong(Exception):
    """The registry cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry says of one client."""

    name: str | None = None
    address: str | None = None


def read_clients(path: Path) -> dict[str, Known]:
    """The clients in a TOML file, by the name they are counted by; a file that is not there knows nobody.

    Raises RegistryWrong.
    """
    try:
        stated = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RegistryWrong(f"{path}: {error}") from error
    clients = stated.get("clients", {})
    if not isinstance(clients, Mapping):
        raise RegistryWrong(f'{path}: `clients` must be tables, as `[clients."acme"]`')
    return {str(id): _known(path, str(id), said) for id, said in clients.items()}


def _known(path: Path, id: str, said: Any) -> Known:
    if not isinstance(said, Mapping):
        raise RegistryWrong(f'{path}: `{id}` must be a table, as `[clients."{id}"]`')
    for word, value in said.items():
        if word not in ("name", "address"):
            raise RegistryWrong(f"{path}: `{id}` has `{word}`; a client has a `name` and an `address`")
        if not isinstance(value, str):
            raise RegistryWrong(f"{path}: `{word}` of `{id}` must be a text")
    return Known(said.get("name"), said.get("address"))
