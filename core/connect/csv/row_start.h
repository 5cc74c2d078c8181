// Where a row of CSV begins in bytes from the middle of a file.
//
// Behind a line end there are two possibilities: a row begins, or a quoted field goes on. Each is followed
// through the bytes. In a well-formed file the true one meets no fault; the other usually does at once: at a
// quote in the middle of a field, or behind a closing quote at something else than a delimiter or a line end,
// or because its quote does not close within the limit of a field. Where exactly one is without fault it is
// the true one.
#pragma once
#include <string_view>

#include "core/connect/csv/format.h"
#include "core/connect/files/row_format.h"

namespace rw {

/// The first row that begins for certain. Of a well-formed file (RFC 4180, no quote within a field that is
/// not quoted) Found is never wrong; where both possibilities stay it is Unknown. In files with quotes in the
/// middle of fields most places are Unknown, and one may be taken for a row's start that continues a broken
/// row.
RowStart csvRowStart(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits, bool atEnd);

}  // namespace rw
