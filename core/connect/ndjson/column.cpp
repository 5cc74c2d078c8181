#include "core/connect/ndjson/column.h"

#include <cstring>

#include "core/data/text.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

using Kind = NdjsonValue::Kind;

bool isNdjsonBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';  // messages may have lines
}

/// The text of an object or an array, which is known to be one, without blanks between tokens.
std::string withoutBlanksBetween(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool inString = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (!inString && isNdjsonBlank(c)) continue;
        out += c;
        if (c == '"') inString = !inString;
        if (c == '\\') out += text[++at];  // an escape, also of a quote
    }
    return out;
}

std::optional<std::int64_t> integerOf(std::string_view text) {
    std::int64_t value = 0;
    if (readInteger(text.data(), text.size(), value)) return value;
    return parseBigint(text);
}

std::optional<std::int32_t> narrowed(std::optional<std::int64_t> wide) {
    if (!wide || *wide != static_cast<std::int32_t>(*wide)) return std::nullopt;
    return static_cast<std::int32_t>(*wide);
}

std::optional<std::uint8_t> truthOf(std::string_view text) {
    const std::optional<bool> truth = parseBoolean(text);
    if (!truth) return std::nullopt;
    return *truth ? std::uint8_t{1} : std::uint8_t{0};
}

/// Whether a value of this kind may be of the type at all.
bool mayBe(Kind kind, Type type) {
    switch (kind) {
        case Kind::Boolean:
            return type.is(TypeId::Boolean) || type.is(TypeId::String);
        case Kind::Number:
            return type.isNumeric() || type.is(TypeId::String);
        case Kind::Nested:
            return type.is(TypeId::String);
        case Kind::None:
        case Kind::String:
            break;
    }
    return true;
}

}  // namespace

template <class T>
bool NdjsonColumn::put(const std::optional<T>& value) {
    const T stored = value.value_or(T{});
    std::memcpy(m_values.data() + m_rows * sizeof(T), &stored, sizeof(T));
    if (!value) m_nulls.push_back(m_rows);
    ++m_rows;
    return value.has_value();
}

void NdjsonColumn::putNull() {
    const std::size_t width = widthOf(m_type.id);
    std::memset(m_values.data() + m_rows * width, 0, width);
    m_nulls.push_back(m_rows++);
}

bool NdjsonColumn::append(const NdjsonValue& value) {
    if (value.kind != Kind::None && mayBe(value.kind, m_type)) return read(value);
    putNull();
    return value.kind == Kind::None;
}

bool NdjsonColumn::read(const NdjsonValue& value) {
    const std::string_view text = value.text;
    return visitType(
        m_type.id,
        Overloaded{[&](types::Int) { return put(narrowed(integerOf(text))); },
                   [&](types::Bigint) { return put(integerOf(text)); },
                   [&](types::Boolean) { return put(truthOf(text)); },
                   [&](types::Double) { return put(parseDouble(text)); },
                   [&](types::Decimal) { return put(parseDecimal(text, m_type.precision, m_type.scale)); },
                   [&](types::Date) { return put(parseDate(text)); },
                   [&](types::Timestamp) {
                       Instant instant = 0;
                       const bool usual = m_times.read(text.data(), text.size(), instant);
                       return put(usual ? std::optional(instant) : parseTimestamp(text));
                   },
                   [&](types::String) { return put(std::optional(string(value))); },
                   // Never a stream's columns.
                   [&](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       putNull();
                       return true;
                   }});
}

StringRef NdjsonColumn::string(const NdjsonValue& value) {
    if (value.decoded) return m_texts.add(value.text);
    if (value.kind == Kind::Nested && value.text.find_first_of(" \t\r\n") != std::string_view::npos)
        return m_texts.add(withoutBlanksBetween(value.text));
    return StringRef::fromPadded(value.text.data(), value.text.size());
}

ColumnRef NdjsonColumn::finish(const BytesRef& owner) {
    m_values.resize(m_rows * widthOf(m_type.id));
    Validity validity;
    for (const std::size_t row : m_nulls) validity.setNull(row, m_rows);
    std::vector<BytesRef> heaps;
    if (isReference(m_type.id)) {
        heaps = m_texts.takeBlocks();
        heaps.push_back(owner);
    }
    return std::make_shared<Column>(m_type, m_rows, std::move(m_values), std::move(validity),
                                    std::move(heaps));
}

}  // namespace rw
