// The times of rows that are made up.
#pragma once
#include <algorithm>

#include "core/base/time.h"

namespace rw {

/// So many milliseconds after `start`, but never after the last time that a year of four digits has.
inline Instant timeAfter(Instant start, double millis) {
    constexpr double kLatest = 253'402'300'799'999;  // 9999-12-31 23:59:59.999
    const Instant most = static_cast<Instant>(kLatest) - start;
    return start + (millis < kLatest ? std::min(static_cast<Instant>(millis), most) : most);
}

}  // namespace rw
