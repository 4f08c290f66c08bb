"""A click group that imports a verb only when it is used, and speaks Chinese about everything that goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NamedTuple, NoReturn

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from generator.commands.chinese import ChineseContext, in_chinese
from generator.diagnostics import JishiError
from generator.os_errors import is_refusal, reason
from generator.prints.endings import Ended

USAGE_OR_INTERNAL = 2
INTERRUPTED = 130
DEBUG = "JISHI_DEBUG"


class Verb(NamedTuple):
    """Where a command lives, as `module:attribute`, and its line in the list of commands."""

    target: str
    summary: str


class LazyGroup(click.Group):
    """Verbs are named by strings, so that `jishi --help` stays fast and imports neither MkDocs nor WeasyPrint."""

    context_class = ChineseContext

    def __init__(self, *args: Any, verbs: Mapping[str, Verb], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        verb = self.verbs.get(cmd_name)
        if verb is None:
            return None
        module, _, attribute = verb.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        command.context_class = ChineseContext
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self.verbs, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(name, verb.summary) for name, verb in self.verbs.items()])

    def main(  # type: ignore[override]  # click overloads `main` on the literal value of standalone_mode
        self, args: Sequence[str] | None = None, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run and exit: 0 or 1 from the command, 2 for wrong usage or a fault, 130 when interrupted, 143 when told to end."""
        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        _open_closed_streams()
        _never_fail_on_a_character()
        try:
            result = super().main(args, standalone_mode=False, **extra)
            sys.stdout.flush()
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(USAGE_OR_INTERNAL)
        except click.ClickException as error:
            _complain(error)
            sys.exit(USAGE_OR_INTERNAL)
        except JishiError as error:
            _say(f"错误：{error.message}", error.hint)
            sys.exit(USAGE_OR_INTERNAL)
        except (click.Abort, KeyboardInterrupt):
            click.echo("已中断", err=True)
            sys.exit(INTERRUPTED)
        except Ended as ended:
            with suppress(OSError):
                # The terminal may be gone: that is one way to be told.
                click.echo("已停止", err=True)
            sys.exit(ended.code)
        except BrokenPipeError:
            # The reader, such as `head`, has gone: nothing is wrong, and the interpreter must not flush again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            if not is_refusal(error):
                _fault(error)
            place = f" {error.filename2 or error.filename}" if error.filename else ""
            _say(f"错误：无法写入{place}：{reason(error)}", "请检查磁盘空间、文件夹权限，以及有没有同名的文件。")
            sys.exit(USAGE_OR_INTERNAL)
        except Exception as error:
            _fault(error)
        sys.exit(result if type(result) is int else 0)


def _fault(error: Exception) -> NoReturn:
    if os.environ.get(DEBUG):
        traceback.print_exc()
    _say(
        f"内部错误：{type(error).__name__}：{' '.join(str(error).split())}",
        f"这是程序的缺陷，不是记录的问题。请设环境变量 {DEBUG}=1 重新运行，把显示的详细内容报告给维护者。",
    )
    sys.exit(USAGE_OR_INTERNAL)


def print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"jishi {version('jishi')}")
        ctx.exit()


def _open_closed_streams() -> None:
    """Python has no stream at all where the caller closed one; what is said there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _never_fail_on_a_character() -> None:
    """A terminal that cannot show a rare name shows `?` for it; files are not concerned."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _complain(error: click.ClickException) -> None:
    hint = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        hint = f"用法见 {error.ctx.command_path} --help"
    _say(f"错误：{in_chinese(error.format_message())}", hint)


def _say(message: str, hint: str) -> None:
    click.echo(message, err=True)
    if hint:
        click.echo(f"提示：{hint}", err=True)
