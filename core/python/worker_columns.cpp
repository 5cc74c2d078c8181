#include "core/python/worker_script.h"

namespace rw {

/// How columns lie in the shared file, both ways: of each u64 flags (1: it has NULLs, 2: as in the input),
/// u64 bytes; a validity byte a row where it has NULLs; its values, or of texts rows + 1 u32 offsets and the
/// bytes. Each part begins at a multiple of 8 (column_frames.h is the other side).
const char* const kWorkerColumns =
    R"py("""Runs a function of the user's on rows in columns. One process a lane."""
import array
import base64
import collections.abc
import datetime
import decimal
import faulthandler
import json
import linecache
import operator
import os
import resource
import struct
import sys

CODE = "<code>"  # the user's, in tracebacks
NULLS, PASSED = 1, 2
NUMBERS = {"BOOLEAN": "B", "INT": "i", "BIGINT": "q", "DOUBLE": "d", "DATE": "i", "TIMESTAMP": "q"}
KINDS = {"BOOLEAN": "b", "INT": "iub", "BIGINT": "iub", "DOUBLE": "fiub", "DATE": "M", "TIMESTAMP": "M"}
EXACT = decimal.Context(prec=80, rounding=decimal.ROUND_HALF_UP)
EPOCH_DAY = datetime.date(1970, 1, 1)
EPOCH = datetime.datetime(1970, 1, 1)
MILLISECOND = datetime.timedelta(milliseconds=1)


class Failure(Exception):
    """A result that can't be taken, in words for the user."""


class Column:
    """A column's name and type, and its values between bytes and Python."""

    def __init__(self, name, type_, precision, scale):
        self.name, self.type, self.precision, self.scale = name, type_, precision, scale
        self.code = NUMBERS.get(type_)

    def shown(self):
        return f"DECIMAL({self.precision},{self.scale})" if self.type == "DECIMAL" else self.type

    # From bytes

    def values(self, part):
        """A list: bool, int, float, str, bytes, date, datetime (UTC, no zone), Decimal; None is NULL."""
        made = self.numbers(part) if self.code else self.texts(part)
        if part.valid is None:
            return made
        return [value if ok else None for value, ok in zip(made, part.valid)]

    def numbers(self, part):
        made = memoryview(part.bytes).cast(self.code).tolist()
        if self.type == "BOOLEAN":
            return [value != 0 for value in made]
        if self.type == "DATE":
            return in_calendar(made, lambda value: EPOCH_DAY + datetime.timedelta(days=value))
        if self.type == "TIMESTAMP":
            return in_calendar(made, lambda value: EPOCH + MILLISECOND * value)
        return made

    def texts(self, part):
        size = (part.rows + 1) * 4
        ends = memoryview(part.bytes)[:size].cast("I").tolist()
        heap = part.bytes[size + -size % 8:]
        if self.type == "BYTES":
            return [heap[a:b] for a, b in zip(ends, ends[1:])]
        if heap.isascii():
            text = heap.decode("ascii")
            made = [text[a:b] for a, b in zip(ends, ends[1:])]
        else:
            made = [heap[a:b].decode("utf-8", "replace") for a, b in zip(ends, ends[1:])]
        if self.type == "DECIMAL":
            return [decimal.Decimal(text or "0").scaleb(-self.scale, EXACT) for text in made]
        return made

    def array(self, np, part):
        """The same as a numpy array, not to be written: numbers are masked where they are NULL, times NaT."""
        if not self.code:
            made = np.empty(part.rows, dtype=object)
            made[:] = self.values(part)
            return made
        plain = np.frombuffer(part.bytes, dtype=np.dtype(self.code))
        if self.type in ("DATE", "TIMESTAMP"):
            made = plain.astype("int64").view("datetime64[D]" if self.type == "DATE" else "datetime64[ms]")
            if part.valid is not None:
                made[np.frombuffer(part.valid, dtype="B") == 0] = np.datetime64("NaT")
            made.flags.writeable = False
            return made
        if self.type == "BOOLEAN":
            plain = plain.view(bool)
        if part.valid is None:
            return plain
        return np.ma.MaskedArray(plain, mask=np.frombuffer(part.valid, dtype="B") == 0)

    # To bytes

    def encode(self, values):
        """Validity (None: no NULL) and bytes of a list of values; raises where one of them is wrong."""
        if self.code:
            try:
                if self.type in ("INT", "BIGINT", "DOUBLE"):
                    return None, array.array(self.code, values).tobytes()
            except (TypeError, OverflowError, ValueError):
                pass
        valid = bytes(value is not None for value in values)
        return (valid if 0 in valid else None), self.packed([self.plain(value) for value in values])

    def packed(self, values):
        if self.code:
            return array.array(self.code, [0 if value is None else value for value in values]).tobytes()
        ends, end = array.array("I", [0]), 0
        for value in values:
            end += len(value or b"")
            ends.append(end)
        head = ends.tobytes()
        return head + bytes(-len(head) % 8) + b"".join(value for value in values if value)

    def plain(self, value):
        """A value as it is packed: a number, or the bytes of a text."""
        if value is None:
            return None
        try:
            made = getattr(self, "plain_" + self.type.lower())(value)
        except (TypeError, ValueError, OverflowError, ArithmeticError, AttributeError):
            made = None
        if made is None:
            raise Failure(f"“{self.name}” is {shown(value)}, which is no {self.shown()}")
        return made

    def plain_boolean(self, value):
        return int(bool(value)) if type(value).__name__ in ("bool", "bool_") else None

    def whole(self, value, bits):
        number = operator.index(value)
        return number if -(1 << bits) <= number < 1 << bits else None

    def plain_int(self, value):
        return self.whole(value, 31)

    def plain_bigint(self, value):
        return self.whole(value, 63)

    def plain_double(self, value):
        return None if isinstance(value, (str, bytes, bytearray)) else float(value)

    def plain_string(self, value):
        return value.encode("utf-8") if isinstance(value, str) else None

    def plain_bytes(self, value):
        return bytes(value) if isinstance(value, (bytes, bytearray, memoryview)) else None

    def plain_date(self, value):
        if hasattr(value, "astype"):
            value = value.astype("datetime64[D]").item()
        if isinstance(value, datetime.datetime):
            return None
        return (value - EPOCH_DAY).days

    def plain_timestamp(self, value):
        if hasattr(value, "astype"):
            value = value.astype("datetime64[ms]").item()
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return (value - EPOCH) // MILLISECOND

    def plain_decimal(self, value):
        if not isinstance(value, decimal.Decimal):
            value = decimal.Decimal(operator.index(value))
        scaled = int(value.scaleb(self.scale, EXACT).to_integral_value(decimal.ROUND_HALF_UP))
        return str(scaled).encode() if abs(scaled) < 10 ** self.precision else None

    def encode_array(self, np, values):
        """The same of an array that numpy has; None: take its values one by one."""
        data = np.ma.getdata(values)
        kind = data.dtype.kind
        if kind not in KINDS.get(self.type, ""):
            if kind == "O" or not self.code:
                return None
            raise Failure(f"“{self.name}” is an array of {data.dtype}, not of {self.shown()}")
        null = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
        if kind == "M":
            data = data.astype("datetime64[D]" if self.type == "DATE" else "datetime64[ms]")
            missing = np.isnat(data)
            null = missing if null is None else null | missing
            data = data.view("int64")
        if null is not None and null.any():
            data = np.where(null, 0, data)
        else:
            null = None
        if self.code == "i" and data.size and (data.min() < -(1 << 31) or data.max() >= 1 << 31):
            return None
        if data.dtype.kind == "u" and data.size and data.max() >= 1 << 63:
            return None
        made = np.ascontiguousarray(data, dtype=np.dtype(self.code)).tobytes()
        return (None if null is None else (~null).astype("B").tobytes()), made


class Part:
    """The bytes of a column as they came."""

    def __init__(self, rows, valid, bytes_):
        self.rows, self.valid, self.bytes = rows, valid, bytes_


def in_calendar(numbers, made):
    """Dates or times; None for those before the year 1 or after 9999, which Python does not have."""
    try:
        return [made(number) for number in numbers]
    except OverflowError:
        pass
    values = []
    for number in numbers:
        try:
            values.append(made(number))
        except OverflowError:
            values.append(None)
    return values


def shown(value):
    """A value for a message, short."""
    try:
        text = repr(value)
    except BaseException:
        text = "…"
    return f"{type(value).__name__} {text if len(text) < 60 else text[:60] + '…'}"


def padded(data):
    return data + bytes(-len(data) % 8)


def split(body, at, rows, count):
    """The parts of `count` columns that begin at a place of the body."""
    parts = []
    for _ in range(count):
        flags, size = struct.unpack_from("<QQ", body, at)
        at += 16
        valid = None
        if flags & NULLS:
            valid = body[at:at + rows]
            at += rows + -rows % 8
        parts.append(Part(rows, valid, body[at:at + size]))
        at += size + -size % 8
    return parts


def joined(encoded):
    """Columns as bytes: pairs of validity and bytes; None is one that is as in the input."""
    pieces = []
    for column in encoded:
        if column is None:
            pieces.append(struct.pack("<QQ", PASSED, 0))
            continue
        valid, data = column
        pieces.append(struct.pack("<QQ", 0 if valid is None else NULLS, len(data)))
        if valid is not None:
            pieces.append(padded(valid))
        pieces.append(padded(data))
    return b"".join(pieces)
)py";

}  // namespace rw
