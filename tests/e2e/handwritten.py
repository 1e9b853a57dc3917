"""A FastAPI application as somebody wrote it by hand, without a thought of versions: twenty routes of many sorts."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Cookie, Depends, FastAPI, File, Form, Header, Path, Query, UploadFile
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel, ConfigDict, Field

TAGS = [{"name": "books", "description": "What can be lent."}, {"name": "members"}]
app = FastAPI(title="Library", version="0.1.0", description="Books, members and loans.", openapi_tags=TAGS)
key = APIKeyHeader(name="X-Key")
basic = HTTPBasic()


class Genre(StrEnum):
    NOVEL = "novel"
    POEMS = "poems"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Author(BaseModel):
    name: str = Field(min_length=1, max_length=80, examples=["Ada Lovelace"])
    born: date | None = None


class BookIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200, description="As it is printed.")
    authors: list[Author] = Field(min_length=1, max_length=9)
    genre: Genre = Genre.NOVEL
    size: Size = Size.SMALL
    price: float = Field(ge=0, lt=10_000)
    tags: set[str] = set()
    notes: dict[str, str] = {}


class Book(BookIn):
    model_config = ConfigDict(extra="forbid")

    id: int
    added: datetime


class Card(BaseModel):
    kind: Literal["card"]
    number: str = Field(pattern=r"^[0-9]{12,19}$")


class Transfer(BaseModel):
    kind: Literal["transfer"]
    iban: str


class Fee(BaseModel):
    amount: float
    method: Annotated[Card | Transfer, Field(discriminator="kind")]
    reason: str | int | None = None


class Member(BaseModel):
    id: UUID
    name: str
    email: str | None = None
    friends: list[Member] = []


class Problem(BaseModel):
    code: str
    message: str


BookId = Annotated[int, Path(ge=1, description="The number of the book.")]
REFUSALS: dict[int | str, dict[str, object]] = {404: {"model": Problem, "description": "There is none."}}


@app.get("/", tags=["about"])
def about() -> dict[str, str]: ...
@app.get("/books", tags=["books"])
def list_books(genre: Genre | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> list[Book]: ...
@app.post("/books", status_code=201, tags=["books"], dependencies=[Depends(key)])
def add_book(book: BookIn) -> Book: ...
@app.get("/books/{book_id}", tags=["books"], responses=REFUSALS)
def get_book(book_id: BookId) -> Book: ...
@app.put("/books/{book_id}", tags=["books"], responses=REFUSALS, dependencies=[Depends(key)])
def replace_book(book_id: BookId, book: BookIn) -> Book: ...
@app.delete("/books/{book_id}", status_code=204, tags=["books"], dependencies=[Depends(key)])
def remove_book(book_id: BookId) -> None: ...
@app.post("/books/{book_id}/cover", tags=["books"])
def add_cover(book_id: BookId, file: Annotated[UploadFile, File()], caption: Annotated[str, Form()] = "") -> Book: ...
@app.get("/books/{book_id}/authors", tags=["books"])
def book_authors(book_id: BookId) -> list[Author]: ...
@app.get("/search", tags=["books"])
def search(q: str, tags: Annotated[list[str], Query()] = [], after: date | None = None) -> list[Book]: ...  # noqa: B006  # as people write it
@app.get("/genres", tags=["books"])
def genres() -> list[Genre]: ...
@app.get("/members", tags=["members"])
def list_members(x_trace: Annotated[str | None, Header()] = None) -> list[Member]: ...
@app.post("/members", status_code=201, tags=["members"])
def add_member(member: Member) -> Member: ...
@app.get("/members/{member_id}", tags=["members"], responses=REFUSALS)
def get_member(member_id: UUID, session: Annotated[str | None, Cookie()] = None) -> Member: ...
@app.patch("/members/{member_id}", tags=["members"])
def change_member(member_id: UUID, changes: dict[str, str | None]) -> Member: ...
@app.post("/members/{member_id}/fees", status_code=202, tags=["members"])
def pay_fee(member_id: UUID, fee: Fee) -> Fee: ...
@app.post("/login", tags=["members"])
def log_in(name: Annotated[str, Form()], secret: Annotated[str, Form()]) -> dict[str, str]: ...
@app.get("/me", tags=["members"])
def me(who: Annotated[HTTPBasicCredentials, Depends(basic)]) -> Member: ...
@app.get("/files/{file_path:path}", tags=["about"], deprecated=True)
def get_file(file_path: str) -> dict[str, object]: ...
@app.get("/shelves/{shelf}/rows/{row}", tags=["books"])
def shelf(shelf: str, row: int) -> list[int]: ...
@app.get("/stats", tags=["about"])
def stats(day: datetime | None = None) -> dict[str, int | float]: ...
