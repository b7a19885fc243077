"""Files that are whole and on the disk, also when the power goes."""

import os
import sys
from pathlib import Path


def sync(path: Path) -> None:
    """What is written is on the disk, not only on its way."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(part: Path, target: Path) -> None:
    """`part`, which is on the disk already, takes the name and the owner of `target`, in one step.

    The owner, because an administrator may do it as root, and the program must read it afterwards.
    """
    if sys.platform != "win32" and os.geteuid() == 0:
        before = target.stat()
        os.chown(part, before.st_uid, before.st_gid)
    part.replace(target)
    if sys.platform != "win32":  # a folder cannot be opened there
        sync(target.parent)
