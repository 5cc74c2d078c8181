#include "core/connect/formats/message_parts.h"

#include <algorithm>

#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/data/value.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

using PartKind = MessagePart::Kind;

/// One column of a key or a header.
class TextPart {
 public:
    TextPart(const Field& field, const MessagePart& part, const ReceivedMessages& messages)
        : m_field(field), m_part(part), m_messages(messages), m_builder(field.type) {
        const auto& headers = messages.wanted().headers;
        m_header = static_cast<std::size_t>(std::find(headers.begin(), headers.end(), part.header) -
                                            headers.begin());
        m_builder.reserve(messages.size());
        if (isReference(field.type.id)) m_builder.keepAlive(messages.owner());
    }

    /// The value of message i; a fault: it is not of the type, and NULL.
    Text append(std::size_t i) {
        const auto given = m_part.kind == PartKind::Key ? m_messages.key(i) : m_messages.header(i, m_header);
        if (!given) {
            m_builder.appendNull();
            return {};
        }
        if (!m_part.path && m_field.type.is(TypeId::Bytes)) {
            m_builder.append(StringRef::fromPadded(given->data(), given->size()));
            return {};
        }
        if (!m_part.path) return appendText(*given, true);
        m_scalar.clear();
        if (m_part.path->scalar(m_scalar, *given)) return appendText(m_scalar, false);
        m_builder.appendNull();
        return {};
    }
    ColumnRef finish() { return m_builder.finish(); }

 private:
    /// `stays`: the text is among the bytes of the messages.
    Text appendText(std::string_view text, bool stays) {
        if (m_field.type.is(TypeId::String)) {
            if (validUtf8Prefix(text) != text.size()) return fault(text);
            if (!stays) {
                m_builder.appendString(text);
            } else {
                m_builder.append(StringRef::fromPadded(text.data(), text.size()));
            }
            return {};
        }
        const auto value = parseValue(text, m_field.type);
        if (!value) return fault(text);
        appendValue(m_builder, *value);
        return {};
    }
    Text fault(std::string_view text) {
        m_builder.appendNull();
        return wrongValue(m_field, text);
    }

    const Field& m_field;
    const MessagePart& m_part;
    const ReceivedMessages& m_messages;
    std::size_t m_header = 0;
    std::string m_scalar{};
    ColumnBuilder m_builder;
};

template <class T>
void appendPart(ColumnBuilder& builder, const std::optional<T>& value) {
    if (!value) {
        builder.appendNull();
    } else if (builder.type().is(TypeId::Bigint)) {
        builder.append(static_cast<std::int64_t>(*value));
    } else {
        builder.append(*value);
    }
}

/// A column of what the transport numbers.
ColumnRef numberedPart(Type type, PartKind kind, const ReceivedMessages& messages) {
    ColumnBuilder builder(type);
    builder.reserve(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (kind == PartKind::Timestamp) {
            appendPart(builder, messages.timestamp(i));
        } else if (kind == PartKind::Partition) {
            appendPart(builder, messages.partition(i));
        } else if (kind == PartKind::Offset) {
            appendPart(builder, messages.offset(i));
        } else {
            builder.appendString(messages.topic(i));
        }
    }
    return builder.finish();
}

}  // namespace

WantedParts wantedParts(const MessageFormat& format) {
    WantedParts wanted;
    for (const MessagePart& part : format.parts) {
        wanted.key = wanted.key || part.kind == PartKind::Key;
        wanted.timestamp = wanted.timestamp || part.kind == PartKind::Timestamp;
        wanted.topic = wanted.topic || part.kind == PartKind::Topic;
        const bool known =
            std::find(wanted.headers.begin(), wanted.headers.end(), part.header) != wanted.headers.end();
        if (part.kind == PartKind::Header && !known) wanted.headers.push_back(part.header);
    }
    return wanted;
}

PartColumns readParts(const MessageFormat& format, const DecoderOptions& options,
                      const ReceivedMessages& messages) {
    PartColumns out;
    for (std::size_t column = 0; column < format.parts.size(); ++column) {
        const MessagePart& part = format.parts[column];
        if (part.kind == PartKind::InValue) continue;
        const Field& field = options.schema->fields[column];
        const bool wanted = options.wants(column);
        if (part.kind != PartKind::Key && part.kind != PartKind::Header) {
            if (wanted) out.columns.push_back({column, numberedPart(field.type, part.kind, messages)});
            continue;
        }
        TextPart values(field, part, messages);
        for (std::uint32_t i = 0; i < messages.size(); ++i) {
            Text fault = values.append(i);
            if (!fault.empty() && !options.nullOnError) out.faults.push_back({i, std::move(fault)});
        }
        if (wanted) out.columns.push_back({column, values.finish()});
    }
    const auto byRow = [](const sql::RowError& a, const sql::RowError& b) { return a.row < b.row; };
    std::stable_sort(out.faults.begin(), out.faults.end(), byRow);
    const auto sameRow = [](const sql::RowError& a, const sql::RowError& b) { return a.row == b.row; };
    out.faults.erase(std::unique(out.faults.begin(), out.faults.end(), sameRow), out.faults.end());
    return out;
}

}  // namespace rw
