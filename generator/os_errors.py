"""Why the operating system refused, in Chinese: its own texts are English, or whatever the machine's language is."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘只读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "磁盘读写出错",
    errno.ENOTDIR: "应为文件夹的地方是文件",
    errno.EISDIR: "应为文件的地方是文件夹",
    errno.ENOENT: "文件不存在（链接已失效）",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTEMPTY: "文件夹不空",
    errno.EBUSY: "正被占用，或是挂载点",
    errno.ETXTBSY: "正被占用",
    errno.ELOOP: "链接指向自身",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EFBIG: "文件过大",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
    errno.EXDEV: "不在同一磁盘",
    errno.ESTALE: "网络磁盘已断开",
}
_NO_FAULT_OF_OURS = frozenset(
    (
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EIO,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EBUSY,
        errno.EFBIG,
        errno.ESTALE,
    )
)
_REMEDIES = {
    errno.ENOSPC: "请腾出磁盘空间后重新运行。",
    errno.EDQUOT: "请腾出磁盘空间后重新运行。",
    errno.EFBIG: "文件超过了系统允许的大小：请检查 ulimit -f 和文件系统的上限。",
    errno.EMFILE: "请关闭一些程序，或调高 ulimit -n。",
    errno.ENFILE: "请关闭一些程序后重新运行。",
    errno.ENOMEM: "请关闭一些程序后重新运行。",
    errno.EIO: "请检查磁盘是否完好。",
    errno.ESTALE: "请重新连接网络磁盘。",
}


def reason(error: OSError) -> str:
    """The reason in a few words, without a place; for a rare one the number by which it can be looked up."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    return f"系统错误 {errno.errorcode.get(error.errno or 0, error.errno or type(error).__name__)}"


def remedy(error: OSError) -> str:
    """What to do about a write that was refused, in one sentence."""
    return _REMEDIES.get(error.errno or 0, "请检查文件夹权限，以及有没有同名的文件。")


def is_refusal(error: OSError) -> bool:
    """Whether the machine is not as it should be, rather than the program."""
    return error.errno in _NO_FAULT_OF_OURS
