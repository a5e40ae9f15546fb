"""What the drawn models must prove before they are published; plain Python, no Django."""

from .checking import check_models
from .findings import Finding
from .known import Known

__all__ = ["Finding", "Known", "check_models"]
