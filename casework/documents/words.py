"""Chinese words of the codes that contexts carry."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "evidence_kind": {
        "documentary": "书证",
        "physical": "物证",
        "audiovisual": "视听资料",
        "electronic": "电子数据",
        "witness": "证人证言",
        "party_statement": "当事人的陈述",
        "expert": "鉴定意见",
        "record": "勘验笔录、现场笔录",
    },
    "origin": {
        "tip": "举报",
        "inspection": "监督检查",
        "alert": "智能监控疑点",
        "transfer": "其他部门移送",
        "order": "上级交办",
    },
    "check_state": {"conforms": "符合", "fails": "不符合", "not_applicable": "不涉及"},
    "referral": {
        "up": "移送",
        "down": "交由",
        "sideways": "移送",
        "given_back": "退回",
        "named": "按照上级指定移送",
        "outside": "移送",
    },
    "purge_ground": {
        "retention": "保管期限届满",
        "tipster": "举报人依法提出",
        "protection": "保护举报人安全需要",
        "demand": "有权机关要求",
    },
    "tipster": {"real_name": "实名举报", "anonymous": "匿名举报"},
}
