// Cells that every reader of CSV takes for the same value.
#pragma once
#include <string_view>

#include "core/data/type.h"

namespace rw {

/// Whether the text, without its quotes, is the one spelling of a value of the type that other engines read
/// as we do: no blank around it, no sign but a minus, no needless zero in front, no more digits than a
/// DECIMAL has, true and false in small letters, times as “2026-01-31 10:00:00.123” from the year 1583 on,
/// when the calendars agree. Any text is a plain STRING; an empty text is nothing else.
bool isPlainCell(std::string_view text, Type type);

}  // namespace rw
