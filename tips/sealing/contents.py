"""Opening and sealing what belongs to a tip: words and messages.

Callers decide who may look and record the look; this module knows keys and contexts only.
"""

from tips.errors import Destroyed
from tips.models import RequestForTipster, Tip, TipKey, TipMessage
from tips.sealing import envelopes, key_ring
from tips.words import TipWords


def keep_keys(tip: Tip, content_key: bytes, code: str) -> TipKey:
    """Keep the content key of a new tip, wrapped for the bureau and for whoever has the receipt code."""
    return TipKey.objects.create(
        tip=tip,
        for_bureau=envelopes.wrap_for_bureau(content_key, tip.number),
        for_tipster=envelopes.wrap_for_tipster(content_key, envelopes.tipster_key(code), tip.number),
        pepper=key_ring.id_of(key_ring.peppers()[0]).hex(),
    )


def content_key(tip: Tip) -> bytes:
    """The tip's content key, opened with the bureau's own. Raises: Destroyed after a purge."""
    if tip.keys.for_bureau is None:
        raise Destroyed
    return envelopes.unwrap_for_bureau(tip.keys.for_bureau, tip.number)


def content_key_for_tipster(tip: Tip, tipster_key: bytes) -> bytes:
    """The same key, opened with the key of the receipt code. Raises: SealBroken; Destroyed after a purge."""
    if tip.keys.for_tipster is None:
        raise Destroyed
    return envelopes.unwrap_for_tipster(tip.keys.for_tipster, tipster_key, tip.number)


def seal_words(key: bytes, tip_number: str, words: TipWords) -> bytes:
    """The words of a tip as one envelope."""
    return envelopes.seal_json(key, words.as_json(), f"{tip_number} words")


def open_words(tip: Tip, key: bytes) -> TipWords:
    """The words of a tip."""
    return TipWords.from_json(envelopes.unseal_json(key, tip.sealed_words, f"{tip.number} words"))


def seal_message(key: bytes, tip_number: str, message_key: str, text: str) -> bytes:
    """A message, bound to its tip and to its own key."""
    return envelopes.seal(key, text.encode(), f"{tip_number} message {message_key}")


def open_message(message: TipMessage, key: bytes) -> str:
    """The text of a message."""
    context = f"{message.tip.number} message {message.key}"
    return envelopes.unseal(key, message.sealed_text, context).decode()


def open_request(asked: RequestForTipster, key: bytes) -> str:
    """The words of a request to the tipster."""
    context = f"{asked.tip.number} message {asked.key}"
    return envelopes.unseal(key, asked.sealed_words, context).decode()
