"""The operations on users as v1 introduced them."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from scaffold.generate.runtime.answers import Answer, Answers, Json
from scaffold.generate.runtime.wire import (
    Edit,
    Operations,
    Provider,
    answer,
    answer_empty,
    answer_page,
    answer_reply,
    now,
    read,
)

from .. import types
from ..records import UserQuery, UsersBase

VERIFIED = Answers({200: Answer({"application/json": Json(types.USER_V1, types.user_v1)}), 202: Answer()})


def routes(users: Provider[UsersBase]) -> Operations:
    """The operations on users as v1 introduced them."""
    operations = Operations()

    @operations.get("/users", id="list_users", page_of=types.USER_V1)
    async def list_users(
        request: Request,
        handler: Annotated[UsersBase, Depends(users)],
        email: Annotated[str | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> Response:
        page = await handler.list(UserQuery(email=email, limit=limit, offset=offset))
        return answer_page(request, types.USER_V1, page, types.user_v1)

    @operations.post("/users", id="create_user", body=types.USER_CREATE_V1, answers={201: types.USER_V1})
    async def create_user(request: Request, handler: Annotated[UsersBase, Depends(users)]) -> Response:
        payload = await read(request, types.USER_CREATE_V1)
        record = await handler.create(types.create_user_v1(payload, now(request)))
        return answer(request, 201, types.USER_V1, types.user_v1(record), location=f"/users/{record.id}")

    @operations.get("/users/{id}", id="get_user", answers={200: types.USER_V1})
    async def get_user(request: Request, handler: Annotated[UsersBase, Depends(users)], id: int) -> Response:
        record = await handler.get(id)
        return answer(request, 200, types.USER_V1, types.user_v1(record))

    @operations.get("/users/me", id="get_me", answers={200: types.USER_V1})
    async def get_me(request: Request) -> Response:
        me = types.UserV1(id=0, name="me", email="me@example.com")
        return answer(request, 200, types.USER_V1, me)

    @operations.patch("/users/{id}", id="update_user", body=types.USER_UPDATE_V1, answers={200: types.USER_V1})
    async def update_user(request: Request, handler: Annotated[UsersBase, Depends(users)], id: int) -> Response:
        payload = await read(request, types.USER_UPDATE_V1)
        record = await handler.update(id, Edit(types.update_user_v1, payload, now(request)))
        return answer(request, 200, types.USER_V1, types.user_v1(record))

    @operations.delete("/users/{id}", id="delete_user", answers={204: None})
    async def delete_user(handler: Annotated[UsersBase, Depends(users)], id: int) -> Response:
        await handler.delete(id)
        return answer_empty()

    @operations.post("/users/{id}/verify", id="verify_user", replies=VERIFIED)
    async def verify_user(request: Request, handler: Annotated[UsersBase, Depends(users)], id: int) -> Response:
        reply = await handler.verify(id)
        return answer_reply(request, reply, VERIFIED)

    return operations
