// How much of the newest time a chart shows where its parameter “span” is not given.
#pragma once
#include "core/base/time.h"

namespace rw {

inline constexpr Millis kWholeRun = 0;
inline constexpr Millis kSpanOfRun = -1;      ///< not given: it is known when a run makes the view
inline constexpr Millis kLiveSpan = 300'000;  ///< of a run that does not end by itself

/// The whole of a run that ends by itself, for it has an end to wait for; of one that does not, the newest
/// minutes. A span that was given stays.
constexpr Millis spanInRun(Millis given, bool bounded) {
    if (given != kSpanOfRun) return given;
    return bounded ? kWholeRun : kLiveSpan;
}

}  // namespace rw
