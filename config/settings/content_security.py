"""Content security policy: own scripts and styles only, inline ones by nonce."""

from csp.constants import NONCE, NONE, SELF

from config import addresses

STORE = addresses.object_store().public_endpoint

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # Evidence goes from the browser to the object store and back by signed links.
        "connect-src": [SELF, STORE],
        "img-src": [SELF, "data:", "blob:", STORE],
        "media-src": [SELF, "blob:", STORE],
        "frame-src": [SELF, STORE],
    },
}
