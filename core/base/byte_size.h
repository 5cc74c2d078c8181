// Sizes in bytes as people write and read them, in the units of Flink's MemorySize: each 1024 times the one
// before.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

/// Reads `2GB`, `500 mb`, `64k`: a whole number and a unit, b, k or kb, m or mb, g or gb, t or tb in any
/// case; without a unit bytes. At most 2^63 - 1 bytes.
Result<std::uint64_t> parseByteSize(std::string_view text);

/// Three figures and the unit that makes them shortest, with a thin space: “2.05 GB”.
std::string byteSizeText(std::uint64_t bytes);

}  // namespace rw
