"""The reward schemes in force: those of the database, which began with the ones of the product."""

from collections.abc import Iterable
from datetime import date, datetime

from casework.models import Bureau
from tips.models import RewardScheme, RewardSchemeVersion, SchemeAssignment
from tips.rules import reward as rules
from tips.rules.scheme_data import Scheme, as_data, one_after_another, version_from
from tips.rules.scheme_file import load_schemes

# The national scheme of the frame, and the places whose rules come with the product.
REGIONS = {
    "sichuan": "510000",
    "beijing": "110000",
    "guangdong": "440000",
    "qingyuan": "441800",
    "yangzhou": "321000",
    "chongqing": "500000",
    "chaozhou_2020": "445100",
}


def stored_schemes() -> dict[str, Scheme]:
    """Every scheme with an approved version, by its key; versions that were taken back are left out."""
    found = RewardSchemeVersion.objects.filter(withdrawal=None).select_related("scheme")
    by_scheme: dict[RewardScheme, list[RewardSchemeVersion]] = {}
    for version in found.order_by("scheme__region_code", "scheme__key", "number"):
        by_scheme.setdefault(version.scheme, []).append(version)
    return {scheme.key: _scheme(scheme, versions) for scheme, versions in by_scheme.items()}


def scheme_named(key: str) -> Scheme:
    """One scheme of the database by its key. Raises: NoSuchScheme with near matches."""
    return rules.scheme_named(key, stored_schemes())


def scheme_key_for(bureau: Bureau, day: date) -> str:
    """The key of the scheme that a bureau uses for tips received on a day."""
    assigned = SchemeAssignment.objects.filter(bureau=bureau, in_force_from__lte=day).select_related("scheme")
    latest = assigned.order_by("in_force_from", "id").last()
    return latest.scheme.key if latest else bureau.reward_scheme


def store_missing(now: datetime) -> list[str]:
    """Store the product's schemes that the database does not have; returns their keys. Again: changes nothing."""
    missing = set(load_schemes()) - set(RewardScheme.objects.values_list("key", flat=True))
    for key in sorted(missing):
        scheme = load_schemes()[key]
        stored = RewardScheme.objects.create(
            key=key,
            title=scheme.title,
            title_zh=scheme.title_zh,
            region_code=REGIONS.get(key, ""),
            created_at=now,
        )
        RewardSchemeVersion.objects.bulk_create(_rows(stored, scheme, now))
    return sorted(missing)


def _rows(stored: RewardScheme, scheme: Scheme, now: datetime) -> Iterable[RewardSchemeVersion]:
    for number, version in enumerate(scheme.versions, 1):
        yield RewardSchemeVersion(
            scheme=stored,
            number=number,
            in_force_from=version.in_force_from,
            data=as_data(version),
            approved_at=now,
        )


def _scheme(scheme: RewardScheme, versions: list[RewardSchemeVersion]) -> Scheme:
    read = one_after_another([version_from(version.data) for version in versions])
    return Scheme(scheme.key, scheme.title, scheme.title_zh, read)
