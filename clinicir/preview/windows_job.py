"""A Windows job object: memory, processor time, one process, killed with its handle.

Written from the documentation of `CreateJobObjectW`; not run on the systems of the test suite.
"""

from __future__ import annotations

import ctypes
import sys
from types import TracebackType
from typing import Self

from clinicir.preview.limits import MEMORY_BYTES, SECONDS

_EXTENDED_LIMITS = 9
_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY = 0x2, 0x8, 0x100
_DIE_ON_FAULT, _KILL_ON_CLOSE = 0x400, 0x2000
_TICKS_A_SECOND = 10_000_000


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits() -> _Extended:
    """What the system is told."""
    told = _Extended()
    basic = told.BasicLimitInformation
    basic.PerProcessUserTimeLimit = SECONDS * _TICKS_A_SECOND
    basic.ActiveProcessLimit = 1
    basic.LimitFlags = (
        _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_FAULT | _KILL_ON_CLOSE
    )
    told.ProcessMemoryLimit = MEMORY_BYTES
    return told


class Job:
    """Holds one process while the block lasts; nothing to do on other systems."""

    def __init__(self, process_handle: int) -> None:
        """OSError when the system refuses: the worker must then be killed."""
        self._handle = 0
        if sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._handle = kernel.CreateJobObjectW(None, None) or 0
            told = limits()
            held = (
                self._handle
                and kernel.SetInformationJobObject(
                    ctypes.c_void_p(self._handle), _EXTENDED_LIMITS,
                    ctypes.byref(told), ctypes.sizeof(told),
                )
                and kernel.AssignProcessToJobObject(
                    ctypes.c_void_p(self._handle), ctypes.c_void_p(process_handle)
                )
            )  # fmt: skip
            if not held:
                raise ctypes.WinError(ctypes.get_last_error())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if sys.platform == "win32" and self._handle:
            ctypes.WinDLL("kernel32").CloseHandle(ctypes.c_void_p(self._handle))
