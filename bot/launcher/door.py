"""Answers on the public port while the assistant is being built and loaded: 503, and what it is waiting for."""

from __future__ import annotations

import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>一链办</title><h1>一链办正在准备</h1><p>{stage}，请稍候，页面会自动刷新。</p></html>"""


class _Handler(BaseHTTPRequestHandler):
    """One request, one 503."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        wants_page = self.path.partition("?")[0] == "/" and self.command == "GET"
        starting = {"status": "starting", "missing": [self.server.stage], "error": "一链办正在准备，请稍候"}
        body = (
            PAGE.format(stage=self.server.stage) if wants_page else json.dumps(starting, ensure_ascii=False)
        )
        data = body.encode()
        self.send_response(503)
        self.send_header("Content-Type", "text/html; charset=utf-8" if wants_page else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Retry-After", "5")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_POST(self) -> None:
        """Reads the message away, so that the answer arrives, and answers."""
        length = self.headers.get("Content-Length", "0")
        self.rfile.read(min(int(length), 1 << 20) if length.isdigit() else 0)
        self._answer()

    do_GET = do_HEAD = do_OPTIONS = do_PUT = do_DELETE = _answer

    def log_message(self, *_: object) -> None:
        """Keeps the terminal quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stage = "正在启动"


class Door:
    """Answers on a listening socket until `close`; connections that come later wait for whoever accepts next."""

    def __init__(self, listening: socket.socket) -> None:
        self._server = _Server(("", 0), _Handler, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = listening
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stage(self, text: str) -> None:
        """What the assistant is doing now, as those who ask are told."""
        self._server.stage = text

    def close(self) -> None:
        """Stops answering; the socket stays open."""
        self._server.shutdown()
        self._thread.join()
