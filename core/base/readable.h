// Numbers and lengths of time as people read them, with thin spaces, and long texts cut to be shown.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw {

/// A duration as parseDuration() reads it, but for the thin space before its unit: “10 s”, “20 ms”.
Text durationText(Millis duration);

/// A number's digits with thin spaces between thousands: “12 400.5”.
std::string grouped(std::string digits);

/// `text`, or as much as fits into `limit` bytes with an ellipsis at the end, cut between characters.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace rw
