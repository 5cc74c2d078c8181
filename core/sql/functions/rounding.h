// Rounding to decimal places, by the digits that a person sees: 1.005 to two places is 1.01.
#pragma once
#include <optional>

#include "core/data/type.h"

namespace rw::sql {

/// A half goes away from zero. `digits` may be negative. Zero comes without a sign, as from Java's
/// BigDecimal.
double roundDouble(double value, int digits);
double truncateDouble(double value, int digits);

/// An unscaled DECIMAL rounded to `digits` places; the answer has the scale of `result`, or does not fit it.
std::optional<Int128> roundDecimal(Int128 value, int scale, int digits, Type result);

}  // namespace rw::sql
