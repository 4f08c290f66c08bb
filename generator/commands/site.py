"""`jishi site`: the public handbook into site/, or the internal site into build/internal/site/."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from generator.audit.audit import run_audit
from generator.commands.auditing import tell_incomplete
from generator.commands.duty_formats import EXPORTS
from generator.commands.options import as_of_option, root_option
from generator.commands.site_forms import blank_files
from generator.site.build import Built, build_site
from generator.site.internal import internal_pages
from generator.site.library import Library
from generator.site.open_library import open_audit, open_structure
from generator.site.pages import PageSet
from generator.site.public import public_pages
from generator.site.settings import SiteFolders


@click.command(short_help="生成网站：手册（公开）或手册加清单（内部）")
@click.option(
    "--internal", is_flag=True, help="生成内部网站（含姓名）到 build/internal/site/；默认生成公开手册到 site/。"
)
@click.option(
    "--offline",
    is_flag=True,
    help="生成从文件夹双击打开的版本，到 build/offline/ 下的 public/site/ 或 internal/site/。",
)
@click.option("--branch", "branch", metavar="支部", default=None, help="只含一个支部（文件夹名）。")
@as_of_option
@root_option
def site(internal: bool, offline: bool, branch: str | None, as_of: date | None, root: Path) -> None:
    """公开手册只读取学校、党委和支部的文件，不打开人员、会议和组织员的文件；带姓名的清单只在内部网站。"""
    started = time.perf_counter()
    with _progress() as say:
        folders = SiteFolders(root, "internal" if internal else "public", offline)
        built = (_internal if internal else _public)(folders, branch, as_of, say)
    seconds = time.perf_counter() - started
    place = built.folders.site.relative_to(root).as_posix()
    click.echo(
        f"{'内部网站' if internal else '公开手册'}：{built.pages} 页，改动 {built.changes.written} 个文件，用时 {seconds:.1f} 秒"
    )
    if offline:
        click.echo(f"双击 {place}/index.html 打开；拷贝时拷整个 {place} 文件夹")
    elif internal:
        click.echo("查看：运行 jishi serve，或者加 --offline 生成后双击打开")
    else:
        click.echo(f"运行 python -m http.server --bind 127.0.0.1 -d {place}，再打开 http://127.0.0.1:8000/")
    if internal:
        click.echo("含姓名，文件夹只有本人能打开；放到服务器上，须登录才能查看")


def _public(folders: SiteFolders, branch: str | None, as_of: date | None, say: Callable[[str], None]) -> Built:
    say("读组织机构")
    library = _with_forms(open_structure(folders.root, as_of or date.today(), branch), folders.root, say)
    pages = PageSet()
    public_pages(library, pages)
    return build_site(folders, library, pages, say)


def _internal(folders: SiteFolders, branch: str | None, as_of: date | None, say: Callable[[str], None]) -> Built:
    say("核对记录")
    audit = run_audit(folders.root, as_of)
    library = _with_forms(open_audit(folders.root, audit, branch), folders.root, say)
    pages = PageSet()
    say("整理清单")
    internal_pages(library, audit, pages, EXPORTS)
    built = build_site(folders, library, pages, say)
    tell_incomplete(audit)
    return built


def _with_forms(library: Library, root: Path, say: Callable[[str], None]) -> Library:
    say("空白表")
    return replace(library, published=blank_files(root, library.definitions, say))


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """On a terminal one line that says what is being done; otherwise nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("开始") as status:
        yield lambda text: status.update(f"{text}…")
