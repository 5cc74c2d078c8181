#include "core/connect/avro/avro_value.h"

#include <openssl/evp.h>

#include <cmath>

#include "core/connect/ndjson/writer.h"
#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/sql/decimal.h"

namespace rw {

namespace {

void appendBase64(std::string& out, std::string_view bytes) {
    const std::size_t before = out.size();
    out.resize(before + (bytes.size() + 2) / 3 * 4 + 1);  // and a 0 behind them
    const int letters =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data() + before),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(before + static_cast<std::size_t>(letters));
}

bool isQuotedInJson(const AvroValue& value) {
    if (value.type->logical == AvroLogical::Decimal) return false;
    if (value.type->logical != AvroLogical::None) return true;
    const AvroKind kind = value.type->kind;
    return (kind == AvroKind::Float || kind == AvroKind::Double) && !std::isfinite(value.real);
}

void appendScalarJson(std::string& out, const AvroValue& value) {
    const AvroKind kind = value.type->kind;
    const bool plain = value.type->logical == AvroLogical::None;
    if (kind == AvroKind::Null) {
        out += "null";
    } else if (kind == AvroKind::String || kind == AvroKind::Enum) {
        appendJsonString(out, value.text);
    } else if (plain && (kind == AvroKind::Bytes || kind == AvroKind::Fixed)) {
        out += '"';
        appendBase64(out, value.text);
        out += '"';
    } else {
        const bool quoted = isQuotedInJson(value);
        if (quoted) out += '"';
        const std::size_t before = out.size();
        if (!appendAvroText(out, value)) {  // a decimal of more than 38 digits
            out.resize(before);
            out += "null";
        }
        if (quoted) out += '"';
    }
}

/// An array or a map; items are JSON separated by commas.
bool appendItems(std::string& out, const AvroSchema& schema, const AvroType& type, AvroBytes& bytes,
                 AvroLimits& limits, int depth) {
    const bool map = type.kind == AvroKind::Map;
    out += map ? '{' : '[';
    bool first = true;
    for (;;) {
        std::int64_t count = 0, size = 0;
        if (!bytes.readLong(count)) return false;
        if (count == 0) break;
        if (count < 0 && !bytes.readLong(size)) return false;  // the block's bytes stand behind its count
        const std::uint64_t items =
            count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
        for (std::uint64_t i = 0; i < items; ++i) {
            std::string_view key;
            if (map && !bytes.readText(key)) return false;
            if (!first) out += ',';
            first = false;
            if (map) {
                appendJsonString(out, key);
                out += ':';
            }
            if (!appendAvroJson(out, schema, type.branches.front(), bytes, limits, depth + 1)) return false;
        }
    }
    out += map ? '}' : ']';
    return true;
}

}  // namespace

bool isAvroScalar(AvroKind kind) {
    return kind <= AvroKind::Enum;
}

bool readAvroScalar(const AvroType& type, AvroBytes& bytes, AvroValue& out) {
    out = AvroValue{};
    out.type = &type;
    switch (type.kind) {
        case AvroKind::Null:
            return true;
        case AvroKind::Boolean:
            return bytes.readBoolean(out.number);
        case AvroKind::Int:
            return bytes.readInt(out.number);
        case AvroKind::Long:
            return bytes.readLong(out.number);
        case AvroKind::Float:
            return bytes.readFloat(out.real);
        case AvroKind::Double:
            return bytes.readDouble(out.real);
        case AvroKind::Bytes:
            return bytes.readText(out.text);
        case AvroKind::String:
            return bytes.readText(out.text) && validUtf8Prefix(out.text) == out.text.size();
        case AvroKind::Fixed:
            return bytes.take(type.size, out.text);
        case AvroKind::Enum: {
            if (!bytes.readInt(out.number) || out.number < 0) return false;
            const auto symbol = static_cast<std::size_t>(out.number);
            if (symbol >= type.symbols.size()) return false;
            out.text = type.symbols[symbol];
            return true;
        }
        case AvroKind::Array:
        case AvroKind::Map:
        case AvroKind::Record:
        case AvroKind::Union:
            break;
    }
    return false;
}

bool readAvroDecimal(const AvroValue& value, Int128& unscaled) {
    return value.type->scale <= kMaxPrecision && readAvroUnscaled(value.text, unscaled) &&
           sql::fitsPrecision(unscaled, kMaxPrecision);
}

std::int64_t millisOfAvro(const AvroValue& value) {
    if (value.type->logical == AvroLogical::TimestampMillis) return value.number;
    const std::int64_t towardsZero = value.number / 1'000;
    return value.number % 1'000 < 0 ? towardsZero - 1 : towardsZero;
}

bool appendAvroText(std::string& out, const AvroValue& value) {
    switch (value.type->logical) {
        case AvroLogical::Date:
            appendDate(out, static_cast<std::int32_t>(value.number));
            return true;
        case AvroLogical::TimestampMillis:
        case AvroLogical::TimestampMicros:
            appendTimestamp(out, millisOfAvro(value));
            return true;
        case AvroLogical::Decimal: {
            Int128 unscaled = 0;
            if (!readAvroDecimal(value, unscaled)) return false;
            appendDecimal(out, unscaled, value.type->scale);
            return true;
        }
        case AvroLogical::None:
            break;
    }
    switch (value.type->kind) {
        case AvroKind::Boolean:
            out += value.number != 0 ? "true" : "false";
            return true;
        case AvroKind::Int:
        case AvroKind::Long:
            out += std::to_string(value.number);
            return true;
        case AvroKind::Float:
        case AvroKind::Double:
            appendDouble(out, value.real);
            return true;
        case AvroKind::Bytes:
        case AvroKind::Fixed:
        case AvroKind::String:
        case AvroKind::Enum:
            out += value.text;
            return validUtf8Prefix(value.text) == value.text.size();
        case AvroKind::Null:
        case AvroKind::Array:
        case AvroKind::Map:
        case AvroKind::Record:
        case AvroKind::Union:
            break;
    }
    return false;
}

bool appendAvroJson(std::string& out, const AvroSchema& schema, std::size_t type, AvroBytes& bytes,
                    AvroLimits& limits, int depth) {
    const AvroType& at = schema.types[type];
    if (depth > AvroLimits::kDeepest || !limits.count() || out.size() > AvroLimits::kLongestJson)
        return false;
    if (isAvroScalar(at.kind)) {
        AvroValue value;
        if (!readAvroScalar(at, bytes, value)) return false;
        appendScalarJson(out, value);
        return true;
    }
    if (at.kind == AvroKind::Union) {
        std::int64_t branch = 0;
        if (!bytes.readLong(branch) || branch < 0 || static_cast<std::uint64_t>(branch) >= at.branches.size())
            return false;
        return appendAvroJson(out, schema, at.branches[static_cast<std::size_t>(branch)], bytes, limits,
                              depth + 1);
    }
    if (at.kind != AvroKind::Record) return appendItems(out, schema, at, bytes, limits, depth);
    out += '{';
    for (std::size_t i = 0; i < at.fields.size(); ++i) {
        if (i > 0) out += ',';
        appendJsonString(out, at.fields[i].name);
        out += ':';
        if (!appendAvroJson(out, schema, at.fields[i].type, bytes, limits, depth + 1)) return false;
    }
    out += '}';
    return true;
}

}  // namespace rw
