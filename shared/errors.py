"""The error tree: every refusal crosses process borders as code, field and one Chinese message.

A stack trace never leaves the process that raised it. `kind` groups codes by who has to act, so
that the gateway and the event consumers decide by kind and need not know a service's codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from shared.labels import Labelled

Item = dict[str, Any]  # {"code": str, "field": str | None, "message": str}


class AppError(Exception):
    """Base of all errors that may be shown to a user.

    `items` has at least one entry: {"code", "field", "message"}; several when a form was refused
    for several reasons at once. `details` carries further primitives (a due date, a limit).
    """

    kind: ClassVar[str] = "internal"
    code: str = "INTERNAL"
    message: str = "系统内部错误，请稍后再试"

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        code: str | None = None,
        details: Mapping[str, Any] | None = None,
        items: Iterable[Item] | None = None,
    ) -> None:
        self.code = code or type(self).code
        self.message = message or type(self).message
        self.field = field
        self.details: dict[str, Any] = dict(details or {})
        self.items: list[Item] = list(items or ()) or [
            {"code": self.code, "field": self.field, "message": self.message}
        ]
        super().__init__(f"{self.code}: {self.message}")

    def to_wire(self) -> dict[str, Any]:
        """The `error` member of an RPC reply; the first four keys are nameko's protocol."""
        return {
            "exc_type": self.code,
            "exc_path": f"shared.errors.{type(self).__name__}",
            "exc_args": [self.message],
            "value": self.message,
            "kind": self.kind,
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "details": self.details,
            "items": self.items,
        }


class InvalidInput(AppError):
    """Malformed input: a wrong type, a missing or unknown field, a bad cursor."""

    kind = "input"
    code = "INVALID_INPUT"
    message = "输入内容不符合要求"


class Unauthenticated(AppError):
    """No token, or one that is not valid any more."""

    kind = "unauthenticated"
    code = "UNAUTHENTICATED"
    message = "请先登录"


class Forbidden(AppError):
    """Signed in, but the acting role may not do this."""

    kind = "forbidden"
    code = "FORBIDDEN"
    message = "当前身份无权进行此操作"


class ApprovalHeld(Forbidden):
    """The password was reset by a code not long ago: someone else decides until then."""

    code = "APPROVAL_HELD"
    message = "密码重置不久，暂不能审批，请由他人办理"


class NotFound(AppError):
    """Absent, or not to be seen by this viewer: both answer alike."""

    kind = "not_found"
    code = "NOT_FOUND"
    message = "未找到相关内容"


class Conflict(AppError):
    """Someone else wrote the same record in between; the command may be run again."""

    kind = "conflict"
    code = "CONFLICT"
    message = "内容已被他人更新，请刷新后重试"


class DomainError(AppError):
    """Base of refusals by a rule of the domain; services subclass it with their own codes."""

    kind = "domain"
    code = "REFUSED"
    message = "操作不符合规定"


class TopicUnfit(DomainError):
    """A topic is not in the taxonomy, or has ended: it stays on old records only (decision 56)."""

    code = "TOPIC_UNFIT"
    message = "主题不在目录中或已停用"


class NotInState(DomainError):
    """Base of refusals for the state that a record is in; `of` names it in Chinese."""

    message = "当前状态不能进行此操作"

    @classmethod
    def of(cls, state: Labelled) -> Self:
        named = cls.message.replace("当前状态不能", f"当前状态为“{state.label}”，不能", 1)
        return cls(named, details={"state": state.value})


class CommandIdReused(DomainError):
    """The same command id came with other content (decision 7)."""

    code = "COMMAND_ID_REUSED"
    message = "同一请求编号已用于其他内容，请重新提交"


class Refused(DomainError):
    """Several refusals at once, so that a form can show all of them."""

    @classmethod
    def of(cls, errors: Iterable[AppError]) -> Refused:
        listed = list(errors)
        first = listed[0]
        return cls(
            first.message,
            field=first.field,
            code=first.code,
            items=[item for error in listed for item in error.items],
        )


class Unavailable(AppError):
    """A service, the broker or the database did not answer; trying again later is safe."""

    kind = "unavailable"
    code = "SERVICE_UNAVAILABLE"
    message = "服务暂时不可用，请稍后再试"


class DeadlineExceeded(Unavailable):
    """A service did not answer in time; it begins no work after that."""

    code = "DEADLINE_EXCEEDED"
    message = "服务响应超时，请稍后再试"


_BY_KIND: dict[str, type[AppError]] = {
    error.kind: error
    for error in (
        AppError,
        InvalidInput,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        DomainError,
        Unavailable,
    )
}


def from_wire(error: Mapping[str, Any]) -> AppError:
    """The error object for the `error` member of an RPC reply; unknown kinds become AppError."""
    cls = _BY_KIND.get(str(error.get("kind")), AppError)
    if error.get("code") == DeadlineExceeded.code:
        cls = DeadlineExceeded
    return cls(
        error.get("message"),
        field=error.get("field"),
        code=error.get("code"),
        details=error.get("details"),
        items=error.get("items"),
    )


class StaleVersion(DomainError):
    """Somebody has changed the record since it was seen."""

    code = "STALE_VERSION"
    message = "内容已被他人修改，请先载入最新内容"
