// A moment for tests that need one which is not now.
#pragma once
#include "core/base/time.h"

namespace rw::test {

inline constexpr Instant kNoon = 1'709'294'400'000;  ///< 2024-03-01 12:00:00, UTC

}  // namespace rw::test
