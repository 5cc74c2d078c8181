#include "tests/support/databases/world_values.h"

#include <bit>
#include <cstdlib>

#include "core/data/text.h"

namespace rw::test {

namespace {

constexpr int kEpochDaysOfWorld = 10'957;  // 2000-01-01
constexpr std::int64_t kEpochMillisOfWorld = std::int64_t{kEpochDaysOfWorld} * 86'400'000;
constexpr std::size_t kCopyHead = 19;  // signature, flags, length of the extension
constexpr std::uint32_t kNoBytes = 0xffffffff;

std::uint64_t bigEndian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8U | static_cast<unsigned char>(c);
    return number;
}

std::string_view takeBytes(std::string_view& bytes, std::size_t count) {
    const std::string_view taken = bytes.substr(0, count);
    bytes.remove_prefix(taken.size());
    return taken;
}

std::string numericText(std::string_view bytes) {
    const auto count = static_cast<int>(bigEndian(takeBytes(bytes, 2)));
    const auto weight = static_cast<std::int16_t>(bigEndian(takeBytes(bytes, 2)));
    const bool negative = bigEndian(takeBytes(bytes, 2)) != 0;
    const auto scale = static_cast<std::size_t>(bigEndian(takeBytes(bytes, 2)));
    std::string whole, behind;
    for (int i = 0; i < count || i <= weight; ++i) {
        std::string digits = std::to_string(i < count ? bigEndian(takeBytes(bytes, 2)) : 0);
        digits.insert(0, 4 - digits.size(), '0');
        (i <= weight ? whole : behind) += digits;
    }
    if (weight < -1) behind.insert(0, static_cast<std::size_t>(-1 - weight) * 4, '0');
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    behind.resize(scale, '0');
    std::string text = negative ? "-" : "";
    text += whole.empty() ? "0" : whole;
    return scale > 0 ? text + "." + behind : text;
}

}  // namespace

std::vector<std::string> quotedNames(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
        const std::size_t end = text.find('"', at + 1);
        names.emplace_back(text.substr(at + 1, end - at - 1));
        at = end;
        if (end == std::string_view::npos) break;
    }
    return names;
}

std::string_view inBrackets(std::string_view text) {
    int depth = 0;
    for (std::size_t i = text.find('('); i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) {
            const std::size_t from = text.find('(') + 1;
            return text.substr(from, i - from);
        }
    }
    return {};
}

std::vector<std::string> partsOf(std::string_view text) {
    std::vector<std::string> parts(1);
    int depth = 0;
    for (const char c : text) {
        if (c == '(') ++depth;
        if (c == ')') --depth;
        if (c == ',' && depth == 0) {
            parts.emplace_back();
        } else if (c != ' ' || !parts.back().empty()) {
            parts.back() += c;
        }
    }
    return parts;
}

std::string takeTable(std::string_view& text) {
    std::string name;
    while (text.starts_with('"')) {
        const std::size_t end = text.find('"', 1);
        name += (name.empty() ? "" : ".") + std::string(text.substr(1, end - 1));
        text.remove_prefix(end + 1);
        if (text.starts_with('.')) text.remove_prefix(1);
    }
    return name;
}

std::uint32_t typeOfDeclared(const std::string& declared) {
    if (declared == "boolean") return 16;
    if (declared == "bytea") return 17;
    if (declared == "bigint") return 20;
    if (declared == "smallint") return 21;
    if (declared == "integer") return 23;
    if (declared == "double precision") return 701;
    if (declared == "date") return 1082;
    if (declared == "jsonb") return 3802;
    if (declared.starts_with("timestamp")) return 1114;
    if (declared.starts_with("numeric")) return 1700;
    if (declared.starts_with("varchar")) return 1043;
    return 25;
}

int modifierOfDeclared(const std::string& declared) {
    if (!declared.starts_with("numeric(")) return -1;
    const std::vector<std::string> numbers = partsOf(inBrackets(declared));
    return (std::atoi(numbers.front().c_str()) << 16 | std::atoi(numbers.back().c_str())) + 4;
}

std::string catalogueName(const std::string& declared) {
    return declared.starts_with("timestamp") ? declared + " without time zone" : declared;
}

void appendWorldNumber(std::string& out, std::uint64_t number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xffU);
}

std::string worldBytes(const std::string& text, std::uint32_t type) {
    std::string bytes;
    const auto number = static_cast<std::uint64_t>(std::atoll(text.c_str()));
    switch (type) {
        case 16:
            return std::string(1, text == "t" ? '\1' : '\0');
        case 20:
            appendWorldNumber(bytes, number, 8);
            return bytes;
        case 21:
            appendWorldNumber(bytes, number, 2);
            return bytes;
        case 23:
            appendWorldNumber(bytes, number, 4);
            return bytes;
        case 701:
            appendWorldNumber(bytes, std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)), 8);
            return bytes;
        case 1082:
            appendWorldNumber(
                bytes,
                static_cast<std::uint64_t>(std::int64_t{parseDate(text).value_or(0)} - kEpochDaysOfWorld), 4);
            return bytes;
        case 1114:
        case 1184:
            appendWorldNumber(
                bytes,
                static_cast<std::uint64_t>((parseTimestamp(text).value_or(0) - kEpochMillisOfWorld) * 1000),
                8);
            return bytes;
        default:
            return text;
    }
}

std::string worldText(std::string_view bytes, std::uint32_t type) {
    std::string text;
    const auto number = static_cast<std::int64_t>(bigEndian(bytes));
    switch (type) {
        case 16:
            return number != 0 ? "t" : "f";
        case 20:
            return std::to_string(number);
        case 21:
            return std::to_string(static_cast<std::int16_t>(number));
        case 23:
            return std::to_string(static_cast<std::int32_t>(number));
        case 701:
            appendDouble(text, std::bit_cast<double>(number));
            return text;
        case 1082:
            appendDate(text, static_cast<std::int32_t>(number) + kEpochDaysOfWorld);
            return text;
        case 1114:
        case 1184:
            appendTimestamp(text, number / 1000 + kEpochMillisOfWorld);
            return text;
        case 1700:
            return numericText(bytes);
        default:
            return std::string(bytes);
    }
}

std::vector<WorldCell> worldArray(std::string_view bytes) {
    takeBytes(bytes, 8);
    const auto type = static_cast<std::uint32_t>(bigEndian(takeBytes(bytes, 4)));
    std::vector<WorldCell> cells(bigEndian(takeBytes(bytes, 4)));
    takeBytes(bytes, 4);
    for (WorldCell& cell : cells) {
        const std::uint64_t size = bigEndian(takeBytes(bytes, 4));
        if (size != kNoBytes) cell = worldText(takeBytes(bytes, size), type);
    }
    return cells;
}

std::vector<std::vector<WorldCell>> worldCopy(std::string_view bytes,
                                              const std::vector<std::uint32_t>& types) {
    std::vector<std::vector<WorldCell>> rows;
    takeBytes(bytes, kCopyHead);
    while (!bytes.empty() && bigEndian(takeBytes(bytes, 2)) == types.size()) {
        std::vector<WorldCell>& row = rows.emplace_back();
        for (const std::uint32_t type : types) {
            const std::uint64_t size = bigEndian(takeBytes(bytes, 4));
            WorldCell& cell = row.emplace_back();
            if (size != kNoBytes) cell = worldText(takeBytes(bytes, size), type);
        }
    }
    return rows;
}

}  // namespace rw::test
