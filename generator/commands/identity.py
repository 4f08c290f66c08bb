"""The private key of a command that may open sealed values: only the one the user names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.privacy.blocks import sealed_path
from generator.privacy.vault import Vault
from generator.records.model import Person

Function = TypeVar("Function", bound=Callable[..., Any])
VARIABLE = "JISHI_IDENTITY"
_NAMED = 5
"""Up to so many people are named."""


def identity_option(function: Function) -> Function:
    """`--identity FILE`, else the file that `JISHI_IDENTITY` names; passed as `identity: Path | None`."""
    return click.option(
        "--identity",
        type=click.Path(path_type=Path),
        envvar=VARIABLE,
        default=None,
        metavar="密钥文件",
        help=f"打开密封内容用的密钥文件；也可用环境变量 {VARIABLE} 指定。",
    )(function)


def vault_with(root: Path, identity: Path | None) -> Vault:
    """What is sealed in a repository; nothing is opened without `identity`. Raises `JishiError` for an unusable key file.

    With a key, a crash of this process or of one started from now on leaves no core file: call it before any pool of workers is made.
    """
    if identity is None:
        return Vault(root)
    from generator.privacy.identities import read_identities
    from generator.privacy.memory import no_core_file

    no_core_file()
    return Vault(root, read_identities(identity))


def split(people: Iterable[Person], vault: Vault) -> tuple[list[Person], list[Person]]:
    """(those of whom something is opened, the others)"""
    opened: list[Person] = []
    others: list[Person] = []
    for person in people:
        (opened if vault.identities is not None and vault.holds(person.path) else others).append(person)
    return opened, others


def tell_sealed(vault: Vault, opened: int, others: Iterable[Person], output: str) -> None:
    """Says whether sealed values were printed, and where, or left out. `opened`: how many prints hold them."""
    if vault.identities is not None:
        shown = f"用密钥打开了 {opened} 人的密封内容" if opened else "没有打开任何密封内容"
        click.echo(shown + (f"，印在 {output}/（只有本人可读，用后请删除）" if opened else ""))
        return
    shut = [person for person in others if vault.holds(person.path)]
    _warn_of_damage(vault, shut)
    if shut:
        click.echo(f"{len(shut)} 人有密封内容，没有密钥，印作“（密封）”或留空；要印出来的，用 --identity 指定密钥文件。")


def _warn_of_damage(vault: Vault, shut: Iterable[Person]) -> None:
    """The print says only that something is sealed: who relies on it must know that nobody can open it."""
    found = [(person, problem) for person in shut if (problem := vault.problem(person.path))]
    for person, problem in found[:_NAMED]:
        click.echo(f"警告：{person.id} 的密封文件 {sealed_path(person.path)} 无法使用（{problem}）", err=True)
    if len(found) > _NAMED:
        click.echo(f"警告：另有 {len(found) - _NAMED} 人的密封文件无法使用", err=True)
    if found:
        click.echo("  提示：请从版本历史恢复，或者用 jishi seal --replace 重新存入；jishi check 列出全部。", err=True)
