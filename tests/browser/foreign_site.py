"""A site of somebody else: styles that spoil whatever they reach, and a policy that lets in as little as possible."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HOSTILE = """
html { font-size: 6px; }
* { color: #ff00ff !important; background: #ffff00 !important; font: italic 9px/5 cursive !important; letter-spacing: 1em !important;
    text-transform: uppercase !important; border-radius: 0 !important; max-width: 40px; text-align: right !important; }
button, textarea, form, section { display: none !important; }
[role=dialog], .panel, .chat, .entry, .card { display: none !important; visibility: hidden !important; }
"""
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>别的网站</title>
<link rel="stylesheet" href="/hostile.css"><script src="{origin}/widget.js" defer></script></head>
<body><main><h1>别的网站</h1><p><a href="#">一个链接</a></p></main>
<yilian-ban region="huancui" audience="enterprise"></yilian-ban></body></html>"""


class ForeignSite:
    """Serves one page with the widget at `address`."""

    def __init__(self, origin: str, port: int) -> None:
        policy = f"default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'self'; base-uri 'none'"
        files = {
            "/": ("text/html; charset=utf-8", PAGE.format(origin=origin)),
            "/hostile.css": ("text/css", HOSTILE),
        }

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                type, text = files.get(self.path, ("text/plain", ""))
                data = text.encode()
                self.send_response(200 if text else 404)
                self.send_header("Content-Type", type)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Keeps the output quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.address = f"http://127.0.0.1:{port}/"
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stops serving."""
        self._server.shutdown()
        self._server.server_close()
