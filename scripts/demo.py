"""The whole way once: a project from a spec, a version cut, v1 and v2 answering side by side. Standard library only."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".demo"
BIN = FOLDER / "venv" / "bin"
PROJECT = FOLDER / "shop"
SUNSET = dt.date.fromisoformat((ROOT / "examples/shop/api.yaml").read_text().partition("sunset: ")[2][:10])
WIDTH = 80
HEADERS = (
    "API-Version",
    "X-API-Version",
    "Deprecation",
    "Sunset",
    "Link",
    "API-Supported-Versions",
    "API-Deprecated-Versions",
)


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    request: str
    status: int
    headers: Message
    body: object

    def lines(self, width: int) -> list[str]:
        """The answer as text, no line longer than `width`."""
        headers = [f"{name}: {self.headers[name]}" for name in HEADERS if name in self.headers]
        body = json.dumps(self.body, indent=1, ensure_ascii=False).splitlines()
        return [line for text in (self.request, str(self.status), *headers, "", *body) for line in wrapped(text, width)]


def main() -> int:
    """Run the demo; 0 when every step went as it should."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the server is stopped then, too
    start = time.monotonic()
    title("1. Install scaffold into a virtual environment of its own")
    install()
    title("2. A project from a spec that has two versions")
    shutil.rmtree(PROJECT, ignore_errors=True)
    scaffold("new", "shop", "--spec", "../examples/shop/api.yaml", "--defaults", folder=FOLDER)
    title("3. Cut the third version")
    scaffold("bump-version", "--change", "rename Product.title to name", folder=PROJECT)
    title("4. Start the server, on this machine only")
    with server() as base:
        converse(base)
    title(f"Done in {time.monotonic() - start:.0f} s. The project is in {PROJECT.relative_to(ROOT)}.")
    return 0


def install() -> None:
    """Make the environment and install the package as a user would; a second run goes faster."""
    if not (BIN / "python").exists():
        venv.create(FOLDER / "venv", with_pip=True)
    say("$ pip install '.[project]'")
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet"]
    run([*pip, ".[project]"], folder=ROOT, seconds=600)
    # The same version may be there already, built from older files.
    run([*pip, "--force-reinstall", "--no-deps", "."], folder=ROOT, seconds=300)


def scaffold(*arguments: str, folder: Path) -> None:
    """Run one command of the tool, shown as it would be typed."""
    say(f"$ scaffold {shlex.join(arguments)}")
    for line in run([str(BIN / "scaffold"), *arguments], folder=folder, seconds=120).splitlines():
        say(line)


def run(command: Sequence[str], *, folder: Path, seconds: float) -> str:
    """Run a command and return what it prints; raises RuntimeError with that when it fails."""
    done = subprocess.run(
        list(command),
        cwd=folder,
        env={**os.environ, "COLUMNS": str(WIDTH), "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"`{Path(command[0]).name}` ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The project's server on a free port of the loopback; it is stopped in any case."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(BIN / "python"), "-m", "shop", "serve", "--port", str(port)]
    say(f"$ python -m shop serve --port {port}")
    log = FOLDER / "server.log"
    environment = {
        **os.environ,
        "PYTHONPATH": "src",
        "DATABASE_URL": "sqlite:///demo.db",
        # The dates in the example are real ones: once v1 comes to its sunset, the demo asks for a month more.
        "SHOP_SUNSET_V1": max(SUNSET, dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)).isoformat(),
    }
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait(process, f"http://127.0.0.1:{port}/readyz", seconds=30)
        yield f"http://127.0.0.1:{port}"
    except BaseException:
        print(log.read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        say("The server is stopped.")


def wait(process: subprocess.Popen[bytes], url: str, seconds: float) -> None:
    """Wait until `url` answers 200; raises RuntimeError when the process ends, or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server was not ready after {seconds:.0f} s")


def converse(base: str) -> None:
    """Old and new clients talk about the same objects; raises RuntimeError when an answer is not as promised."""
    title("5. A client of v1 creates a user; clients of v1 and v2 read it")
    ada = {"name": "Ada Lovelace", "email": "ada@example.com", "street": "12 St James's Sq", "city": "London"}
    say(f"POST /api/v1/users {json.dumps(ada)}")
    key = field(ask(base, "POST", "/api/v1/users", ada, status=201), "id")
    one, two = (ask(base, "GET", f"/api/{version}/users/{key}") for version in ("v1", "v2"))
    beside(one, two)
    expect(field(one, "name") == field(two, "full_name") == "Ada Lovelace", "both see the name")
    expect(field(two, "address") == {"street": ada["street"], "city": ada["city"]}, "v2 sees an address")
    expect(bool(one.headers.get("Deprecation")) and bool(one.headers.get("Sunset")), "v1 says when it ends")
    expect("Deprecation" not in two.headers or "v2" in two.headers["API-Deprecated-Versions"], "v2 is as it says")

    title("6. A client of v2 moves her; the client of v1 sees it in its own form")
    move = {"address": {"city": "Ockham"}}
    say(f"PATCH /api/v2/users/{key} {json.dumps(move)}")
    ask(base, "PATCH", f"/api/v2/users/{key}", move)
    one, two = (ask(base, "GET", f"/api/{version}/users/{key}") for version in ("v1", "v2"))
    beside(one, two)
    expect(field(one, "city") == "Ockham", "v1 sees the new city")
    expect(field(one, "street") == ada["street"], "the street stays")

    title("7. The version cut a moment ago: what v2 calls title, v3 calls name")
    chair = {"title": "Garden chair", "price": "49.90"}
    key = field(ask(base, "POST", "/api/v1/products", chair, status=201), "id")
    two, three = (ask(base, "GET", f"/api/{version}/products/{key}") for version in ("v2", "v3"))
    beside(two, three)
    expect(field(two, "title") == field(three, "name") == "Garden chair", "v2 sees a title, v3 a name")


def ask(base: str, method: str, path: str, body: object = None, *, status: int = 200) -> Answer:
    """One real request; raises RuntimeError for another status than the one expected."""
    data = None if body is None else json.dumps(body).encode()
    kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
    headers = {} if data is None else {"Content-Type": kind}
    request = urllib.request.Request(base + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as got:
            answer = Answer(f"{method} {path}", got.status, got.headers, json.load(got))
    except urllib.error.HTTPError as error:
        answer = Answer(f"{method} {path}", error.code, error.headers, error.read().decode())
    expect(answer.status == status, f"{method} {path} answers {status}, not {answer.status}: {answer.body}")
    return answer


def field(answer: Answer, name: str) -> object:
    """A member of the body; raises RuntimeError where there is none."""
    expect(isinstance(answer.body, dict) and name in answer.body, f"{answer.request} answers with `{name}`")
    return answer.body[name] if isinstance(answer.body, dict) else None


def expect(holds: bool, promise: str) -> None:
    """Raise RuntimeError unless the promise holds."""
    if not holds:
        raise RuntimeError(f"not kept: {promise}")


def beside(left: Answer, right: Answer) -> None:
    """Print two answers in two columns."""
    width = (WIDTH - 4) // 2
    print()
    for one, two in itertools.zip_longest(left.lines(width), right.lines(width), fillvalue=""):
        print(f"  {one:<{width}}  {two}".rstrip())


def wrapped(text: str, width: int) -> list[str]:
    """A line, broken where it is too long; what follows is set in."""
    inset = " " * (len(text) - len(text.lstrip()) + 2)
    return textwrap.wrap(text, width, subsequent_indent=inset, break_on_hyphens=False) or [""]


def title(text: str) -> None:
    """A heading."""
    print(f"\n{text}\n{'-' * min(len(text), WIDTH)}", flush=True)


def say(text: str) -> None:
    """A line of text, broken where it is too long."""
    print("\n".join(f"  {line}" for line in wrapped(text, WIDTH - 2)), flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, subprocess.TimeoutExpired, OSError) as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
