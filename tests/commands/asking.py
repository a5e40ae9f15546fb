"""Asking a management command, in this process and as an official does."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

ROOT = Path(__file__).parents[2]


def answer(command: str, *arguments: str) -> dict[str, Any]:
    """Return the JSON object that a command prints."""
    out = StringIO()
    with translation.override("en"):
        call_command(command, *arguments, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


def table(command: str, *arguments: str) -> str:
    """Return the table that a command prints."""
    out = StringIO()
    with translation.override("en"):
        call_command(command, *arguments, stdout=out)
    return out.getvalue()


def refusal(command: str, *arguments: str) -> str:
    """Return the sentence with which a command refuses."""
    out = StringIO()
    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command(command, *arguments, "--json", stdout=out)
    assert out.getvalue() == ""
    assert refused.value.returncode == 2
    return str(refused.value)


def run_manage(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
