#include "core/sql/functions/json_scan.h"

#include <algorithm>
#include <vector>

namespace rw::sql {

namespace {

bool isJsonDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The value of four hexadecimal digits; -1 when they are not that.
int hexOf(std::string_view digits) {
    if (digits.size() < 4) return -1;
    int value = 0;
    for (const char c : digits.substr(0, 4)) {
        const char lower = static_cast<char>(c | 0x20);
        if (!isJsonDigit(c) && !(lower >= 'a' && lower <= 'f')) return -1;
        value = value * 16 + (isJsonDigit(c) ? c - '0' : lower - 'a' + 10);
    }
    return value;
}

void appendUtf8(std::string& out, int code) {
    const auto byte = [&out](int value) { out += static_cast<char>(value); };
    const auto tail = [&byte, code](int shift) { byte(0x80 | ((code >> shift) & 0x3f)); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) {
        byte(0xc0 | (code >> 6));
    } else if (code < 0x10000) {
        byte(0xe0 | (code >> 12));
        tail(6);
    } else {
        byte(0xf0 | (code >> 18));
        tail(12);
        tail(6);
    }
    tail(0);
}

/// The length of the well-formed UTF-8 sequence that `text` begins with; 0 when it begins with none.
std::size_t sequenceLength(std::string_view text) {
    const auto at = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
    };
    const int lead = at(0);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead > 0xf4) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
    }
    // Overlong forms, halves of surrogate pairs and code points beyond U+10FFFF show in the second byte.
    const bool wrong = (lead == 0xe0 && at(1) < 0xa0) || (lead == 0xed && at(1) > 0x9f) ||
                       (lead == 0xf0 && at(1) < 0x90) || (lead == 0xf4 && at(1) > 0x8f);
    return wrong ? 0 : length;
}

class Scanner {
 public:
    Scanner(std::string_view text, std::size_t deepest, JsonEvents& events)
        : m_rest(text), m_deepest(deepest), m_events(events) {}

    bool run(BehindJson behind) {
        const std::string_view whole = m_rest;
        do {
            if (!value()) return false;
        } while (!m_arrays.empty());
        if (behind == BehindJson::AnyText) return m_rest.empty() || endsBefore(whole, m_rest.front());
        skipBlanks();
        return m_rest.empty();
    }

 private:
    /// Whether the value that was read from `whole` is over where `next` follows: numbers need a blank, words
    /// anything but a letter or digit.
    bool endsBefore(std::string_view whole, char next) const {
        const char last = whole[whole.size() - m_rest.size() - 1];
        if (isJsonDigit(last)) return std::string_view(" \t\n\r").find(next) != std::string_view::npos;
        const bool word = last >= 'a' && last <= 'z';
        const char lower = static_cast<char>(next | 0x20);
        return !word || !((lower >= 'a' && lower <= 'z') || isJsonDigit(next) || next == '_' || next == '$' ||
                          static_cast<signed char>(next) < 0);
    }

    /// Reads a scalar, or the opening of a container with its first key, and all closings behind it.
    bool value() {
        skipBlanks();
        if (m_rest.empty()) return false;
        switch (m_rest.front()) {
            case '{':
            case '[':
                return open();
            case '"':
                if (!string()) return false;
                m_events.scalar(m_text);
                break;
            case 't':
            case 'f':
                if (!word("true") && !word("false")) return false;
                m_events.scalar(m_text);
                break;
            case 'n':
                if (!word("null")) return false;
                m_events.null();
                break;
            default:
                if (!number()) return false;
                m_events.scalar(m_text);
        }
        return closings();
    }

    bool open() {
        const bool array = m_rest.front() == '[';
        if (m_arrays.size() >= m_deepest) return false;
        m_rest.remove_prefix(1);
        m_arrays.push_back(array);
        m_events.open(array);
        skipBlanks();
        if (take(array ? ']' : '}')) {
            closeOne();
            return closings();
        }
        return array || key();
    }

    /// After a value: commas lead to the next one, brackets close.
    bool closings() {
        while (!m_arrays.empty()) {
            const bool array = m_arrays.back();
            skipBlanks();
            if (take(',')) return array || key();
            if (!take(array ? ']' : '}')) return false;
            closeOne();
        }
        return true;
    }

    void closeOne() {
        m_arrays.pop_back();
        m_events.close();
    }

    bool key() {
        skipBlanks();
        if (m_rest.empty() || m_rest.front() != '"' || !string()) return false;
        m_events.key(m_text);
        skipBlanks();
        return take(':');
    }

    bool word(std::string_view expected) {
        if (!m_rest.starts_with(expected)) return false;
        m_text = expected;
        m_rest.remove_prefix(expected.size());
        return true;
    }

    bool number() {
        const std::string_view start = m_rest;
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            if (!digits()) return false;
        }
        m_text = start.substr(0, start.size() - m_rest.size());
        if (m_text == "-0") m_text = "0";
        return true;
    }

    bool digits() {
        std::size_t count = 0;
        while (count < m_rest.size() && isJsonDigit(m_rest[count])) ++count;
        m_rest.remove_prefix(count);
        return count > 0;
    }

    /// Reads a string in quotes into m_text.
    bool string() {
        m_text.clear();
        m_rest.remove_prefix(1);
        while (!take('"')) {
            if (m_rest.empty() || static_cast<unsigned char>(m_rest.front()) < 0x20) return false;
            if (take('\\')) {
                if (!escape()) return false;
                continue;
            }
            std::size_t length = plainRun();
            if (length == 0) length = sequenceLength(m_rest);
            if (length == 0) return false;
            m_text.append(m_rest.substr(0, length));
            m_rest.remove_prefix(length);
        }
        return true;
    }

    /// How many ASCII letters that stand for themselves come next.
    std::size_t plainRun() const {
        // Bytes beyond ASCII are below 0, whether char has a sign or not.
        const auto special = [](signed char c) { return c < 0x20 || c == '"' || c == '\\'; };
        return static_cast<std::size_t>(std::find_if(m_rest.begin(), m_rest.end(), special) - m_rest.begin());
    }

    bool escape() {
        constexpr std::string_view kLetters = "\"\\/bfnrtu", kMeanings = "\"\\/\b\f\n\r\t";
        const std::size_t which = m_rest.empty() ? std::string_view::npos : kLetters.find(m_rest.front());
        if (which == std::string_view::npos) return false;
        m_rest.remove_prefix(1);
        if (which == kMeanings.size()) return codePoint();
        m_text += kMeanings[which];
        return true;
    }

    bool codePoint() {
        int code = hexOf(m_rest);
        if (code < 0 || (code >= 0xdc00 && code < 0xe000)) return false;
        m_rest.remove_prefix(4);
        if (code >= 0xd800 && code < 0xdc00) {
            const int low = m_rest.starts_with("\\u") ? hexOf(m_rest.substr(2)) : -1;
            if (low < 0xdc00 || low >= 0xe000) return false;
            m_rest.remove_prefix(6);
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        appendUtf8(m_text, code);
        return true;
    }

    bool take(char c) {
        if (m_rest.empty() || m_rest.front() != c) return false;
        m_rest.remove_prefix(1);
        return true;
    }
    void skipBlanks() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\n\r"), m_rest.size())); }

    std::string_view m_rest;
    const std::size_t m_deepest;
    JsonEvents& m_events;
    std::vector<bool> m_arrays;  ///< the containers that are open
    std::string m_text;          ///< the string, number or word read last
};

}  // namespace

bool scanJson(std::string_view text, std::size_t deepest, JsonEvents& events, BehindJson behind) {
    return Scanner(text, deepest, events).run(behind);
}

}  // namespace rw::sql
