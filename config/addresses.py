"""Addresses of database, broker and object store: from the environment, else of the embedded servers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote

from config import env
from config.embedded import state

LOGIN = ("USER", "PASSWORD", "HOST", "PORT")
"""The part of an entry of DATABASES that differs between the application and the owner of the tables."""


@dataclass(frozen=True)
class ObjectStore:
    """Where the object store is and how to sign requests to it."""

    endpoint: str
    public_endpoint: str
    access_key: str
    secret_key: str
    region: str
    bucket: str


def database() -> dict[str, Any]:
    """Entry of DATABASES, with the application's login: from DATABASE_URL, else of the embedded server.

    Raises: SettingRefused.
    """
    value = env.text("DATABASE_URL")
    parts = env.url("DATABASE_URL", value or state.load().database_url, ("postgresql", "postgres"))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise env.SettingRefused("DATABASE_URL names no database. Add /NAME at its end.")
    # The door prepares its statements (workflows.door.sql); Django itself prepares none.
    options: dict[str, Any] = {"prepare_threshold": 5}
    if pool := env.integer("FUNDGUARD_DATABASE_POOL", least=0, most=200):
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
    return {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        "NAME": name,
        **_login(parts),
        "OPTIONS": options,
        # Pages run in threads of an ASGI server, where only the pool may keep connections open.
        "CONN_MAX_AGE": 0,
        # The pool asks a connection before it hands it out: those of before a restart of the server are dead.
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def database_owner() -> dict[str, Any] | None:
    """Login of the role that owns the tables; None where a bureau keeps it from the application.

    Raises: SettingRefused.
    """
    application, value = env.text("DATABASE_URL"), env.text("DATABASE_OWNER_URL")
    if not application:
        value = state.load().owner_url
    if not value:
        return None
    owner = env.url("DATABASE_OWNER_URL", value, ("postgresql", "postgres"))
    other = env.url("DATABASE_URL", application or state.load().database_url, ("postgresql", "postgres"))
    if owner.username == other.username:
        raise env.SettingRefused(
            "DATABASE_OWNER_URL names the same role as DATABASE_URL, so the application could alter its journal. "
            "Give the application a role of its own (docs/how-to/separate-database-roles.md)."
        )
    if owner.path != other.path:
        raise env.SettingRefused(
            "DATABASE_OWNER_URL names another database than DATABASE_URL. Name the same one."
        )
    return _login(owner)


def _login(parts: SplitResult) -> dict[str, Any]:
    values = (
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.hostname,
        parts.port or 5432,
    )
    return dict(zip(LOGIN, values, strict=True))


def redis_url() -> str:
    """Address of broker, channel layer and cache.

    Raises: SettingRefused.
    """
    value = env.text("REDIS_URL") or state.load().redis_url
    env.url("REDIS_URL", value, ("redis", "rediss"))
    return value


def broker_url(redis: str) -> str:
    """Address of the broker of jobs: RabbitMQ or a Redis of its own when one is named, else the given one.

    Raises: SettingRefused.
    """
    value = env.text("BROKER_URL") or redis
    env.url("BROKER_URL", value, ("redis", "rediss", "amqp", "amqps"))
    return value


def broker_transport(url: str) -> str | None:
    """Class of the transport, as "module:Class"; None where Celery takes the one of the address."""
    return "config.broker:Transport" if url.startswith("redis") else None


def broker_options(url: str) -> dict[str, Any]:
    """Transport options: a broker that hangs may hold up a poke for seconds, not a request for ever."""
    if url.startswith("amqp"):
        return {"confirm_publish": True, "connect_timeout": 2}
    return {
        "visibility_timeout": 3600,
        "global_keyprefix": "jobs:",
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }


def channel_layers(broker: str) -> dict[str, Any]:
    """CHANNEL_LAYERS over the broker."""
    # A socket waits five seconds for news at a time; redis-py gives up on an answer after five seconds too,
    # which would end the socket as often as not.
    host = {"address": broker, "socket_timeout": 30}
    config = {"hosts": [host], "prefix": "channels"}
    return {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": config}}


def object_store() -> ObjectStore:
    """The S3 server named by S3_ENDPOINT, else the embedded one.

    Raises: SettingRefused.
    """
    endpoint = env.text("S3_ENDPOINT")
    if endpoint:
        env.url("S3_ENDPOINT", endpoint, ("http", "https"))
        access, secret = env.required("S3_ACCESS_KEY"), env.required("S3_SECRET_KEY")
    else:
        kept = state.load()
        endpoint, access, secret = kept.s3_endpoint, kept.passwords["s3_access"], kept.passwords["s3_secret"]
    public = env.text("S3_PUBLIC_ENDPOINT") or endpoint
    env.url("S3_PUBLIC_ENDPOINT", public, ("http", "https"))
    return ObjectStore(
        endpoint=endpoint.rstrip("/"),
        public_endpoint=public.rstrip("/"),
        access_key=access,
        secret_key=secret,
        region=env.text("S3_REGION"),
        bucket=env.text("S3_BUCKET"),
    )
