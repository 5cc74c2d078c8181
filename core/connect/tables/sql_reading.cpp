#include "core/connect/tables/sql_reading.h"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"

namespace rw {

bool isSlotName(std::string_view name) {
    constexpr std::size_t kLongest = 63;
    return !name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), [](char c) {
        return (isAsciiLetter(c) && c >= 'a') || isAsciiDigit(c) || c == '_';
    });
}

}  // namespace rw
