"""What the kinds of problems mean that a program answers by itself, for people who follow their `type`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemKind:
    """One kind: its word for programs, its status, its title, and what whoever meets it may do."""

    code: str
    status: int
    title: str
    about: str


PROBLEMS = (
    ProblemKind("bad-request", 400, "Bad request", "The request cannot be read. `detail` says what is wrong."),
    ProblemKind(
        "version-unspecified",
        400,
        "API version not specified",
        "The request names no version, and must. `detail` says how, `supported` which there are.",
    ),
    ProblemKind(
        "version-invalid",
        400,
        "Invalid API version",
        "What the request names cannot be a version. Name one of `supported`.",
    ),
    ProblemKind(
        "version-ambiguous",
        400,
        "Ambiguous API version",
        "The request names two versions, in two places or twice in one. Name one.",
    ),
    ProblemKind(
        "version-unsupported",
        404,
        "API version not supported",
        "There is no such version, or none yet: 404 in a path, 406 in `Accept`, 415 in `Content-Type`, 400 elsewhere. "
        "Name one of `supported`.",
    ),
    ProblemKind(
        "version-retired",
        410,
        "API version retired",
        "The version was announced to end, and has. `successor` is where the same is in the next version, "
        "`documentation` how to move there.",
    ),
    ProblemKind(
        "version-brownout",
        410,
        "API version switched off for a while",
        "The version will end soon, and is switched off until `until` so that who still calls it notices. Move on to "
        "`successor`; until the sunset the version answers again afterwards.",
    ),
    ProblemKind(
        "version-limited",
        403,
        "API version for named clients",
        "The version is a beta for named clients. Ask for yours to be one of them, or call another version.",
    ),
    ProblemKind(
        "client-unspecified",
        400,
        "Client not specified",
        "What is asked for is a client's own, and the request names none: show a credential, or send `X-Client-ID`.",
    ),
    ProblemKind(
        "operation-retired",
        410,
        "Operation retired",
        "The operation was announced to end, and has. The documentation of the version says what to use.",
    ),
    ProblemKind(
        "unauthorized",
        401,
        "Unauthorized",
        "A credential is missing, or is not accepted. `WWW-Authenticate` says what is wanted. Each version keeps its "
        "own way.",
    ),
    ProblemKind("forbidden", 403, "Forbidden", "Who calls is known, and may not do this; `scopes` are lacking."),
    ProblemKind("not-found", 404, "Not found", "There is no such thing, or nothing at this path, for who calls."),
    ProblemKind("method-not-allowed", 405, "Method not allowed", "The path has other methods: `Allow` lists them."),
    ProblemKind("not-acceptable", 406, "Not acceptable", "Nothing here has the form that `Accept` asks for."),
    ProblemKind(
        "conflict", 409, "Conflict", "What is stored does not allow it: a value is taken, or somebody else was faster."
    ),
    ProblemKind("referred-to", 409, "Referred to", "Something else still refers to it: that must go first."),
    ProblemKind("content-too-large", 413, "Content too large", "The body is larger than what is read here."),
    ProblemKind(
        "unsupported-media-type",
        415,
        "Unsupported media type",
        "The body is of a kind that is not read here. `Accept` of the answer lists those that are.",
    ),
    ProblemKind(
        "invalid",
        422,
        "Invalid request",
        "What was sent does not fit. `errors` has each value that is wrong: its place, and why.",
    ),
    ProblemKind(
        "alias-conflict",
        422,
        "Conflicting names",
        "A value has two names, and both were sent, each with another value. Send one.",
    ),
    ProblemKind(
        "internal-error", 500, "Internal server error", "The server failed. Say `requestId` when you ask for help."
    ),
    ProblemKind("not-written", 501, "Not written yet", "The operation is promised, and still to be written."),
    ProblemKind(
        "undecided",
        501,
        "Undecided",
        "How callers of this version are answered is still to be decided.",
    ),
    ProblemKind("not-ready", 503, "Not ready", "The server is starting. Ask again after `Retry-After`."),
)
"""In the order of their statuses, those of versions first."""
