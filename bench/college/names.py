"""Invented names, native places and numbers. Nobody in a generated college exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢骆岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋"
    "植桑麦楚臧逄仝亓綦鞠宿丛栾"
)
YOUNG_FIRST = "知予书清沐怀景承昱砚问听望牧叙修栖闻屿岑疏霁令思若雨以未应向亦可言乐庭鹿禹星"
YOUNG_MALE = "远舟野川临衡樾铮恺骁榆柏峤峻弘泊桥驰岩珩"
YOUNG_FEMALE = "禾岚意朗棠宁初遥晴芮苒蔓菡葭梧漪璐筠苓沅"
OLD_FIRST = "立守维兆传继广兴宝连延汝振荣庆宪存"
OLD_MALE = "祥礼田河堂岭善全海柱法勤余增森恒渠"
OLD_FEMALE = "芝荣莲珍菊兰芬环翠霞萍花巧敏"
MIDDLE_FIRST = "晓海文春志学红建丽永宏"
# fmt: off
PLACES = (
    "山东潍坊", "山东济南", "山东青岛", "山东临沂", "山东烟台", "山东菏泽", "山东聊城", "山东泰安", "山东德州", "山东淄博",
    "山东日照", "山东东营", "山东枣庄", "山东济宁", "山东滨州", "山东威海", "山东寿光", "山东诸城", "山东莱阳", "山东滕州",
    "河北沧州", "河北邯郸", "河南洛阳", "河南周口", "江苏徐州", "江苏连云港", "安徽阜阳", "安徽六安", "山西运城", "陕西渭南",
    "甘肃天水", "四川绵阳", "重庆万州", "湖北襄阳", "湖南衡阳", "江西上饶", "浙江台州", "福建漳州", "广东梅州", "广西桂林",
    "贵州遵义", "云南曲靖", "辽宁锦州", "吉林四平", "黑龙江绥化", "内蒙古赤峰", "宁夏固原", "青海西宁", "新疆喀什", "海南儋州",
)
# fmt: on

# Rare characters, several surnames of two characters, and names with a middle dot: each exactly once in a college.
NOTABLE: tuple[tuple[str, str, str, str, bool], ...] = (
    ("岳䶮舟", "男", "汉族", "山东莱阳", True),
    ("季𬭎远", "男", "汉族", "江苏连云港", True),
    ("蓝堃临", "男", "畲族", "福建漳州", True),
    ("祁喆安", "女", "汉族", "山东滨州", True),
    ("柏㛃宁", "女", "汉族", "安徽六安", True),
    ("上官听禾", "女", "汉族", "河南洛阳", True),
    ("热孜宛·艾山江", "女", "维吾尔族", "新疆喀什", True),
    ("叶尔达·哈里别克", "男", "哈萨克族", "新疆伊犁", True),
    ("卓玛拉措", "女", "藏族", "青海玉树", True),
    ("宝音朝鲁", "男", "蒙古族", "内蒙古赤峰", True),
    ("司徒守岭", "男", "汉族", "广东梅州", False),
    ("朴贞淑", "女", "朝鲜族", "吉林延边", False),
)


@dataclass(frozen=True)
class Identity:
    name: str
    sex: str
    ethnicity: str
    native_place: str


@dataclass
class Namer:
    """Hands out names, none twice as long as there are names left."""

    random: Random
    used: set[str] = field(default_factory=set)
    notable: list[tuple[str, str, str, str, bool]] = field(default_factory=lambda: list(reversed(NOTABLE)))

    def identity(self, born: int, notable: bool = False) -> Identity:
        """An invented person born in that year; `notable` takes the next unusual name of a fitting age."""
        young = born >= 1996
        if notable:
            for index in range(len(self.notable) - 1, -1, -1):
                name, sex, ethnicity, place, is_young = self.notable[index]
                if is_young == young:
                    del self.notable[index]
                    self.used.add(name)
                    return Identity(name, sex, ethnicity, place)
        sex = self.random.choice("男女")
        return Identity(self._name(young, born, sex), sex, self._ethnicity(), self.random.choice(PLACES))

    def _ethnicity(self) -> str:
        roll = self.random.random()
        return (
            "汉族" if roll < 0.93 else self.random.choice(("回族", "满族", "土家族", "壮族", "苗族", "蒙古族", "彝族"))
        )

    def _name(self, young: bool, born: int, sex: str) -> str:
        first = YOUNG_FIRST if young else OLD_FIRST if born < 1978 else MIDDLE_FIRST
        male, female = (YOUNG_MALE, YOUNG_FEMALE) if young else (OLD_MALE, OLD_FEMALE)
        last = male if sex == "男" else female
        for _ in range(40):
            name = self.random.choice(SURNAMES) + self.random.choice(first) + self.random.choice(last)
            if name not in self.used:
                break
        self.used.add(name)
        return name
