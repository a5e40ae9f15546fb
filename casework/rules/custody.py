"""How long evidence and documents are kept under lock, and how large a file may be."""

from datetime import date, datetime

from workflows.rules.calendar import add_years, civil_date, end_of_day

# The law names no period for this file; ten years is the bureau's default (ours, RECALLED).
RETENTION_YEARS = 10
# Nor does it name one for the files of a tip: the same ten years, counted from the check (ours, RECALLED).
TIP_FILE_YEARS = 10
LARGEST_FILE = 5 * 1024**3
LARGEST_FORM_FILE = 20 * 1024**2


def retained_until(stored_at: datetime) -> datetime:
    """The moment until which the store keeps what it gets now, in UTC."""
    return end_of_day(last_day_of_retention(civil_date(stored_at)))


def tip_file_retained_until(checked_at: datetime) -> datetime:
    """The moment until which the store keeps a tip's file that was checked now, in UTC."""
    return end_of_day(add_years(civil_date(checked_at), TIP_FILE_YEARS))


def last_day_of_retention(day: date) -> date:
    """The last day on which the store keeps what it got on a day."""
    return add_years(day, RETENTION_YEARS)
