#include "core/base/readable.h"

#include <algorithm>

namespace rw {

namespace {
constexpr const char* kThinSpace = "\u2009";
}

std::string durationText(Millis duration) {
    std::string text = formatDuration(duration);
    text.insert(text.find_first_not_of("-0123456789"), kThinSpace);
    return text;
}

std::string grouped(std::string digits) {
    const std::size_t end = std::min(digits.find_first_not_of("-0123456789"), digits.size());
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = end; at > first + 3;) digits.insert(at -= 3, kThinSpace);
    return digits;
}

}  // namespace rw
