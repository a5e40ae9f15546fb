"""Socket addresses of staff pages."""

from django.urls import path

from workflows.consumers import WorkConsumer

websocket_urlpatterns = [path("ws/work/", WorkConsumer.as_asgi())]
