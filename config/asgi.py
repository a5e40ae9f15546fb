"""Entry point of web servers: pages over HTTP, live parts over WebSocket."""

import os

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup(set_prefix=False)

# Handlers and consumers import models, which is possible only after the line above.
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler  # noqa: E402

from config.pages import PageHandler  # noqa: E402
from config.sockets import websocket_urlpatterns  # noqa: E402

pages = PageHandler()
application = ProtocolTypeRouter(
    {
        "http": ASGIStaticFilesHandler(pages) if settings.SERVE_STATIC else pages,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns()))),
    }
)
