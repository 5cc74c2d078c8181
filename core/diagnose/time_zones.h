// Two inputs whose times differ by a time zone look as if one was far behind: it is not, and waiting or
// idleness mends nothing.
#pragma once
#include <optional>
#include <string>

#include "core/diagnose/evidence.h"

namespace rw {

struct ZoneShift {
    std::string ahead{}, behind{};  ///< titles of the sources
    Millis by = 0;                  ///< whole quarters of an hour
};

/// Of a node with several inputs that all had rows, where the last is behind the first by about a whole
/// number of quarters of an hour, 14 hours at most, is within reach, and has not fallen silent before the
/// first. Nothing of a join that has found pairs: their times fit.
std::optional<ZoneShift> zoneShift(const Evidence& evidence, const Evidence::Seen& node);

/// ““Payments” is 1 h ahead of “Orders”: the two may be in different time zones.”
Text zoneText(const ZoneShift& shift);

/// What to do then.
Text zoneMend(const Evidence::Seen& node);

}  // namespace rw
