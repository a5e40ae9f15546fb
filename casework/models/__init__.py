"""People, institutions, cases and what belongs to a case."""

from casework.models.account import Account
from casework.models.bureau import Bureau
from casework.models.case import Case, CaseHandler, Party
from casework.models.counter import NumberCounter
from casework.models.document import Document, Service
from casework.models.evidence import CustodyEntry, Evidence
from casework.models.finding import Finding
from casework.models.institution import Institution
from casework.models.ledger import LedgerAccount, LedgerEntry, LedgerLine
from casework.models.officer import Officer
from casework.models.permission import CaseGroupPermission, CaseUserPermission
from casework.models.province_report import ProvinceReport

__all__ = [
    "Account",
    "Bureau",
    "Case",
    "CaseGroupPermission",
    "CaseHandler",
    "CaseUserPermission",
    "CustodyEntry",
    "Document",
    "Evidence",
    "Finding",
    "Institution",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerLine",
    "NumberCounter",
    "Officer",
    "Party",
    "ProvinceReport",
    "Service",
]
