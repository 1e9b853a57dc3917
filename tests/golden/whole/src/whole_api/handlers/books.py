"""Books: what the API does with records of Book. Yours."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from ..generated import records
from ..generated.handlers import BooksBase, stores
from ..generated.storage import Stores


class Books(BooksBase):
    """A new book has a tidy title, for callers of versions that promise so."""

    async def create(self, book: records.Book) -> records.Book:
        """Create a book."""
        title = book.title.strip() if self.behaviour.tidy_titles else book.title
        return await super().create(replace(book, title=title))


async def books_provider(stores: Annotated[Stores, Depends(stores)]) -> Books:
    """The handler for one request; ask for what it needs as FastAPI dependencies."""
    return Books(stores)
