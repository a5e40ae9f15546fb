"""Entry of manage.py."""

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> None:
    """Run one command."""
    execute_from_command_line(argv)
