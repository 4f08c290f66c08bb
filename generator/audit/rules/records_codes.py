"""Codes given while records are read: entered from the table of the records layer, so that there is one list of them."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.records.codes import CODES, Code

_WHY = {
    "YML": "记录只用 YAML 的一个严格子集；看着像而读法不同的写法一律不收，免得内容悄悄变样。",
    "SCH": "记录按字段表读取；写错的键、类型或取值若不指出，就会当作没有填写。",
    "REF": "记录之间靠编号相互引用；对不上的编号会使资格、票数等核对失去根据。",
    "SEC": "身份证号、手机号等只能加密存放；明文一旦提交，版本历史里会一直留着。",
}


def _enter(row: Code) -> None:
    text = f"查什么：{row.title}。\n\n为什么：{_WHY[row.code[:3]]}\n\n依据：本项目的记录格式。"
    described = type(row.code, (), {"__doc__": text})
    describes(row.code, row.title, How.RECORDS, severity=row.severity)(described)


for _row in CODES.values():
    _enter(_row)
