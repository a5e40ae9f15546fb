"""The floor of a report: its bytes encrypted, put into the store, and two rows written, without any of the product."""

import io
import os
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from benchmarks.floors import make_tables
from benchmarks.tip_senders import FILES
from casework import storage

ROUNDS = 60


def floor_ms() -> float:
    """Median wall-clock milliseconds of one round."""
    make_tables()
    rounds = []
    for number in range(ROUNDS):
        begin = time.perf_counter()
        _round(FILES[number % len(FILES)], number)
        rounds.append((time.perf_counter() - begin) * 1000)
    return sorted(rounds)[ROUNDS // 2]


def _round(content: bytes, number: int) -> None:
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(os.urandom(32)).encrypt(nonce, content, b"floor")
    storage.put(f"floor/{number}", io.BytesIO(sealed), len(sealed), media_type="application/octet-stream")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_floor_row (state, revision) VALUES (%s, 0)", [os.urandom(2000)])
        cursor.execute("INSERT INTO bench_floor_event (row_id, text) VALUES (%s, 'filed')", [number])
