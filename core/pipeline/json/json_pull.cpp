#include "core/pipeline/json/json_pull.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/data/utf8.h"
#include "core/pipeline/pipeline.h"

namespace rw {

void JsonPull::skipBlanks() {
    while (m_at < m_text.size() && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
        ++m_at;
}

char JsonPull::peek() {
    if (failed()) return '\0';
    skipBlanks();
    return m_at < m_text.size() ? m_text[m_at] : '\0';
}

void JsonPull::expect(char wanted) {
    if (failed()) return;
    if (peek() == wanted) {
        m_value = m_at++;
        return;
    }
    m_value = m_at;
    failSyntax();
}

void JsonPull::begin(char bracket) {
    expect(bracket);
    if (failed()) return;
    m_first = true;
    if (++m_depth > kDeepest) {
        fail(RW_TEXT("score", "Arrays and objects are nested too deeply."),
             RW_TEXT("score", "Write the model with the script of the help."));
    }
}

bool JsonPull::next(char closing) {
    const char found = peek();
    if (failed()) return false;
    if (found == closing) {
        ++m_at;
        --m_depth;
        m_first = false;
        return false;
    }
    if (!m_first) expect(',');
    m_first = false;
    return !failed();
}

bool JsonPull::nextKey(std::string& key) {
    if (!next('}')) return false;
    key = text();
    const std::size_t at = m_value;
    expect(':');
    m_value = at;
    return !failed();
}

std::string_view JsonPull::numberText() {
    (void)peek();
    if (failed()) return {};
    m_value = m_at;
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        const bool part = (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
        if (!part) break;
        ++m_at;
    }
    return m_text.substr(m_value, m_at - m_value);
}

double JsonPull::number() {
    const std::string_view written = numberText();
    if (failed()) return 0;
    double value = 0;
    const char* const end = written.data() + written.size();
    const auto [behind, error] = std::from_chars(written.data(), end, value);
    if (error == std::errc::result_out_of_range) {
        fail(RW_TEXT("score", "“%1” does not fit into a number of 64 bits.").with(written.substr(0, 40)),
             RW_TEXT("score", "Train the model anew: a weight or threshold like this is useless."));
        return 0;
    }
    if (error != std::errc() || behind != end || written.empty()) {
        fail(
            RW_TEXT("score", "There is no finite number where one is expected."),
            RW_TEXT("score", "NaN and infinite numbers are not JSON. Train the model with scaled features."));
        return 0;
    }
    return value;
}

std::int64_t JsonPull::integer() {
    const std::string_view written = numberText();
    if (failed()) return 0;
    std::int64_t value = 0;
    const char* const end = written.data() + written.size();
    const auto [behind, error] = std::from_chars(written.data(), end, value);
    if (error != std::errc() || behind != end)
        fail(RW_TEXT("score", "There is no whole number where one is expected."));
    return failed() ? 0 : value;
}

bool JsonPull::boolean() {
    (void)peek();
    if (failed()) return false;
    m_value = m_at;
    for (const bool value : {true, false}) {
        const std::string_view word = value ? "true" : "false";
        if (m_text.substr(m_at, word.size()) != word) continue;
        m_at += word.size();
        return value;
    }
    fail(RW_TEXT("score", "There is neither true nor false where one is expected."));
    return false;
}

std::string JsonPull::text() {
    expect('"');
    const std::size_t from = m_at;
    bool escapes = false;
    while (!failed()) {
        if (m_at >= m_text.size() || static_cast<unsigned char>(m_text[m_at]) < 0x20) {
            failSyntax();
        } else if (m_at - from > kLongestText) {
            fail(RW_TEXT("score", "A text is longer than %1 bytes.").with(kLongestText));
        } else if (m_text[m_at] == '"') {
            break;
        } else if (m_text[m_at++] == '\\') {
            escapes = true;
            ++m_at;
        }
    }
    if (failed()) return {};
    std::string out(m_text.substr(from, m_at - from));
    ++m_at;
    if (escapes) {
        const Json decoded = Json::parse('"' + out + '"', nullptr, false);
        out = decoded.is_string() ? decoded.get<std::string>() : std::string(1, '\0');
    }
    if (validUtf8Prefix(out) == out.size() && out.find('\0') == std::string::npos) return out;
    fail(RW_TEXT("score", "A text is not valid: it is no UTF-8, or has a wrong escape."));
    return {};
}

std::string_view JsonPull::value() {
    const char first = peek();
    const std::size_t from = m_at;
    std::string key;
    if (first == '{') {
        for (beginObject(); nextKey(key);) (void)value();
    } else if (first == '[') {
        for (beginArray(); nextItem();) (void)value();
    } else if (first == '"') {
        (void)text();
    } else if (first == 't' || first == 'f') {
        (void)boolean();
    } else if (m_text.substr(from, 4) == "null") {
        m_at += 4;
    } else {
        (void)number();
    }
    if (failed()) return {};
    m_value = from;
    return m_text.substr(from, m_at - from);
}

void JsonPull::end() {
    if (peek() == '\0' && m_at >= m_text.size()) return;
    if (!failed()) {
        m_value = m_at;
        failSyntax();
    }
}

void JsonPull::failSyntax() {
    if (failed()) return;
    if (m_at >= m_text.size()) {
        failAt(m_text.size(), RW_TEXT("score", "The text ends in the middle of a value."),
               RW_TEXT("score", "The file was not written to its end: write it again."));
    } else {
        failAt(m_at, RW_TEXT("score", "This is not JSON of a model."),
               RW_TEXT("score", "Write the model with the script of the help."));
    }
}

void JsonPull::fail(Text message, Text fix) {
    failAt(m_value, std::move(message), std::move(fix));
}

void JsonPull::failAt(std::size_t at, Text message, Text fix) {
    if (failed()) return;
    const std::string_view before = m_text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto begins = before.rfind('\n');
    const std::size_t column = begins == std::string_view::npos ? at + 1 : at - begins;
    m_status = Status(ErrorCode::Invalid,
                      RW_TEXT("score", "Line %1, column %2: %3").with(line, column, message), std::move(fix));
}

}  // namespace rw
