"""The Rasa server on a socket that the launcher already listens on: `python -m bot.launcher.server MODEL FD FD`.

Like `rasa run` with credentials.yml and endpoints.yml and without Rasa's management API. It loads the model first,
tells the launcher, and accepts connections when the launcher has stopped answering them.
"""

from __future__ import annotations

import logging
import socket
import sys
from asyncio import AbstractEventLoop

import rasa.server
from rasa.core.agent import load_agent
from rasa.core.run import close_resources, configure_app, create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.compression import compress
from bot.channels.page_response import missing, wants_page
from bot.channels.safety import safe
from bot.channels.settings import PortalSettings
from bot.launcher.rasa_process import set_up
from bot.launcher.settings import ROOT
from bot.processor import use_context

REQUEST_BYTES = 1 << 20
RESPONSE_SECONDS = 60
_WORDING = {
    404: "没有这个地址",
    405: "这个地址不接受这种请求",
    413: "内容太长",
    500: "系统出了点问题，请稍后再试",
}
logger = logging.getLogger(__name__)


async def _error(request: Request | None, error: Exception) -> HTTPResponse:
    """Every failure outside the channels as a line of JSON, to a browser that lost its way as a page; what went wrong only goes to the log."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if status >= 500:
        logger.error("request %s failed", request.path if request else "?", exc_info=error)
    if status == 404 and request is not None and wants_page(request):
        return missing(request)
    return json({"error": _WORDING.get(status, "这个请求没法处理")}, status=status, ensure_ascii=False)


def _leave_cors_to_channels(_: Sanic, __: object) -> None:
    """Rasa's own CORS answers every preflight itself and admits credentials."""


def make_app(model: str, launcher: socket.socket) -> Sanic:
    """The Rasa application with our channels; loads the model on start and then asks the launcher for the port."""
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    channels = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    rasa.server.configure_cors = _leave_cors_to_channels
    app = configure_app(channels, enable_api=False, endpoints=endpoints)
    app.config.REQUEST_MAX_SIZE = REQUEST_BYTES
    app.config.RESPONSE_TIMEOUT = RESPONSE_SECONDS
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 3
    portal = PortalSettings.from_environment()
    # How many proxies stand in front and may say where a request comes from, and whether it came through TLS.
    app.config.PROXIES_COUNT = portal.proxies or None
    app.register_middleware(compress, "response")
    app.register_middleware(safe(portal.tls), "response")
    app.error_handler.add(Exception, _error)

    use_context()

    async def load(app: Sanic, loop: AbstractEventLoop) -> None:
        app.ctx.agent = await load_agent(model, endpoints=endpoints, loop=loop)
        if not app.ctx.agent.is_ready():
            raise RuntimeError(f"the model {model} could not be loaded")
        await app.ctx.agent.parse_message("你好")
        launcher.sendall(b"loaded")
        launcher.recv(16)

    app.register_listener(load, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


def main() -> None:
    """Serves until a signal comes."""
    model, listening, launcher = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    set_up()
    app = make_app(model, socket.socket(fileno=launcher))
    app.run(sock=socket.socket(fileno=listening), access_log=False)


if __name__ == "__main__":
    main()
