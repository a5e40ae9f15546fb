"""The refusal of a file, and how large a file of each kind may be."""

MB = 1024 * 1024


class Unfit(Exception):
    """The file may not be kept; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refuse_larger(size: int, most_mb: int) -> None:
    """Refuse what no honest file of the kind needs. Raises: Unfit."""
    if size > most_mb * MB:
        raise Unfit("too_large_of_kind")
