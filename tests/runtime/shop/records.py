"""Records and their handler."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime

from scaffold.generate.runtime.problems import NotFound
from scaffold.generate.runtime.wire import Edit, Page, Reply


@dataclass(slots=True, kw_only=True)
class User:
    id: int
    full_name: str
    email: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UserQuery:
    email: str | None
    limit: int
    offset: int


class UsersBase(ABC):
    @abstractmethod
    async def list(self, query: UserQuery) -> Page[User]: ...

    @abstractmethod
    async def get(self, id: int) -> User: ...

    @abstractmethod
    async def create(self, record: User) -> User: ...

    @abstractmethod
    async def update(self, id: int, edit: Edit[User]) -> User: ...

    @abstractmethod
    async def delete(self, id: int) -> None: ...

    @abstractmethod
    async def verify(self, id: int) -> Reply[User]: ...


class Users(UsersBase):
    def __init__(self) -> None:
        self.rows: dict[int, User] = {}

    async def list(self, query: UserQuery) -> Page[User]:
        rows = [row for row in self.rows.values() if query.email in (None, row.email)]
        return Page(rows[query.offset : query.offset + query.limit], len(rows), query.limit, query.offset)

    async def get(self, id: int) -> User:
        if id == 666:
            raise RuntimeError("SELECT secret FROM /srv/private")
        if id not in self.rows:
            raise NotFound("User", id)
        return self.rows[id]

    async def create(self, record: User) -> User:
        record = replace(record, id=len(self.rows) + 1)
        self.rows[record.id] = record
        return record

    async def update(self, id: int, edit: Edit[User]) -> User:
        self.rows[id] = edit.apply(await self.get(id))
        return self.rows[id]

    async def delete(self, id: int) -> None:
        self.rows.pop(id, None)

    async def verify(self, id: int) -> Reply[User]:
        return Reply(202 if id % 2 else 200, await self.get(id), {"X-Check": "later"})
