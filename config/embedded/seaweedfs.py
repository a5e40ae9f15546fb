"""SeaweedFS from the wheel: an S3 server with versions and Object Lock for demos and tests.

Object Lock protects against the application, not against a person on this machine: the internal gRPC
ports take requests without credentials. Real evidence belongs on a store on another host.
"""

import json
import signal
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path
from typing import ClassVar

from config.embedded import sockets
from config.embedded.server import Server

ACTIONS = ("Admin", "Read", "Write", "List", "Tagging")
# With these keys the filer's HTTP port refuses requests that are not signed.
SIGNING_KEYS = {
    "WEED_JWT_SIGNING_KEY": "jwt_write",
    "WEED_JWT_SIGNING_READ_KEY": "jwt_read",
    "WEED_JWT_FILER_SIGNING_KEY": "jwt_filer_write",
    "WEED_JWT_FILER_SIGNING_READ_KEY": "jwt_filer_read",
}
PORT_FLAGS = {
    "s3": "s3.port",
    "s3_grpc": "s3.port.grpc",
    "master": "master.port",
    "master_grpc": "master.port.grpc",
    "volume": "volume.port",
    "volume_grpc": "volume.port.grpc",
    "filer": "filer.port",
    "filer_grpc": "filer.port.grpc",
    "admin": "admin.port",
    "admin_grpc": "admin.port.grpc",
}
FIXED = (
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",  # without it every address is listened on
    "-admin.ui=false",
    "-webdav=false",
    "-master.telemetry=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-s3.autoCreateBucket=false",
    "-s3.allowDeleteBucketNotEmpty=false",
    "-master.volumeSizeLimitMB=1024",
)


class Seaweedfs(Server):
    """The object store."""

    name: ClassVar[str] = "seaweedfs"
    port_names: ClassVar[tuple[str, ...]] = tuple(PORT_FLAGS)
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    start_patience: ClassVar[float] = 60

    def prepare(self) -> None:
        """Write the credentials; remove the sockets of a killed server."""
        held = self.state.passwords
        credentials = [{"accessKey": held["s3_access"], "secretKey": held["s3_secret"]}]
        identity = {"name": "app", "credentials": credentials, "actions": ACTIONS}
        path = self.folder / "s3.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"identities": [identity]}))
        (self.folder / "data").mkdir(exist_ok=True)
        for socket in ("s3.sock", "filer.sock"):
            (self.folder / socket).unlink(missing_ok=True)

    def command(self) -> list[str]:
        """weed mini in the foreground."""
        folder = sockets.folder_for(self.folder, "filer.sock")
        program = Path(sysconfig.get_path("scripts")) / "weed"
        words = [
            *self.tie(),
            str(program),
            "-logtostderr=true",
            "mini",
            f"-dir={self.folder / 'data'}",
            *FIXED,
        ]
        words += [f"-{flag}={self.state.ports[port]}" for port, flag in PORT_FLAGS.items()]
        words += [f"-s3.config={self.folder / 's3.json'}"]
        return [*words, f"-s3.localSocket={folder}/s3.sock", f"-filer.localSocket={folder}/filer.sock"]

    def environment(self) -> dict[str, str]:
        """Signing keys, and a ceiling without which large uploads take over a gigabyte."""
        keys = {name: self.state.passwords[password] for name, password in SIGNING_KEYS.items()}
        return {**super().environment(), "GOMEMLIMIT": "600MiB", **keys}

    def is_ready(self) -> bool:
        """Whether the S3 port says that it is healthy."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.state.s3_endpoint}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
