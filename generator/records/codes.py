"""Every code that reading records can give: what it says, and what to do about it.

One table, so that the messages, `jishi explain` and the rule pages say the same. `{…}` are filled at the place of the finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Diagnostic, Place, Related, Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding of this layer. `title` names it in lists; `message` and `hint` are templates."""

    code: str
    severity: Severity
    title: str
    message: str
    hint: str = ""


_SEALED = "请删去，用 jishi seal 存入加密文件；已提交过的，版本历史里仍可看到，须一并清除"
_E, _W = Severity.ERROR, Severity.WARNING

_TABLE = (
    # Reading a file as text.
    Code(
        "YML001", _E, "不是 UTF-8 编码", "文件不是 UTF-8 编码，无法读取（{found}）", "请用编辑器“另存为”，编码选 UTF-8"
    ),
    Code("YML002", _E, "含有控制字符", "含有不可见的控制字符 {char}", "请删除该字符"),
    Code("YML003", _E, "文件为空", "文件没有内容", "请按样例填写，或删除此文件"),
    Code(
        "YML004",
        _E,
        "文件过大",
        "文件有 {size} 字节，超过上限 {limit} 字节",
        "记录文件只写文字；扫描件另存为文件，这里只写它的路径",
    ),
    Code("YML005", _E, "特殊换行符", "含有特殊换行符 {char}，各编辑器显示的行号会不一致", "请删除该字符，用回车换行"),
    Code("YML006", _E, "全角空格", "含有全角或不可见的空格 {char}，不能用来分隔", "请换成半角空格"),
    # Reading the text as YAML.
    Code("YML010", _E, "格式错误", "格式不正确：{problem}", "{hint}"),
    Code("YML011", _E, "顶层不是键值", "整个文件应由“键: 值”组成，这里读到的是{found}", "{hint}"),
    Code("YML012", _E, "键重复", "键“{key}”重复，前一处在第 {line} 行", "同一层里每个键只写一次，请合并或删除其中一处"),
    Code(
        "YML013",
        _E,
        "使用了锚点或引用",
        "不允许使用锚点（&）或引用（*）",
        "请把内容照写一遍；文字以 & 或 * 开头时加引号",
    ),
    Code("YML014", _E, "使用了标签", "不允许使用标签（!）", "请去掉标签；文字以 ! 开头时加引号"),
    Code("YML015", _E, "使用了合并键", "不允许使用合并键（<<）", "请把内容照写一遍"),
    Code("YML016", _E, "多份文档", "一个文件里只能有一份文档", "请把“---”之后的内容放到另一个文件"),
    Code(
        "YML017",
        _E,
        "键不是文字",
        "键只能是一个词，不能是列表、多行文字或空白",
        "写成“键: 值”，键用英文，例如 name: 张三",
    ),
    Code("YML018", _E, "嵌套过深", "嵌套超过 {limit} 层", "请检查括号是否成对、缩进是否正确"),
    Code("YML019", _E, "用制表符缩进", "这里用了制表符（Tab），YAML 只能用空格缩进", "请把 Tab 换成两个空格"),
    Code("YML020", _W, "值为空", "“{key}”没有填写，按没有这一项处理", "请补上内容，或删去这一行"),
    Code("YML021", _W, "列表项为空", "列表里有一项没有填写，按没有这一项处理", "请补上内容，或删去这一项"),
    Code("YML022", _E, "全角冒号", "“{text}”用了全角冒号，没有被当作“键: 值”", "冒号请用半角，后面空一格：{example}"),
    Code(
        "YML023",
        _W,
        "全角逗号",
        "“{text}”用了全角标点分隔，被当作一项",
        "分隔各项请用半角逗号：{example}；本来就是一句话时加引号",
    ),
    Code("YML024", _E, "指令行", "不允许使用 % 开头的指令行", "请删除这一行"),
    # Files and folders.
    Code("YML030", _E, "无法读取", "无法读取：{reason}", "请检查文件权限；确认它是普通文件"),
    Code("YML031", _E, "不是普通文件", "应当是{expected}，实际是{found}", "请移走或改名"),
    Code("YML032", _E, "文件名不是 UTF-8", "文件名不是 UTF-8 编码", "请改名，只用英文字母、数字、“-”和“_”"),
    Code(
        "YML033", _E, "文件名不合要求", "文件名“{name}”不合要求", "请改名，只用英文字母、数字、“-”和“_”，例如 {example}"
    ),
    Code("YML034", _W, "文件没有被读取", "“{name}”不在约定的位置，没有被读取", "{hint}"),
    Code("YML035", _E, "缺少文件", "缺少 {name}", "{hint}"),
    # Against the schema.
    Code("SCH001", _E, "未知的键", "未知的键“{key}”", "{hint}"),
    Code("SCH002", _E, "缺少必填项", "缺少“{label}”（{key}）", "请补上一行，例如 {example}"),
    Code("SCH003", _E, "类型不对", "“{label}”应当是{expected}，这里是{found}", "例如 {example}"),
    Code("SCH004", _E, "日期不对", "“{label}”不是有效日期：{value}", "日期写成 YYYY-MM-DD，例如 {example}"),
    Code("SCH005", _E, "数字不对", "“{label}”应当是{expected}：{value}", "只用半角数字，例如 {example}"),
    Code("SCH006", _E, "是非不对", "“{label}”只能填 true（是）或 false（否）：{value}", "例如 {example}"),
    Code(
        "SCH007", _E, "编号不对", "“{label}”不是有效编号：{value}", "编号只用半角字母、数字、“-”和“_”，例如 {example}"
    ),
    Code("SCH008", _E, "取值不在范围内", "“{label}”不能是“{value}”", "可填：{choices}"),
    Code("SCH009", _E, "数值超出范围", "“{label}”超出范围：{value}（{bound}）", "例如 {example}"),
    Code("SCH010", _E, "项数或字数不对", "“{label}”{bound}", "例如 {example}"),
    Code("SCH011", _E, "写法不对", "“{label}”的写法不对：{value}", "例如 {example}"),
    Code("SCH012", _E, "未知的步骤", "未知的步骤“{value}”", "{hint}"),
    Code("SCH013", _E, "缺少配套的项", "填了“{label}”就要同时填“{other}”", "请补上“{other}”"),
    Code("SCH014", _E, "不能同时填写", "“{label}”与“{other}”不能同时填写", "请只保留一项"),
    Code("SCH019", _E, "不合要求", "“{label}”不合要求：{value}", "例如 {example}"),
    # Between records.
    Code("REF001", _E, "查无此人", "“{label}”所指的“{value}”不在记录里", "{hint}"),
    Code("REF002", _E, "编号重复", "编号“{value}”已被使用：{other}", "每人一个编号、一个文件；同一个人只保留一份"),
    Code("REF003", _E, "事件所涉人员查无此人", "事件里的“{value}”没有人员文件", "{hint}"),
    Code(
        "REF004",
        _E,
        "不是本支部（党委）的人",
        "{name}（{value}）在“{branch}”，没有在这里待过的记录",
        "请核对编号；确系转入、转出的，先记支部变动",
    ),
    Code("REF005", _W, "事件文件名与内容不符", "文件名应以“{expected}”开头", "请改名为 {example}"),
    Code("REF006", _E, "支部编号重复", "支部文件夹“{value}”与 {other} 重名", "支部编号在全校唯一，请改名"),
    Code("REF007", _W, "查无此支部", "“{label}”所指的支部“{value}”不在记录里", "{hint}"),
    Code("REF008", _E, "查无此党组织", "“{label}”所指的“{value}”不在记录里", "{hint}"),
    Code("REF009", _W, "事件没有涉及任何人", "这次事件没有写涉及的人", "在 people 下按编号写明各人的情况"),
    Code(
        "REF010",
        _E,
        "一次事件里同一人写了两次",
        "{name}在这次事件里写了两次（{value} 是同一人的学号）",
        "请合并到现用的学号下",
    ),
    # Scans: the reasons are those of `records.scans`.
    Code("REF011", _E, "扫描件找不到", "扫描件“{value}”{why}", "{hint}"),
    Code("REF012", _E, "扫描件不能用", "扫描件“{value}”{why}，档案无法生成", "{hint}"),
    Code("REF013", _W, "查无此平台", "“{label}”所指的平台“{value}”没有定义", "{hint}"),
    # Personal numbers in plain text.
    Code(
        "SEC001",
        _E,
        "明文身份证号",
        "明文里有身份证号（已隐去）",
        _SEALED,
    ),
    Code(
        "SEC002",
        _E,
        "明文手机号",
        "明文里有手机号（已隐去）",
        f"{_SEALED}；确是证书等编号的，在第 5 位后加“-”",
    ),
    # Sealed files, looked at from outside.
    Code(
        "SEC003",
        _W,
        "密封文件没有对应的人",
        "旁边没有 {name}，不知道是谁的密封文件",
        "{hint}",
    ),
    Code(
        "SEC004",
        _E,
        "密封文件没有加密",
        "扩展名是 .age，内容却没有加密",
        "请删去，用 jishi seal 重新存入；已提交过的，版本历史里仍可看到，须一并清除",
    ),
    Code(
        "SEC005",
        _E,
        "密封文件已损坏",
        "密封文件已损坏，谁也打不开：{problem}",
        "请从版本历史恢复完好的一版，或者用 jishi seal --replace 重新存入",
    ),
    Code(
        "SEC006",
        _W,
        "密封文件的收件人与名单不符",
        "为 {found} 个收件人加密，名单里有 {expected} 个",
        "请由能打开的人运行 jishi rekey",
    ),
    Code(
        "SEC007",
        _E,
        "私钥进了仓库",
        "这里有一把私钥（已隐去）",
        "请删去；已提交过的，这把密钥作废：另做一把，改收件人后运行 jishi rekey",
    ),
    Code(
        "SEC008",
        _E,
        "收件人名单不能用",
        "收件人名单：{problem}",
        "一行一个公钥，以 age1 或 ssh-ed25519、ssh-rsa 开头；公钥由 jishi keygen 显示",
    ),
)

CODES: Mapping[str, Code] = {code.code: code for code in _TABLE}


def finding(
    code: str,
    place: Place,
    *,
    related: tuple[Related, ...] = (),
    person: str | None = None,
    step: str | None = None,
    **values: Any,
) -> Diagnostic:
    """A diagnostic with the message and hint of the table. Missing template values are a programming error (KeyError)."""
    row = CODES[code]
    return Diagnostic(
        code=row.code,
        severity=row.severity,
        place=place,
        message=row.message.format_map(values),
        hint=row.hint.format_map(values),
        person=person,
        step=step,
        related=related,
    )
