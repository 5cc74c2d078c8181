// Sizes in bytes as people write and read them: each unit 1024 times the one before, as in Flink's
// MemorySize. Flink's “MB” is shown as “MiB” (figures.h says why), and both are read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

/// Reads `2GB`, `500 mb`, `64k`: a whole number and a unit, b, k or kb or kib, and so on to tib, in any
/// case; without a unit bytes. At most 2^63 - 1 bytes.
Result<std::uint64_t> parseByteSize(std::string_view text);

/// Three figures and the unit that makes them shortest, with a thin space: “2.05 GiB”.
std::string byteSizeText(std::uint64_t bytes);

}  // namespace rw
