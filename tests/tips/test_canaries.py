"""Marks planted in everything that a tipster gives, then searched in every table, object, mail and log."""

import logging

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection

from casework import storage
from tests.factories.tips import PNG, a_real_name_filing, a_tip, some_words
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import staff
from tips import contents
from tips.attachments import Attachment
from tips.models import TipFile
from tips.receipt_code import grouped
from tips.services.claim_reward import claim_reward
from tips.services.write_message import write_to_bureau
from tips.words import Identity, Payee

pytestmark = pytest.mark.usefixtures("models")
STORY = "CANARYSTORY 患者已经出院"
NAME, PHONE, MAIL = "CANARYNAME", "13977770000", "canary@example.org"
FILE_NAME, MESSAGE = "CANARYFILE.png", "CANARYMESSAGE"
PAYEE_NAME = "CANARYPAYEE"


def whole_database() -> str:
    """Every row of every table as text, bytes in hex as PostgreSQL prints them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        parts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            parts.extend(row[0] or "" for row in cursor.fetchall())
    return "\n".join(parts)


def is_in(canary: str, text: str) -> bool:
    return canary in text or canary.encode().hex() in text


@pytest.fixture
def secrets_told(caplog):  # type: ignore[no-untyped-def]
    """A real-name tip that went all the way to a claim, with everything that was told."""
    caplog.set_level(logging.DEBUG)
    people = staff()
    identity = Identity(NAME, PHONE, MAIL)
    filing = a_real_name_filing(words=some_words(story=STORY, target_place="CANARYPLACE"), identity=identity)
    filed = a_paid_case(people, filing)
    photo = a_tip(filing, files=[Attachment.of(FILE_NAME, "image/png", PNG + b"CANARYBYTES")])
    key = contents.content_key(filed.tip)
    write_to_bureau(filed.tip, MESSAGE, content_key=key, key="m", now=DECIDED)
    reward = opened(filed.tip)
    assert reward is not None
    to_notice(people, reward)
    claim_reward(reward, Payee(**{**PAYEE, "name": PAYEE_NAME}), key="k", now=DECIDED)
    told = [STORY, "CANARYPLACE", NAME, PHONE, MAIL, FILE_NAME, MESSAGE, PAYEE_NAME]
    told += [PAYEE["identity_number"], PAYEE["account"], "CANARYBYTES"]
    told += [code for one in (filed, photo) for code in (one.code, grouped(one.code))]
    return told, caplog


def test_nothing_that_a_tipster_told_lies_open_in_any_table(secrets_told) -> None:
    told, _log = secrets_told

    text = whole_database()

    assert len(apps.get_models()) > 30
    assert "云河医保举" in text
    assert [canary for canary in told if is_in(canary, text)] == []


def test_nothing_that_a_tipster_told_lies_open_in_the_store(secrets_told) -> None:
    told, _log = secrets_told

    stored = b"".join(storage.get(file.object_key, file.version_id) for file in TipFile.objects.all())

    assert stored
    assert [canary for canary in told if canary.encode() in stored] == []


def test_nothing_that_a_tipster_told_is_in_logs_or_mails(secrets_told) -> None:
    told, log = secrets_told

    text = log.text + "\n".join(f"{message.subject} {message.body}" for message in mail.outbox)

    assert mail.outbox
    assert [canary for canary in told if canary in text] == []
