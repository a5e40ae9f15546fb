"""Every command explains itself in both languages."""

import pytest
from django.core.management import load_command_class
from django.utils import translation

COMMANDS = [("workflows", "legal_deadline"), ("tips", "quote_reward"), ("enforcement", "penalty_range")]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("app", "name"), COMMANDS)
def test_the_help_of_a_command_can_be_read(app: str, name: str, language: str) -> None:
    with translation.override(language):
        shown = load_command_class(app, name).create_parser("manage.py", name).format_help()

    assert "--json" in shown


@pytest.mark.parametrize(("app", "name"), COMMANDS)
def test_a_command_needs_no_server(app: str, name: str) -> None:
    assert load_command_class(app, name).embedded_servers == ()
