"""What a caller is told of a failure, and which failures of an event are for good."""

from __future__ import annotations

import sys

from pymongo.errors import ConnectionFailure, ExecutionTimeout, NetworkTimeout, PyMongoError

from shared.errors import AppError, Conflict, InvalidInput, Unavailable

CALLER = "_serve"  # the frame that calls a method
TRANSIENT = "TransientTransactionError"  # MongoDB: nothing was written, try again


def shown(error: BaseException) -> AppError:
    """The error that a caller may see."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, ConnectionFailure | NetworkTimeout | ExecutionTimeout) or (
        isinstance(error, PyMongoError) and (error.timeout or error.has_error_label(TRANSIENT))
    ):
        return Unavailable()
    if isinstance(error, TypeError) and _is_call_error(error):
        return InvalidInput("请求参数不正确")
    return AppError()


def is_lasting(error: BaseException) -> bool:
    """Whether another try of the same event can only fail again: a rule refuses it, or it does not
    fit what is done with it. Who is away or was written over comes back."""
    if isinstance(error, AppError):
        return not isinstance(error, Unavailable | Conflict)
    return isinstance(error, ArithmeticError | LookupError | TypeError | ValueError)


def _is_call_error(error: TypeError) -> bool:
    """True if the arguments did not fit the method: the traceback ends in our own frame."""
    trace = error.__traceback__ or sys.exc_info()[2]
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_name == CALLER
