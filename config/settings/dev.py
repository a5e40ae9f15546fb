"""One machine: embedded servers where no others are named, keys made on first use."""

from config import env
from config.embedded import state
from config.settings.base import *

DEBUG = env.flag("FUNDGUARD_DEBUG", default=False)
ALLOWED_HOSTS = [*env.words("FUNDGUARD_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
SERVE_STATIC = True

_keys = state.load().keys
SECRET_KEY = env.text("FUNDGUARD_SECRET_KEY") or _keys["secret"] + _keys["pepper"]
CONTENT_KEY = env.key32("FUNDGUARD_CONTENT_KEY", env.text("FUNDGUARD_CONTENT_KEY") or _keys["content"])
IDENTITY_KEY = env.key32("FUNDGUARD_IDENTITY_KEY", env.text("FUNDGUARD_IDENTITY_KEY") or _keys["identity"])
_pepper = env.text("FUNDGUARD_RECEIPT_PEPPER") or _keys["pepper"]
RECEIPT_PEPPER = env.key32("FUNDGUARD_RECEIPT_PEPPER", _pepper)
JOURNAL_KEY = env.key32("FUNDGUARD_JOURNAL_KEY", env.text("FUNDGUARD_JOURNAL_KEY") or _keys["journal"])

# Demo accounts are for trying the product out; production refuses to start with this.
DEMO_SECOND_FACTOR = env.flag("FUNDGUARD_DEMO_SECOND_FACTOR", default=True)
# A person who signs in twice within half a minute is shown the code of a neighbouring period.
MFA_TOTP_TOLERANCE = 2
MFA_FORMS = {
    "authenticate": "config.second_factor.DemoAuthenticateForm",
    "reauthenticate": "config.second_factor.DemoReauthenticateForm",
}
# Passkeys on plain http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
