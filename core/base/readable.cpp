#include "core/base/readable.h"

#include <algorithm>

namespace rw {

namespace {
constexpr const char* kThinSpace = "\u2009";
}

// formatDuration() chooses the unit; here stands how it is called. The number brings its thin space along.
Text durationText(Millis duration) {
    const std::string text = formatDuration(duration);
    const std::size_t cut = text.find_first_not_of("-0123456789");
    const std::string number = grouped(text.substr(0, cut)) + kThinSpace, unit = text.substr(cut);
    if (unit == "ms") return RW_TEXT("duration", "%1ms").with(number);
    if (unit == "min") return RW_TEXT("duration", "%1min").with(number);
    if (unit == "h") return RW_TEXT("duration", "%1h").with(number);
    if (unit == "d") return RW_TEXT("duration", "%1d").with(number);
    return RW_TEXT("duration", "%1s").with(number);
}

std::string grouped(std::string digits) {
    const std::size_t end = std::min(digits.find_first_not_of("-0123456789"), digits.size());
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = end; at > first + 3;) digits.insert(at -= 3, kThinSpace);
    return digits;
}

std::string shortened(std::string_view text, std::size_t limit) {
    constexpr std::string_view kEllipsis = "…";
    if (text.size() <= limit) return std::string(text);
    std::size_t end = limit - std::min(limit, kEllipsis.size());
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)).append(kEllipsis);
}

}  // namespace rw
