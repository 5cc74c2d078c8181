#include "core/sql/time_text.h"

#include <string>

#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw::sql {

namespace {

/// Rewrites a time with short numbers (2024-3-5 1:02:03) in the full form, reading it from left to right.
class FullForm {
 public:
    explicit FullForm(std::string_view text) : m_rest(text) {}

    /// Takes the sign that stands before the next number.
    bool sign(std::string_view any) {
        if (m_rest.empty() || any.find(m_rest.front()) == std::string_view::npos) return false;
        m_full += m_rest.front();
        m_rest.remove_prefix(1);
        return true;
    }
    /// Takes a number of `least` to `most` digits and fills it up with zeros.
    bool number(std::size_t least, std::size_t most) {
        const std::size_t digits = std::min(m_rest.find_first_not_of("0123456789"), m_rest.size());
        if (digits < least || digits > most) return false;
        m_full.append(most - digits, '0').append(m_rest.substr(0, digits));
        m_rest.remove_prefix(digits);
        return true;
    }
    bool done() const { return m_rest.empty(); }
    void add(std::string_view text) { m_full += text; }
    /// The part that was read, in full form, and the rest as it is.
    std::string text() const { return m_full + std::string(m_rest); }

 private:
    std::string m_full;
    std::string_view m_rest;
};

}  // namespace

std::optional<std::int32_t> dateOfText(std::string_view text) {
    text = trimmed(text);
    text = text.substr(0, text.find_first_of(" T"));
    if (const auto days = parseDate(text)) return days;
    FullForm date(text);
    if (!date.number(1, 4)) return std::nullopt;
    for (int part = 0; part < 2; ++part) {
        if (date.done()) {
            date.add("-01");
        } else if (!date.sign("-") || !date.number(1, 2)) {
            return std::nullopt;
        }
    }
    return parseDate(date.text());
}

std::optional<Instant> timestampOfText(std::string_view text) {
    if (trimmed(text).size() != text.size()) return std::nullopt;
    if (const auto time = parseTimestamp(text)) return time;
    FullForm form(text);
    if (!form.number(4, 4)) return std::nullopt;
    for (int part = 0; part < 2; ++part) {
        if (!form.sign("-") || !form.number(1, 2)) return std::nullopt;
    }
    if (form.done()) return parseTimestamp(form.text());
    if (!form.sign(" T") || !form.number(1, 2)) return std::nullopt;
    for (int part = 0; part < 2; ++part) {
        if (!form.sign(":") || !form.number(1, 2)) return std::nullopt;
    }
    return parseTimestamp(form.text());
}

}  // namespace rw::sql
