"""Refusals of files, and the HTTP status of each error."""

from __future__ import annotations

from shared.errors import AppError, DomainError

MIB = 1024 * 1024


class FileEmpty(DomainError):
    code = "FILE_EMPTY"
    message = "文件是空的"


class FileTooLarge(DomainError):
    code = "FILE_TOO_LARGE"
    message = "文件过大"

    @classmethod
    def over(cls, limit: int) -> FileTooLarge:
        """limit: bytes."""
        return cls(f"文件不能超过{limit / MIB:.3g} MiB", details={"limit": limit})


class FileTypeRefused(DomainError):
    code = "FILE_TYPE_REFUSED"
    message = "不支持这种文件，请上传 PDF、OFD、Office 文档、图片或文本"


class TooManyFiles(DomainError):
    """As many files as an account may have that no record holds yet."""

    code = "TOO_MANY_FILES"
    message = "已上传而未使用的文件过多，请先使用或等待一天后清理"


class FileInfected(DomainError):
    code = "FILE_INFECTED"
    message = "文件未通过病毒检查，不能上传"


class FileUnknown(DomainError):
    """An input names a file that does not exist, or that another account has uploaded."""

    code = "FILE_UNKNOWN"
    message = "未找到该文件，请重新上传"


class LinkExpired(AppError):
    """A signed link that is over its time, altered, or for another file."""

    kind = "forbidden"
    code = "LINK_EXPIRED"
    message = "链接已失效，请重新打开页面"


_BY_CODE = {FileTooLarge.code: 413, FileTypeRefused.code: 415, TooManyFiles.code: 429}
_BY_KIND = {
    "input": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "domain": 422,
    "unavailable": 503,
}


def status_of(error: AppError) -> int:
    return _BY_CODE.get(error.code) or _BY_KIND.get(error.kind, 500)
