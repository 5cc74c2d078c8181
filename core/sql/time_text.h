// Dates and times of day in texts, as casts take them: besides the full form also with short numbers, as in
// Flink. Values in files are read by core/data/text.h alone.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace rw::sql {

/// The date that a text begins with; a time of day behind a blank or T is not looked at. A month or day that
/// is missing is the first: 2024-3 is 2024-03-01.
std::optional<std::int32_t> dateOfText(std::string_view text);
/// A date, or a date and a whole time of day: 2024-3-5 1:02:03. Blanks around it are not trimmed.
std::optional<Instant> timestampOfText(std::string_view text);

}  // namespace rw::sql
