"""The operations on users that v2 changed."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from scaffold.generate.runtime.wire import Operations, Provider, answer, answer_page, now, read

from .. import types
from ..records import UserQuery, UsersBase


def routes(users: Provider[UsersBase]) -> Operations:
    """The operations on users as v2 introduced them."""
    operations = Operations()

    @operations.get("/people", id="list_users", page_of=types.USER_V2)
    async def list_users(
        request: Request,
        handler: Annotated[UsersBase, Depends(users)],
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> Response:
        page = await handler.list(UserQuery(email=None, limit=limit, offset=offset))
        return answer_page(request, types.USER_V2, page, types.user_v2)

    @operations.post("/people", id="create_user", body=types.USER_CREATE_V2, answers={201: types.USER_V2})
    async def create_user(request: Request, handler: Annotated[UsersBase, Depends(users)]) -> Response:
        payload = await read(request, types.USER_CREATE_V2)
        record = await handler.create(types.create_user_v2(payload, now(request)))
        return answer(request, 201, types.USER_V2, types.user_v2(record), location=f"/people/{record.id}")

    @operations.get("/people/{id}", id="get_user", answers={200: types.USER_V2})
    async def get_user(request: Request, handler: Annotated[UsersBase, Depends(users)], id: int) -> Response:
        record = await handler.get(id)
        return answer(request, 200, types.USER_V2, types.user_v2(record))

    return operations
