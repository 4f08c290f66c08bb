"""`jishi serve`: handbook and internal site in the browser, shown anew with every edit."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from generator.commands.options import as_of_option, root_option
from generator.prints.endings import ended_in_order

_WORKER = "generator.commands.serve_worker"


@click.command(short_help="在浏览器里边改边看：手册和内部网站")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, metavar="端口", help="默认 8000；0 表示任选一个空闲的。"
)
@click.option("--poll", is_flag=True, help="每秒查看一次文件；用于收不到改动通知的网络磁盘。")
@as_of_option
@root_option
def serve(port: int, poll: bool, as_of: date | None, root: Path) -> int:
    """data/、schema/、templates/ 里的文件一保存，浏览器里的页面随即更新；有错时页面顶上列出文件、行和原因。

    只有本机能打开。内部网站含姓名：只从启动时给出的完整地址打开，打开时才读取人员的文件。按 Ctrl-C 结束。
    """
    from generator.site.live.clerk import worker_command
    from generator.site.live.folders import address_key, alone
    from generator.site.live.preview import Preview
    from generator.site.live.server import PreviewServer
    from generator.site.live.watch import Watcher

    preview = Preview(root, worker_command(_WORKER, root, as_of), _told)
    watcher = Watcher(root, preview.changed, poll)
    try:
        with ended_in_order(), PreviewServer(root, preview, port, address_key(root)) as server, alone(root):
            preview.start()
            watcher.start()
            click.echo(f"公开手册：{server.address}")
            click.echo(f"内部网站：{server.internal_address}（含姓名；有这个地址的人都能打开，不要转发）")
            click.echo("按 Ctrl-C 结束。")
            server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        # To be ended so is how this command ends well.
        return 0
    finally:
        watcher.end()
        preview.end()
    return 0


def _told(files: str) -> None:
    click.echo(f"{datetime.now():%H:%M:%S}　已更新：{files}")
