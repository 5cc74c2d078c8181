// Values of data as the window shows them in tables.
#pragma once
#include <QString>

#include "core/data/column.h"
#include "core/data/value.h"

namespace rw::ui {

/// A DOUBLE by figures::shown(), BYTES by appendShownBytes(), anything else as CSV has it. NULL is empty.
/// Columns are those of taps, values those of TableView: of both, long BYTES were cut.
QString dataText(const Column& column, std::size_t row);
QString dataText(const Value& value, Type type);  ///< the same
/// For files: a DOUBLE by figures::exact(), BYTES in Base64, with an ellipsis where they were cut.
QString exactDataText(const Value& value, Type type);

}  // namespace rw::ui
