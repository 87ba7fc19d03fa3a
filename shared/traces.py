"""Errors as a log may tell them: where and of what kind, never with which values.

The messages of exceptions are full of values: a duplicate key quotes a phone, a failed bulk write
the whole document, a KeyError what somebody typed. Where it happened and which kind it was is what
a developer needs of a log.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any

# Kinds and libraries whose messages are about addresses, files, queues and rights.
NETWORK = {"OSError", "ConnectionFailure"}
BROKER_LIBRARIES = {"amqp", "kombu", "pika"}
LONGEST = 200
Say = Callable[[BaseException], object]


def told(error: BaseException) -> str:
    """The kind of an error, its code if it has one, and its message if that holds no values."""
    kind, code = type(error).__name__, getattr(error, "code", None)
    of_database = getattr(error, "details", None) or {}
    name = of_database.get("codeName") if isinstance(of_database, dict) else None
    said = f"{kind}({name or code})" if isinstance(name or code, int | str) else kind
    harmless = NETWORK & {each.__name__ for each in type(error).__mro__}
    if harmless or type(error).__module__.partition(".")[0] in BROKER_LIBRARIES:
        return f"{said}: {str(error)[:LONGEST]}"
    return said


def trace(error: BaseException) -> str:
    """The traceback of an error and of those that led to it, without their messages."""
    return "".join(_trace(error, set())).rstrip()


def _trace(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _trace(before, seen)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{told(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _trace(each, seen)


def guard(say: Say | None = None) -> None:
    """From now on this process says of errors that nobody has caught no more than `say` does.

    What Python, its threads and eventlet's hub would print, messages included, goes there.
    """
    speak = say or _print

    def uncaught(*given: Any, **_: Any) -> None:
        error = next((each for each in given if isinstance(each, BaseException)), None)
        if error is not None and not isinstance(error, KeyboardInterrupt):
            speak(error)

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(args.exc_value)
    sys.unraisablehook = lambda args: uncaught(args.exc_value)
    traceback.__dict__["print_exception"] = uncaught
    traceback.__dict__["print_exc"] = lambda *_, **__: uncaught(sys.exc_info()[1])


def _print(error: BaseException) -> None:
    print(trace(error), file=sys.stderr, flush=True)
