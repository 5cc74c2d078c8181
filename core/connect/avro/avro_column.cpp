#include "core/connect/avro/avro_column.h"

#include <optional>

#include "core/connect/messages/decoder.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/data/value.h"
#include "core/data/visit_type.h"
#include "core/sql/decimal.h"

namespace rw {

namespace {

bool isWhole(const AvroType& type) {
    return type.kind == AvroKind::Int || type.kind == AvroKind::Long;
}

bool isReal(const AvroType& type) {
    return type.kind == AvroKind::Float || type.kind == AvroKind::Double;
}

bool isInstant(const AvroType& type) {
    return type.logical == AvroLogical::TimestampMillis || type.logical == AvroLogical::TimestampMicros;
}

bool isWord(const AvroType& type) {
    return type.kind == AvroKind::String || type.kind == AvroKind::Enum;
}

/// The type at the path; nothing where there is none. `sure` becomes false where a union decides.
std::optional<std::size_t> avroTypeAt(const AvroSchema& schema, const sql::JsonPath& path, bool& sure) {
    std::size_t at = 0;
    for (const sql::JsonPath::Step& step : path.steps()) {
        at = schema.withoutNull(at);
        const AvroType& type = schema.types[at];
        if (type.kind == AvroKind::Union) {
            sure = false;
            return at;
        }
        const bool items = step.isIndex ? type.kind == AvroKind::Array : type.kind == AvroKind::Map;
        if (items) {
            at = type.branches.front();
            continue;
        }
        std::optional<std::size_t> found;
        for (const AvroField& field : type.fields) {
            if (!step.isIndex && field.name == step.name) found = field.type;
        }
        if (!found) return std::nullopt;
        at = *found;
    }
    return schema.withoutNull(at);
}

/// A column of the type that the field is of.
Text declareAs(const AvroType& type, const Field& column) {
    if (type.kind == AvroKind::Long && column.type.is(TypeId::Timestamp))
        return RW_TEXT("avro",
                       "Declare the column as BIGINT: the schema does not say that the number is a time.");
    return RW_TEXT("avro", "Declare the column as %1.").with(toString(columnTypeOf(type)));
}

}  // namespace

bool avroFits(const AvroType& from, Type column) {
    if (isWord(from) || from.kind == AvroKind::Null) return true;
    return visitType(
        column.id,
        Overloaded{[&](types::Boolean) { return from.kind == AvroKind::Boolean; },
                   [&](AnyOf<types::Int, types::Bigint> auto) { return isWhole(from); },
                   [&](types::Double) { return isWhole(from) || isReal(from); },
                   [&](types::Decimal) { return isWhole(from) || from.logical == AvroLogical::Decimal; },
                   [&](types::String) { return true; },
                   [&](types::Date) { return from.logical == AvroLogical::Date; },
                   [&](types::Timestamp) { return isInstant(from); },
                   // Never a stream's columns.
                   [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) { return false; }});
}

Text avroMisfit(const AvroSchema& schema, const sql::JsonPath& path, const Field& column, bool& missing) {
    bool sure = true;
    const auto at = avroTypeAt(schema, path, sure);
    missing = !at.has_value();
    if (missing || !sure) return {};
    const AvroType& type = schema.types[*at];
    bool fits = false;
    if (type.kind == AvroKind::Union) {
        for (const std::size_t branch : type.branches)
            fits = fits || avroFits(schema.types[branch], column.type);
    } else {
        fits = avroFits(type, column.type);
    }
    if (fits) return {};
    return RW_TEXT("avro", "Column “%1” is %2, and the field in the schema is of type %3. %4")
        .with(column.name, toString(column.type), schema.nameOf(*at), declareAs(type, column));
}

Text wrongAvroValue(const Field& column, const AvroValue& value) {
    std::string shown;
    if (isAvroScalar(value.type->kind) && appendAvroText(shown, value)) return wrongValue(column, shown);
    return RW_TEXT("avro", "Column “%1”: the value is not of type %2.")
        .with(column.name, toString(column.type));
}

AvroColumn::AvroColumn(Type type, std::size_t rows, const BytesRef& owner) : m_type(type), m_builder(type) {
    m_builder.reserve(rows);
    if (isReference(type.id)) m_builder.keepAlive(owner);
}

bool AvroColumn::append(const AvroValue& value, const AvroSchema& schema) {
    const std::size_t before = m_builder.size();
    const bool nothing = value.type == nullptr;
    const bool good = !nothing && avroFits(*value.type, m_type) && read(value, schema);
    if (m_builder.size() == before) m_builder.appendNull();
    return good || nothing;
}

bool AvroColumn::read(const AvroValue& value, const AvroSchema& schema) {
    if (m_type.is(TypeId::String)) return readText(value, schema);
    if (isWord(*value.type)) {
        const auto parsed = parseValue(value.text, m_type);
        if (parsed) appendValue(m_builder, *parsed);
        return parsed.has_value();
    }
    return visitType(
        m_type.id,
        Overloaded{[&](types::Boolean) {
                       m_builder.append(static_cast<std::uint8_t>(value.number));
                       return true;
                   },
                   [&](AnyOf<types::Int, types::Date> auto) {
                       const auto narrow = static_cast<std::int32_t>(value.number);
                       if (narrow != value.number) return false;
                       m_builder.append(narrow);
                       return true;
                   },
                   [&](types::Bigint) {
                       m_builder.append(value.number);
                       return true;
                   },
                   [&](types::Double) {
                       m_builder.append(isWhole(*value.type) ? static_cast<double>(value.number)
                                                             : value.real);
                       return true;
                   },
                   [&](types::Decimal) {
                       Int128 unscaled = value.number;
                       const bool decimal = value.type->logical == AvroLogical::Decimal;
                       if (decimal && !readAvroDecimal(value, unscaled)) return false;
                       const auto scaled = sql::rescale(unscaled, decimal ? value.type->scale : 0, m_type);
                       if (scaled) m_builder.append(*scaled);
                       return scaled.has_value();
                   },
                   [&](types::Timestamp) {
                       m_builder.append(millisOfAvro(value));
                       return true;
                   },
                   [](AnyOf<types::String, types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       return false;
                   }});
}

bool AvroColumn::readText(const AvroValue& value, const AvroSchema& schema) {
    if (value.type->kind == AvroKind::String) {
        m_builder.append(StringRef::fromPadded(value.text.data(), value.text.size()));
        return true;
    }
    m_text.clear();
    if (isAvroScalar(value.type->kind)) {
        if (!appendAvroText(m_text, value)) return false;
    } else {
        AvroBytes bytes(value.text);
        AvroLimits limits(value.text.size());
        if (!appendAvroJson(m_text, schema, value.place, bytes, limits)) return false;
    }
    m_builder.appendString(m_text);
    return true;
}

}  // namespace rw
