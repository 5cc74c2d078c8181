// Decimal numbers in text as keys that sort as the numbers do.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace rw {

/// Bytes whose order, byte by byte and the shorter first, is the order of the numbers, however many digits
/// they have; equal numbers have equal keys: 1.50, 1.5 and 15e-1. Infinity and -Infinity are the ends.
/// nullopt: not a number.
std::optional<std::string> decimalKey(std::string_view text);

}  // namespace rw
