#include "core/connect/postgresql/postgresql_values.h"

#include <array>
#include <limits>
#include <string_view>

#include "core/base/network_order.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr std::int32_t kEpochDays = 10'957;  // 2000-01-01
constexpr std::int64_t kEpochMillis = std::int64_t{kEpochDays} * 86'400'000;
constexpr std::int64_t kMicrosPerMilli = 1'000;
// Next to those that mean infinity: out of every range, so that the server says so.
constexpr std::int64_t kNoTimestamp = std::numeric_limits<std::int64_t>::min() + 1;
constexpr std::int32_t kNoDate = std::numeric_limits<std::int32_t>::min() + 1;
constexpr std::int32_t kNull = -1;
constexpr int kDigitsPerGroup = 4;
constexpr unsigned kGroup = 10'000;
constexpr int kMostGroups = 12;  // of 38 digits, and a group that the point divides
constexpr std::uint16_t kNegative = 0x4000;

template <class T>
void appendBigEndian(std::string& out, T value) {
    char bytes[sizeof value];
    writeNetworkOrder(bytes, value);
    out.append(bytes, sizeof bytes);
}

template <class T>
constexpr std::size_t kFieldBytes = sizeof(std::int32_t) + sizeof(T);

/// A field of fixed size: its size, and the value.
template <class T>
void writeField(char* at, T value) {
    writeNetworkOrder(at, static_cast<std::int32_t>(sizeof value));
    writeNetworkOrder(at + sizeof(std::int32_t), value);
}

void appendBytes(std::string& out, std::string_view bytes) {
    appendBigEndian(out, static_cast<std::int32_t>(bytes.size()));
    out.append(bytes);
}

std::int64_t microsOf(std::int64_t millis) {
    std::int64_t since = 0, micros = 0;
    const bool over = __builtin_sub_overflow(millis, kEpochMillis, &since) ||
                      __builtin_mul_overflow(since, kMicrosPerMilli, &micros);
    // The least of all is minus infinity.
    return over || micros == std::numeric_limits<std::int64_t>::min() ? kNoTimestamp : micros;
}

std::int32_t dateOf(std::int32_t days) {
    std::int32_t since = 0;
    const bool over = __builtin_sub_overflow(days, kEpochDays, &since);
    return over || since == std::numeric_limits<std::int32_t>::min() ? kNoDate : since;
}

/// Groups of four decimal digits on both sides of the point.
void appendNumeric(std::string& out, Int128 unscaled, int scale) {
    const bool negative = unscaled < 0;
    UInt128 left = negative ? UInt128{0} - static_cast<UInt128>(unscaled) : static_cast<UInt128>(unscaled);
    const int groupsBehind = (scale + kDigitsPerGroup - 1) / kDigitsPerGroup;
    std::array<std::uint16_t, kMostGroups> groups{};  // from the right
    std::size_t count = 0;
    // The first group from the right has fewer digits where the scale is no multiple of four.
    const int digits = scale % kDigitsPerGroup;
    if (digits != 0) {
        unsigned part = 1;
        for (int i = 0; i < digits; ++i) part *= 10;
        groups[count++] = static_cast<std::uint16_t>(static_cast<unsigned>(left % part) * (kGroup / part));
        left /= part;
    }
    while (left != 0 || count < static_cast<std::size_t>(groupsBehind)) {
        groups[count++] = static_cast<std::uint16_t>(left % kGroup);
        left /= kGroup;
    }
    std::size_t from = 0;
    while (from < count && groups[from] == 0) ++from;
    while (count > from && groups[count - 1] == 0) --count;
    const auto kept = static_cast<std::int16_t>(count - from);
    const auto weight = static_cast<std::int16_t>(static_cast<int>(count) - groupsBehind - 1);
    appendBigEndian(out, static_cast<std::int32_t>(8 + 2 * kept));
    appendBigEndian(out, kept);
    appendBigEndian(out, kept == 0 ? std::int16_t{0} : weight);
    appendBigEndian(out, negative && kept > 0 ? kNegative : std::uint16_t{0});
    appendBigEndian(out, static_cast<std::int16_t>(scale));
    for (std::size_t i = count; i > from; --i) appendBigEndian(out, groups[i - 1]);
}

/// Calls `body` with the type and with what makes the number that is sent of a value in memory; false: fields
/// of the type differ in size.
template <class Body>
bool withNumber(Type type, PostgresqlType sent, Body body) {
    const auto same = [](auto value) { return value; };
    const auto number = [&body](auto of, auto convert) {
        body(of, convert);
        return true;
    };
    return visitType(
        type.id,
        Overloaded{[&](types::Boolean of) {
                       return number(of, [](std::uint8_t value) { return std::uint8_t{value != 0}; });
                   },
                   [&](types::Int of) {
                       if (sent != PostgresqlType::Int8) return number(of, same);
                       return number(of, [](std::int32_t value) { return std::int64_t{value}; });
                   },
                   [&](types::Bigint of) { return number(of, same); },
                   [&](types::Double of) { return number(of, same); },
                   [&](types::Date of) { return number(of, &dateOf); },
                   [&](types::Timestamp of) { return number(of, &microsOf); },
                   [&](AnyOf<types::Decimal, types::String, types::Bytes, types::Null, types::IntervalDay,
                             types::IntervalMonth> auto) { return false; }});
}

void appendOfAnySize(std::string& out, const Column& column, std::size_t row) {
    if (column.type().is(TypeId::Decimal))
        return appendNumeric(out, column.at<Int128>(row), column.type().scale);
    if (isReference(column.type().id)) return appendBytes(out, column.string(row));
    appendBigEndian(out, kNull);
}

}  // namespace

void appendPostgresqlField(std::string& out, const Column& column, std::size_t row, PostgresqlType sent) {
    if (column.isNull(row)) return appendBigEndian(out, kNull);
    const bool appended = withNumber(column.type(), sent, [&](auto type, auto convert) {
        const auto value = convert(column.at<typename decltype(type)::Memory>(row));
        char field[kFieldBytes<decltype(value)>];
        writeField(field, value);
        out.append(field, sizeof field);
    });
    if (!appended) appendOfAnySize(out, column, row);
}

void appendPostgresqlArray(std::string& out, const Column& column, std::span<const std::uint32_t> rows,
                           PostgresqlType sent) {
    appendBigEndian(out, std::int32_t{1});  // dimensions
    appendBigEndian(out, std::int32_t{column.validity().allValid() ? 0 : 1});
    appendBigEndian(out, static_cast<std::uint32_t>(sent));
    appendBigEndian(out, static_cast<std::int32_t>(rows.size()));
    appendBigEndian(out, std::int32_t{1});  // the number of the first
    const bool appended = withNumber(column.type(), sent, [&](auto type, auto convert) {
        using Memory = typename decltype(type)::Memory;
        using Sent = decltype(convert(Memory{}));
        const std::size_t begin = out.size();
        out.resize(begin + rows.size() * kFieldBytes<Sent>);
        char* at = out.data() + begin;
        for (const std::uint32_t row : rows) {
            if (column.isNull(row)) {
                writeNetworkOrder(at, kNull);
                at += sizeof kNull;
            } else {
                writeField(at, convert(column.at<Memory>(row)));
                at += kFieldBytes<Sent>;
            }
        }
        out.resize(static_cast<std::size_t>(at - out.data()));
    });
    if (appended) return;
    for (const std::uint32_t row : rows) appendPostgresqlField(out, column, row, sent);
}

std::uint32_t postgresqlArrayType(PostgresqlType element) {
    switch (element) {
        case PostgresqlType::Boolean:
            return 1000;
        case PostgresqlType::Bytea:
            return 1001;
        case PostgresqlType::Char:
            return 1002;
        case PostgresqlType::Name:
            return 1003;
        case PostgresqlType::Int2:
            return 1005;
        case PostgresqlType::Int4:
            return 1007;
        case PostgresqlType::Text:
            return 1009;
        case PostgresqlType::Bpchar:
            return 1014;
        case PostgresqlType::Varchar:
            return 1015;
        case PostgresqlType::Int8:
            return 1016;
        case PostgresqlType::Float4:
            return 1021;
        case PostgresqlType::Float8:
            return 1022;
        case PostgresqlType::Oid:
            return 1028;
        case PostgresqlType::Timestamp:
            return 1115;
        case PostgresqlType::Date:
            return 1182;
        case PostgresqlType::Timestamptz:
            return 1185;
        case PostgresqlType::Numeric:
            return 1231;
        case PostgresqlType::JsonText:
            return 199;
    }
    return 0;
}

void beginPostgresqlCopy(std::string& out) {
    out.append(std::string_view("PGCOPY\n\377\r\n\0", 11));
    appendBigEndian(out, std::int32_t{0});  // flags
    appendBigEndian(out, std::int32_t{0});  // bytes of an extension
}

void beginPostgresqlRow(std::string& out, std::size_t fields) {
    appendBigEndian(out, static_cast<std::int16_t>(fields));
}

void endPostgresqlCopy(std::string& out) {
    appendBigEndian(out, std::int16_t{-1});
}

}  // namespace rw
