"""What a caller can ask of itself: what it still uses that ends. It is told of nobody else."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .problems import Problem, Unauthorized
from .sites import Gate
from .tally import Client
from .usage import Ledger
from .usage_report import Sources, ending
from .watching import Watch, client_of


class ClientUnspecified(Problem):
    """Nothing says who asks: 400."""

    status, code, title = 400, "client-unspecified", "Client not specified"


def usage_route(path: str, watch: Watch, ledger: Ledger, sources: Sources, gates: Iterable[Gate]) -> Route:
    """The route. Who asks is told by a credential that one of `gates` knows, else by `X-Client-ID`.

    By the one a client learns what was counted by its credential, by the other what was counted by that name.
    """
    known = list(gates)

    async def deprecations(request: Request) -> Response:
        client = await _asking(request, known)
        if not client.name:
            raise ClientUnspecified("Say who asks: send your credential, or your name in `X-Client-ID`.")
        await watch.flush()
        rows = await ledger.read(sources.since(), client)
        return JSONResponse(ending(client, rows, sources), headers={"Cache-Control": "no-store"})

    return Route(path, deprecations, include_in_schema=False)


async def _asking(request: Request, gates: Iterable[Gate]) -> Client:
    wrong: Unauthorized | None = None
    for gate in gates:  # what one version does not accept may be right in another
        try:
            caller = await gate.identify(request)
        except Unauthorized as error:
            wrong = error
        else:
            if caller is not None:
                return Client(str(caller.id), True)
    if wrong is not None:
        raise wrong
    return client_of(request.scope)
