#include "core/base/byte_size.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "core/base/ascii.h"

namespace rw {

namespace {

constexpr std::array<std::string_view, 5> kByteUnits{"B", "KiB", "MiB", "GiB", "TiB"};
constexpr std::uint64_t kMostBytes = std::numeric_limits<std::int64_t>::max();

std::string_view withoutSpaces(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// “KiB”, as Flink writes it “KB”, or in short “K”.
bool isByteUnit(std::string_view text, std::string_view unit) {
    return sameAsciiWord(text, unit) || sameAsciiWord(text, unit.substr(0, 1)) ||
           (unit.size() > 1 && sameAsciiWord(text, std::string{unit.front(), unit.back()}));
}

}  // namespace

Result<std::uint64_t> parseByteSize(std::string_view text) {
    const std::string_view size = withoutSpaces(text);
    std::uint64_t number = 0;
    const char* const end = size.data() + size.size();
    const auto [rest, error] = std::from_chars(size.data(), end, number);
    const std::string_view unit = withoutSpaces({rest, static_cast<std::size_t>(end - rest)});
    const auto* known = unit.empty()
                            ? kByteUnits.begin()
                            : std::find_if(kByteUnits.begin(), kByteUnits.end(),
                                           [&](std::string_view one) { return isByteUnit(unit, one); });
    if (error == std::errc::invalid_argument || known == kByteUnits.end()) {
        return Status(ErrorCode::Invalid, RW_TEXT("byte_size", "“%1” is not a size.").with(text),
                      RW_TEXT("byte_size",
                              "Write a whole number and a unit, B, KB, MB, GB or TB: 512MB or 2GB. 1 GB is "
                              "1024 MB, as 1 GiB is 1024 MiB."));
    }
    const std::uint64_t factor = std::uint64_t{1} << (10 * (known - kByteUnits.begin()));
    if (error != std::errc() || number > kMostBytes / factor) {
        return Status(ErrorCode::Invalid, RW_TEXT("byte_size", "“%1” is too large for a size.").with(text),
                      RW_TEXT("byte_size", "Write at most %1TB.").with(kMostBytes >> 40U));
    }
    return number * factor;
}

std::string byteSizeText(std::uint64_t bytes) {
    constexpr double kStep = 1024;
    auto shown = static_cast<double>(bytes);
    std::size_t unit = 0;
    // A size that rounds to 1024 is 1 of the next unit.
    for (; shown >= kStep - 0.5 && unit + 1 < kByteUnits.size(); ++unit) shown /= kStep;
    std::string number = fmt::format("{:.{}f}", shown, shown < 10 ? 2 : shown < 100 ? 1 : 0);
    if (number.find('.') != std::string::npos) {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.') number.pop_back();
    }
    return fmt::format("{}\u2009{}", number, kByteUnits[unit]);
}

}  // namespace rw
