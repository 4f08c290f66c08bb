"""Takes the Fandol fonts out of the Debian package that has them, without installing its 390 MB and without root.

The fonts are GPL-3 with a font exception. They are fetched, never shipped, so that they stay replaceable.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from generator.diagnostics import JishiError
from generator.prints.fonts import FACES, FANDOL, FOLDERS_VARIABLE, find_faces

FILES = tuple(face.file for face in FACES if face.package == FANDOL)
TOOLS = ("apt-get", "dpkg-deb")


def fandol_present() -> bool:
    """Whether every file of Fandol lies in one of the folders that are looked through."""
    return all(path for face, path in find_faces().items() if face.package == FANDOL)


def install_fandol(folder: Path) -> None:
    """Download the package with apt (49 MB) and put its fonts into `folder`, each file whole or not at all.

    Raises `JishiError` when apt is not there, or cannot download.
    """
    if absent := [tool for tool in TOOLS if shutil.which(tool) is None]:
        raise JishiError(
            f"没有 {'、'.join(absent)}，无法提取 Fandol 字体。",
            f"请把 {'、'.join(FILES)} 放入 {folder}，或用环境变量 {FOLDERS_VARIABLE} 指定所在文件夹。",
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        _run(["apt-get", "download", "-q", FANDOL], Path(scratch))
        package = next(Path(scratch).glob("*.deb"), None)
        if package is None:
            raise JishiError(f"apt-get 没有下载到 {FANDOL}。", "请先运行 apt-get update。")
        _extract(package, Path(scratch), folder)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise JishiError(f"{' '.join(command)} 失败：{''.join(last)}", "请检查网络，并先以 root 运行 apt-get update。")


def _extract(package: Path, scratch: Path, folder: Path) -> None:
    process = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE)
    wanted = set(FILES)
    with process, tarfile.open(fileobj=process.stdout, mode="r|") as archive:
        for member in archive:
            name = Path(member.name).name
            if name in wanted and (source := archive.extractfile(member)) is not None:
                with (scratch / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
                (scratch / name).replace(folder / name)
                wanted.discard(name)
    if wanted:
        raise JishiError(f"{package.name} 里没有 {'、'.join(sorted(wanted))}。", "")
