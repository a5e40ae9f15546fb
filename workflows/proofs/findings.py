"""A place in a model that breaks a rule."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One broken rule: the file, the id of the element (empty for the whole file), the reason in one line."""

    file: str
    element: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.element or '-'}: {self.reason}"

    def as_dict(self) -> dict[str, str]:
        """The finding as JSON values."""
        return asdict(self)
