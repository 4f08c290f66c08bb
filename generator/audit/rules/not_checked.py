"""Codes of the list of recurring errors that nothing here checks: on paper only."""

from generator.audit.register import describes
from generator.audit.rule import How
from generator.diagnostics import Severity


@describes("DEV113", "笔迹、签名、印章是否属实", How.PAPER, severity=Severity.WARNING)
class Handwriting:
    """查什么：志愿书等是否一人代填、签名是否本人所写、印章是否清晰。

    为什么：代填代签是审档时最先看的。

    依据：归档的通行要求。

    说明：记录里看不出来，须看原件；发现问题的，在材料的 defects、signed、sealed 里写明，之后由 DEV040、DEV116 等列出。
    """


@describes("DEV114", "思想汇报内容是否抄袭、是否与落款日期相符", How.PAPER, severity=Severity.WARNING)
class CopiedText:
    """查什么：思想汇报是否抄自他人或网络，是否写到了落款以后才发生的事。

    为什么：抄袭和倒签使考察失去意义。

    依据：材料应当真实，属审档的通行要求。

    说明：记录不收汇报正文，须看原件。
    """


@describes("DEV115", "身份证号与出生日期、性别是否相符", How.PAPER, severity=Severity.ERROR)
class IdentityNumber:
    """查什么：身份证号里的出生日期、性别位和校验位，与个人信息和各份材料是否一致。

    为什么：出生日期以档案认定为准，不一致须按规定认定。

    依据：材料之间应当一致，属审档的通行要求。

    说明：身份证号只能加密存放，jishi check 不解密；存入（jishi seal）、查看（jishi unseal）和重新加密（jishi rekey）时核对，其余须看原件。
    """
