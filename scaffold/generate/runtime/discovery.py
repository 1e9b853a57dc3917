"""What `OPTIONS` tells: the methods of a path, the versions on offer, and where they are described."""

from collections.abc import Sequence

from starlette.responses import Response

from .context import Context


def discovered(found: Context | None, allow: Sequence[str]) -> Response:
    """The answer to `OPTIONS` on a path with the methods `allow` (RFC 9110, 9.3.7).

    Its links (`service-desc`, RFC 8631) lead to the document of the version that was asked, or of each there is.
    """
    response = Response(status_code=204, headers={"Allow": ", ".join(allow)})
    if found is None:
        return response
    documents = found.almanac.documents
    described = documents.values() if found.notice is None else [documents[found.notice.version.id]]
    links = [f'<{found.root}{path}>; rel="service-desc"; type="application/json"' for path in described]
    response.headers["Link"] = ", ".join(links)
    if found.asked is None:
        response.raw_headers.extend(found.almanac.offer)
    return response
