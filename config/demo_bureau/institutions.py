"""The register of the demo bureau: 112 hospitals and 319 pharmacies with invented names."""

from casework.models import Bureau, Institution
from casework.sort_keys import sort_key

HOSPITAL_COUNT = 112
PHARMACY_COUNT = 319
PLACES = (
    "城关", "东河", "西河", "南山", "北塘", "柳林", "桃源", "白石", "青龙", "石桥", "大营", "永安", "太平", "双井",
    "梅岭", "沙洲", "龙泉", "新丰", "兴隆", "清溪", "银杏", "长岭", "金鸡", "杨柳", "马鞍", "三元", "四通", "五里",
)  # fmt: skip
HOSPITALS = ("镇中心卫生院", "康复医院", "骨科医院", "社区卫生服务中心")
CHAINS = ("百姓缘大药房", "仁心堂药店", "益民大药房", "同德堂药房", "康泰药店", "惠民平价药房")
GIVEN_NAMES = "伟敏静磊娜强洋艳勇军杰涛超明刚"
NAMED = (
    ("云河县人民医院", "三级乙等"),
    ("云河县中医院", "二级甲等"),
    ("云河县妇幼保健院", "二级甲等"),
    ("云河仁康医院有限责任公司第二十三分公司康复医学门诊部", "未定级"),
    ("云河县精神卫生中心", "二级乙等"),
)


def make_institutions(bureau: Bureau) -> None:
    """Fill the register; doing it again changes nothing."""
    if Institution.objects.filter(bureau=bureau).exists():
        return
    rows = [*_hospitals(bureau), *_pharmacies(bureau)]
    Institution.objects.bulk_create(rows)


def _hospitals(bureau: Bureau) -> list[Institution]:
    names = [(name, grade) for name, grade in NAMED]
    kinds = [(f"{place}{kind}", "一级") for kind in HOSPITALS for place in PLACES]
    chosen = (names + kinds)[:HOSPITAL_COUNT]
    return [
        _institution(bureau, number, name, Institution.Kind.HOSPITAL, grade)
        for number, (name, grade) in enumerate(chosen, 1)
    ]


def _pharmacies(bureau: Bureau) -> list[Institution]:
    names = [f"{chain}{place}{suffix}" for suffix in ("店", "二店") for chain in CHAINS for place in PLACES][
        :PHARMACY_COUNT
    ]
    return [
        _institution(bureau, number, name, Institution.Kind.PHARMACY, "")
        for number, name in enumerate(names, 1)
    ]


def _institution(bureau: Bureau, number: int, name: str, kind: str, grade: str) -> Institution:
    letter = "H" if kind == Institution.Kind.HOSPITAL else "P"
    return Institution(
        code=f"{letter}{bureau.region_code}{number:05d}",
        name=name,
        sort_key=sort_key(name),
        kind=kind,
        grade=grade,
        bureau=bureau,
        address=f"云河县{PLACES[number % len(PLACES)]}路{number}号",
        credit_code=f"91{bureau.region_code}MA{number:08d}",
        legal_representative="张" + GIVEN_NAMES[number % len(GIVEN_NAMES)],
    )
