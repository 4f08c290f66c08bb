"""The command `jishi`: only the table of its verbs. Each verb lives in a module that is imported when it is used."""

from __future__ import annotations

import click

from generator.commands.group import LazyGroup, Verb, print_version

VERBS = {
    "check": Verb("generator.commands.check:check", "核对全部记录，列出问题及其所在的文件、行和条款"),
    "explain": Verb("generator.commands.explain:explain", "说明一条规则：查什么、为什么、依据哪一条"),
    "rules": Verb("generator.commands.rules:rules", "列出全部规则"),
    "show": Verb("generator.commands.show:show", "显示一个人的进度"),
    "due": Verb("generator.commands.due:due", "列出到期、逾期和即将到期的事项"),
    "stats": Verb("generator.commands.stats:stats", "统计各支部的人数、问题和反复出现的问题"),
    "site": Verb("generator.commands.site:site", "生成网站：手册（公开）或手册加清单（内部）"),
    "serve": Verb("generator.commands.serve:serve", "在浏览器里边改边看：手册和内部网站"),
    "manual": Verb("generator.commands.manual:manual", "把支部手册印成一册 PDF，带目录和页码"),
    "dossier": Verb("generator.commands.dossier:dossier", "生成发展党员档案 PDF"),
    "form": Verb("generator.commands.form:form", "打印登记表和公文：空白的，或按记录填好的"),
    "bundle": Verb("generator.commands.bundle:bundle", "汇成移交包：打印文件、交接台账、标签、归档包"),
    "keygen": Verb("generator.commands.keygen:keygen", "做一把打开密封内容的密钥"),
    "seal": Verb("generator.commands.seal:seal", "把身份证号、手机、住址加密存放"),
    "unseal": Verb("generator.commands.unseal:unseal", "在屏幕上显示一个人的密封内容"),
    "rekey": Verb("generator.commands.rekey:rekey", "收件人变动后，把全部密封文件重新加密"),
    "verify": Verb("generator.commands.verify:verify", "核对档案 PDF 或归档包：有没有改动，与哪些提交的记录相符"),
    "doctor": Verb("generator.commands.doctor:doctor", "检查本机：装了什么、缺什么、什么会慢"),
}


@click.group(cls=LazyGroup, verbs=VERBS, help="把党支部的 YAML 记录变成手册、清单、核对结果和发展党员档案。")
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=print_version, help="显示版本号后退出。"
)
def main() -> None:
    pass


if __name__ == "__main__":
    main(prog_name="jishi")
