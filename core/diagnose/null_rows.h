// Why rows are missing behind a condition, though it was false for none of them.
#pragma once
#include <cstdint>

#include "core/base/text.h"

namespace rw {

/// How many rows a condition dropped because it was NULL for them, and how to keep such rows. No finding: SQL
/// defines it so, and it may be what the author wants.
Text nullRowsText(std::uint64_t rows);

}  // namespace rw
