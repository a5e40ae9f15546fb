"""Reading the environment: what is wrong is said in a sentence, never with the secret in it."""

import base64

import pytest

from config import env
from config.env import SettingRefused


def test_text_falls_back_to_the_default_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_REGION", "  ")

    assert env.text("S3_REGION") == "us-east-1"


def test_text_refuses_a_name_that_is_not_in_the_table() -> None:
    with pytest.raises(KeyError):
        env.text("FUNDGUARD_UNHEARD_OF")


def test_required_says_what_a_missing_variable_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("S3_SECRET_KEY", raising=False)

    with pytest.raises(SettingRefused, match="S3_SECRET_KEY is not set. It is needed: secret key"):
        env.required("S3_SECRET_KEY")


@pytest.mark.parametrize(("value", "truth"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_flag_reads_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, truth: bool) -> None:
    monkeypatch.setenv("FUNDGUARD_DEBUG", value)

    assert env.flag("FUNDGUARD_DEBUG") is truth


def test_flag_refuses_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDGUARD_DEBUG", "perhaps")

    with pytest.raises(SettingRefused, match="FUNDGUARD_DEBUG is 'perhaps'. Write 1 or 0"):
        env.flag("FUNDGUARD_DEBUG")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eighty", "８０"])
def test_integer_refuses_what_lies_outside_or_is_no_number(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("PORT", value)

    with pytest.raises(SettingRefused, match="from 1 to 65535"):
        env.integer("PORT", least=1, most=65535)


@pytest.mark.parametrize(
    "value", ["postgresql://", "mysql://u:geheim@host/db", "postgresql://u:geheim@h:99999/db"]
)
def test_url_refuses_without_repeating_the_password(value: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        env.url("DATABASE_URL", value, ("postgresql",))

    assert "DATABASE_URL" in str(refusal.value)
    assert "geheim" not in str(refusal.value)


def test_key32_gives_the_bytes() -> None:
    assert env.key32("FUNDGUARD_CONTENT_KEY", base64.b64encode(bytes(range(32))).decode()) == bytes(range(32))


@pytest.mark.parametrize("value", ["not base64!", base64.b64encode(b"short").decode()])
def test_key32_refuses_without_repeating_the_value(value: str) -> None:
    with pytest.raises(SettingRefused, match="openssl rand -base64 32") as refusal:
        env.key32("FUNDGUARD_CONTENT_KEY", value)

    assert value not in str(refusal.value)
