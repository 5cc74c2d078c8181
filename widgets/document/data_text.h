// Values of data as the window shows them in tables.
#pragma once
#include <QString>

#include "core/data/column.h"
#include "core/data/value.h"

namespace rw::ui {

/// A DOUBLE by figures::shown(), anything else as CSV has it. NULL is empty.
QString dataText(const Column& column, std::size_t row);
QString dataText(const Value& value, Type type);       ///< the same
QString exactDataText(const Value& value, Type type);  ///< for files: a DOUBLE by figures::exact()

}  // namespace rw::ui
