// Numbers and lengths of time as people read them, with thin spaces.
#pragma once
#include <string>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw {

/// A duration as parseDuration() reads it, but for the thin space before its unit: “10 s”, “20 ms”.
Text durationText(Millis duration);

/// A number's digits with thin spaces between thousands: “12 400.5”.
std::string grouped(std::string digits);

}  // namespace rw
