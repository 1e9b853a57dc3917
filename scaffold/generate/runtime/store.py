"""Stores: the records of one type in their table, read and written in transactions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from .database import Storage, retrying
from .problems import NotFound, UnknownKey
from .query import Query
from .rows import Rows, Unnamed
from .wire import Page

R = TypeVar("R", bound=Any)
T = TypeVar("T")


class Store(Rows[R]):
    """The records of one type.

    The methods of its own are one transaction each. Those that take a connection are for transactions put
    together by hand: `await storage.write(lambda connection: store.add(connection, record))`.
    """

    def __init__(self, storage: Storage) -> None:
        super().__init__()
        self.storage = storage

    async def get(self, key: Any) -> R:
        """The record called `key`. Raises NotFound."""
        found = await self.find(key)
        if found is None:
            raise NotFound(self.type_name, key)
        return found

    async def find(self, key: Any) -> R | None:
        """The record called `key`, if there is one."""
        return await self._read(partial(self.find_one, key=key))

    async def key_of(self, attribute: str, value: Any) -> Any:
        """The key of the record whose `attribute`, the key that some older version shows, is `value`.

        Raises UnknownKey.
        """
        found = await self.find_by(attribute, value)
        if found is None:
            raise UnknownKey(self.type_name, value)
        return getattr(found, self.key_attribute)

    async def find_by(self, attribute: str, value: Any) -> R | None:
        """The record whose `attribute`, by which no two are called the same, is `value`, if there is one."""
        return await self._read(partial(self.find_one_by, attribute=attribute, value=value))

    async def page(self, query: Query) -> Page[R]:
        """A part of the list that `query` asks for, and how long the whole list is.

        Raises KeyError for an attribute that cannot be searched.
        """
        return await self._read(partial(self.find_page, query=query))

    async def insert(self, record: R) -> R:
        """Store a new record; the key UNASSIGNED is given by the database. The record as it is stored.

        Raises Conflict where a unique value is taken, Invalid where a value cannot be stored.
        """
        return await self.storage.write(partial(self.add, record=record))

    async def edit(self, key: Any, change: Callable[[R], R], *, times: int = 3) -> R:
        """Read the record called `key`, change it, write it back; the record as it is stored then.

        When somebody else wrote in between, `change` is called again with what is there now, `times` times in
        all. Raises NotFound, Conflict (a unique value is taken, or somebody else was always faster) and
        Invalid.
        """
        attempt = partial(self.storage.write, partial(self.edit_one, key=key, change=change))
        return await retrying(attempt, times)

    async def replace_row(self, record: R) -> R:
        """Store `record` over the one that has its key, whatever that holds now.

        Raises NotFound, Conflict and Invalid.
        """
        return await self.storage.write(partial(self.save, record=record))

    async def delete(self, key: Any) -> None:
        """Delete the record called `key`. Raises NotFound."""
        await self.storage.write(partial(self.remove, key=key))

    def name_rows(self, connection: Connection) -> None:
        """Give every row the keys it lacks, as a program that knows fewer of them wrote it."""
        self.give_keys(connection)
        for reference in self.references:
            if len(reference.columns) > 1:
                reference.store()(self.storage).give_keys(connection)
                reference.complete(connection, self.table)

    async def _read(self, work: Callable[[Connection], T]) -> T:
        while True:
            try:
                return await self.storage.read(work)
            except Unnamed:
                await self.storage.write(self.name_rows)
