"""Where the master keys come from: the environment, or one file for each purpose that only its owner can read.

The current key comes first; earlier ones still open what they once wrapped, until `rotate_keys` says that nobody
needs them.
"""

import stat
from pathlib import Path

from config import env
from config.env import SettingRefused

EARLIER = {
    "FUNDGUARD_CONTENT_KEY": "FUNDGUARD_CONTENT_EARLIER_KEYS",
    "FUNDGUARD_IDENTITY_KEY": "FUNDGUARD_IDENTITY_EARLIER_KEYS",
    "FUNDGUARD_RECEIPT_PEPPER": "FUNDGUARD_RECEIPT_EARLIER_PEPPERS",
}
"""Keys that are changed while what they wrapped lives on. The journal's earlier keys are public halves."""


def ring(name: str, fallback: str = "") -> tuple[bytes, ...]:
    """The key of that name and the earlier ones behind it.

    Raises: SettingRefused when nothing is set, two places are named, or a value is no key.
    """
    given = values(name) or ([fallback] if fallback else [])
    if not given:
        raise SettingRefused(f"{name} is not set. It is needed: {env.VARIABLES[name].help}.")
    return tuple(env.key32(name, value) for value in given)


def values(name: str) -> list[str]:
    """What environment or file hold under that name, as text: the current key first. Raises: SettingRefused."""
    in_file = env.text(f"{name}_FILE")
    earlier = env.words(EARLIER[name]) if name in EARLIER else []
    if not in_file:
        current = env.text(name)
        if earlier and not current:
            raise SettingRefused(f"{EARLIER[name]} is set and {name} is not. Name the current key.")
        return [current, *earlier] if current else []
    if env.text(name) or earlier:
        raise SettingRefused(f"{name} and {name}_FILE are both set. Keep the keys in one place.")
    lines = _lines(f"{name}_FILE", Path(in_file))
    if name not in EARLIER and len(lines) > 1:
        raise SettingRefused(f"{name}_FILE names a file with {len(lines)} lines. It holds one key.")
    return lines


def _lines(name: str, path: Path) -> list[str]:
    """Keys of a file, one a line; lines that begin with # are for people."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__ if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingRefused(f"{name} names a file that cannot be read: {reason}.") from None
    if not stat.S_ISREG(mode) or mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingRefused(
            f"{name} names a file that others than its owner can open. Run: chmod 600 {path}"
        )
    found = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not found:
        raise SettingRefused(f"{name} names a file without a key. {env.MAKE_A_KEY}")
    return found
