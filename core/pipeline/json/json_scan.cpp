#include "core/pipeline/json/json_scan.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/byte_size.h"

namespace rw {

namespace {

struct Place {
    std::size_t line = 1, column = 1;
};

/// Line and column (in characters) of the byte at `offset`, from 1.
Place placeOf(std::string_view text, std::size_t offset) {
    Place place;
    for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
        if (text[i] == '\n') {
            place = {place.line + 1, 1};
        } else if ((text[i] & 0xC0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

Status wrongAt(std::string_view text, std::size_t offset, Text message) {
    const Place place = placeOf(text, offset);
    return Status(ErrorCode::Invalid, std::move(message).with(place.line, place.column));
}

Status nulAt(std::string_view text, std::size_t offset) {
    return wrongAt(text, offset, RW_TEXT("pipeline_file", "There is a NUL byte: line %1, column %2."));
}

/// Follows strings and brackets only; whether it is JSON at all is the parser's business.
class Scan {
 public:
    explicit Scan(std::string_view text) : m_text(text) {}

    Status run() {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                RW_TRY(string());
                continue;
            }
            // The parser takes one for the end, and what follows would be lost.
            if (c == '\0') return nulAt(m_text, m_at);
            if (c == '{' || c == '[') {
                m_keys.emplace_back();
                if (m_keys.size() > kMaxDepth) {
                    return wrongAt(m_text, m_at,
                                   RW_TEXT("pipeline_file",
                                           "Lists and objects are nested too deeply: line %1, column %2."));
                }
            }
            if ((c == '}' || c == ']') && !m_keys.empty()) m_keys.pop_back();
            ++m_at;
        }
        return {};
    }

 private:
    Status string() {
        const std::size_t begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            if (m_text[m_at] == '\\' && m_text.substr(m_at, 6) == "\\u0000") {
                return wrongAt(m_text, m_at,
                               RW_TEXT("pipeline_file", "A text holds a NUL character: line %1, column %2."));
            }
            m_at += m_text[m_at] == '\\' ? 2U : 1U;
        }
        m_at = std::min(m_at + 1, m_text.size());
        const std::size_t next = m_text.find_first_not_of(" \t\r\n", m_at);
        const bool key = next != std::string_view::npos && m_text[next] == ':' && !m_keys.empty();
        const std::string_view name = m_text.substr(begin, m_at - begin);
        if (key && !m_keys.back().insert(name).second) {
            const Place place = placeOf(m_text, begin);
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("pipeline_file", "The key %1 stands twice in one object: line %2, column %3.")
                    .with(name, place.line, place.column),
                RW_TEXT("pipeline_file", "Take one of them away."));
        }
        return {};
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::unordered_set<std::string_view>> m_keys;
};

Status notJson(std::string_view text, std::size_t offset) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return Status(ErrorCode::Invalid, RW_TEXT("pipeline_file", "The file is empty."));
    }
    if (offset >= text.size()) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("pipeline_file", "The file ends too early, in line %1: something is missing at its end.")
                .with(placeOf(text, text.size()).line),
            RW_TEXT("pipeline_file", "It may have been cut off while it was copied; take a whole copy."));
    }
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte == 0) return nulAt(text, offset);
    if (byte >= 0x80) {
        return wrongAt(text, offset, RW_TEXT("pipeline_file", "The text is not UTF-8: line %1, column %2."));
    }
    const Place place = placeOf(text, offset);
    const std::string found =
        byte < 0x20 || byte == 0x7F ? fmt::format("0x{:02x}", byte) : std::string(1, text[offset]);
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_file", "This is not JSON: line %1, column %2, at “%3”.")
                      .with(place.line, place.column, found));
}

}  // namespace

Status checkSize(std::uint64_t bytes) {
    if (bytes <= kMaxFileBytes) return {};
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_file", "The file has %1; a pipeline has at most %2.")
                      .with(byteSizeText(bytes), byteSizeText(kMaxFileBytes)),
                  RW_TEXT("pipeline_file", "Choose a .rill file."));
}

Result<Json> parseJson(std::string_view text) {
    RW_TRY(checkSize(text.size()));
    return parseOwnJson(text);
}

Result<Json> parseOwnJson(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
    RW_TRY(Scan(text).run());
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& e) {
        return notJson(text, e.byte == 0 ? 0 : e.byte - 1);
    } catch (const Json::exception&) {
        return Status(ErrorCode::Invalid, RW_TEXT("pipeline_file", "A number is too large to be read."));
    }
}

}  // namespace rw
