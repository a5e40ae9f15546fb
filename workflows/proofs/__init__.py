"""What the drawn models must prove before they are published; plain Python, no Django."""

from .checking import Checked, check, check_models
from .findings import Finding
from .known import Known

__all__ = ["Checked", "Finding", "Known", "check", "check_models"]
