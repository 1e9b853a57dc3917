"""A real nginx in front of a program, with the rules that are exported for it."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import pytest

from ..projects import free_port

NGINX = shutil.which("nginx")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="needs nginx: apt-get install nginx-light")

AROUND = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/rules.conf;
}}
"""


@contextmanager
def gateway(rules: str, port: int) -> Iterator[httpx2.Client]:
    """A client of nginx with `rules`, which say that it listens at `port`.

    Its clock is the header `X-Now`, in seconds since 1970, so that tests move it.
    """
    assert NGINX is not None
    assert '"$msec"' in rules
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rules.conf").write_text(rules.replace('"$msec"', '"$http_x_now"'))
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
        command = [NGINX, "-p", name, "-c", f"{name}/nginx.conf", "-e", f"{name}/error.log"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
                for _ in range(200):
                    assert process.poll() is None, (folder / "error.log").read_text()
                    try:
                        client.get("/healthz", timeout=1)
                        break
                    except httpx2.TransportError:
                        time.sleep(0.02)
                else:
                    raise AssertionError("nginx did not start")
                yield client
        finally:
            process.terminate()
            process.wait(10)


class Plain(BaseHTTPRequestHandler):
    """A program that knows nothing of versions: whatever is asked, it says 200."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        """Say it."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "5" if self.command != "HEAD" else "0")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"plain")

    do_GET = do_HEAD = do_POST = do_DELETE = do_PUT = answer  # noqa: N815  # as http.server wants them

    def log_message(self, *said: object) -> None:
        """Nothing."""


@contextmanager
def plain_program() -> Iterator[str]:
    """Where a program listens that sends no headers of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Plain)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


__all__ = ["free_port", "gateway", "needs_nginx", "plain_program"]
