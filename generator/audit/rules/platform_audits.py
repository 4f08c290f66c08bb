from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.audit.register import checks
from generator.audit.rules.organiser_signature import unsigned_minutes
from generator.audit.subject import Found, Subject
from generator.definitions.platform import Platform
from generator.diagnostics import Related, Severity
from generator.procedure.calendar import add_days
from generator.records.model import Entry


@checks("DEV069", "组织员没有在会议记录上签字，或平台审核有缺漏", severity=Severity.WARNING, layer="platform")
def audits_and_signatures(subject: Subject) -> Iterator[Found]:
    """查什么：使用灯塔平台的学校，推荐（确定）积极分子、确定发展对象、接收、转正四次会议的记录上是否有组织员签字；
    平台要审核的每一步（名单见平台文件，待本校核实）办完之后，有没有审核记录，是否早于所审的步骤、退回后没有再审，
    次序和步骤对不对得上，是否用了本人账号。登记平台账户以前的步骤不查。

    为什么：组织员逐次把关，签字和审核是把关的凭据；借用他人账号，就说不清是谁审的。

    依据：灯塔平台的要求和本校组织员职责（待核实）。

    错例：
        - {step: propose_target, date: 2025-10-24, due: 5, present: 5, result: passed}
        - {step: consent_target, date: 2025-11-03, decision: filed}
        - {step: platform_audit, date: 2025-11-05, platform: dengta, n: 3, of: consent_target, own_account: false}

    对例：
        - {step: propose_target, date: 2025-10-24, due: 5, present: 5, result: passed,
           organiser_signed: {by: "1995003", date: 2025-10-27}}
        - {step: consent_target, date: 2025-11-03, decision: filed}
        - {step: platform_audit, date: 2025-11-05, platform: dengta, n: 2, of: consent_target, by: "1995003",
           own_account: true, result: passed}
    """
    platform = subject.rules.platform
    if platform is None or not platform.audits:
        return
    yield from unsigned_minutes(subject)
    audits = [e for e, _ in subject.at("DEV069", "platform_audit") if e.get("platform") in (None, platform.id)]
    numbers = {n: step for n, step, _ in platform.audits}
    for audit in audits:
        yield from _own_faults(subject, audit, numbers)
    yield from _missing(subject, platform, audits, numbers)


def _own_faults(subject: Subject, audit: Entry, numbers: Mapping[int, str]) -> Iterator[Found]:
    """An audit that contradicts the platform's list, or was made with somebody else's account."""
    n, of = audit.get("n"), audit.get("of")
    if n is not None and n not in numbers:
        yield Found(audit.place("n"), f"平台没有第 {n} 次审核", f"平台审核共 {len(numbers)} 次，核对次序。", audit.step)
    elif n is not None and of is not None and numbers[n] != of:
        text = f"第 {n} 次审核应审“{subject.title(numbers[n])}”，记为“{subject.title(of)}”"
        yield Found(audit.place("of"), text, "核对次序和所审的步骤；名单以本校要求为准。", audit.step)
    if audit.get("own_account") is False:
        text = "平台审核没有使用审核人本人的账号"
        yield Found(audit.place("own_account"), text, "审核由组织员以本人账号代表党委进行，不借用账号。", audit.step)


def _missing(
    subject: Subject, platform: Platform, audits: Sequence[Entry], numbers: Mapping[int, str]
) -> Iterator[Found]:
    """Completed steps of the list without an audit that passed them."""
    since = _registered(subject, platform)
    passed = (e for e in subject.entries if subject.completed(e) and e.get("exam") != "failed")
    due = [e for e in passed if e.step in numbers.values()]
    for index, entry in enumerate(due):
        if since is not None and entry.date < since:
            continue
        following = next((other.date for other in due[index + 1 :] if other.step == entry.step), date.max)
        mine = [a for a in audits if _audited(a, numbers) == entry.step and a.date < following]
        before = [a for a in mine if a.date < entry.date and not _of_another(a, due[:index], entry)]
        mine = [a for a in mine if a.date >= entry.date]
        if any(a.get("result") != "failed" for a in mine):
            continue
        n = next(number for number, step in numbers.items() if step == entry.step)
        step = subject.title(entry.step)
        if mine:
            text = f"{step}的平台审核（第 {n} 次）{mine[-1].date} 未通过，之后没有再审的记录"
            yield Found(mine[-1].place("result"), text, "改正后重新审核，另记一条 platform_audit。", mine[-1].step)
        elif before:
            text = f"{step}的平台审核（{before[-1].date}）早于这一步，最早 {entry.date}"
            related = (Related(entry.place("date"), step),)
            yield Found(before[-1].place("date"), text, "办完之后再审核；核对两个日期。", before[-1].step, related)
        else:
            latest = add_days(entry.date, platform.audit_days)
            if subject.passed(latest):
                text = f"{step}（{entry.date}）没有平台审核的记录（第 {n} 次，一般不晚于 {latest}）"
                yield Found(
                    entry.place("date"), text, "审核后记 platform_audit；没有审的补审，不倒填日期。", entry.step
                )


def _audited(audit: Entry, numbers: Mapping[int, str]) -> str | None:
    """The step an audit is about: what it says, else what its number stands for."""
    return audit.get("of") or numbers.get(audit.get("n"))


def _of_another(audit: Entry, earlier: Sequence[Entry], entry: Entry) -> bool:
    """Whether an audit belongs to an earlier completion of the same step."""
    return any(other.step == entry.step and other.date <= audit.date for other in earlier)


def _registered(subject: Subject, platform: Platform) -> date | None:
    """The day from which the person was on the platform, where it is recorded."""
    accounts = subject.person.get("accounts")
    days = [
        account.get("registered")
        for account in (accounts if isinstance(accounts, list) else ())
        if isinstance(account, Mapping) and account.get("platform") == platform.id
    ]
    return min((day for day in days if isinstance(day, date)), default=None)
