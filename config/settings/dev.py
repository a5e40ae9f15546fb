"""One machine: embedded servers where no others are named, keys made on first use."""

from config import env
from config.embedded import state
from config.settings import master_keys
from config.settings.base import *

DEBUG = env.flag("FUNDGUARD_DEBUG", default=False)
ALLOWED_HOSTS = [*env.words("FUNDGUARD_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
SERVE_STATIC = True

_keys = state.load().keys
SECRET_KEY = env.text("FUNDGUARD_SECRET_KEY") or _keys["secret"] + _keys["pepper"]
CONTENT_KEY, *CONTENT_EARLIER_KEYS = master_keys.ring("FUNDGUARD_CONTENT_KEY", _keys["content"])
IDENTITY_KEY, *IDENTITY_EARLIER_KEYS = master_keys.ring("FUNDGUARD_IDENTITY_KEY", _keys["identity"])
RECEIPT_PEPPER, *RECEIPT_EARLIER_PEPPERS = master_keys.ring("FUNDGUARD_RECEIPT_PEPPER", _keys["pepper"])
(JOURNAL_KEY,) = master_keys.ring("FUNDGUARD_JOURNAL_KEY", _keys["journal"])

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
