// Dates in texts that may say a time of day as well.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace rw::sql {

/// The date that a text begins with; a time of day behind a blank or T is not looked at, as in Flink.
std::optional<std::int32_t> dateOfText(std::string_view text);

}  // namespace rw::sql
