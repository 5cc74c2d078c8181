#include "core/connect/postgresql/postgresql_values.h"

#include <endian.h>

#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <string_view>

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
    if constexpr (sizeof(T) == 2) {
        const std::uint16_t bytes = htobe16(std::bit_cast<std::uint16_t>(value));
        out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    } else if constexpr (sizeof(T) == 4) {
        const std::uint32_t bytes = htobe32(std::bit_cast<std::uint32_t>(value));
        out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    } else {
        static_assert(sizeof(T) == 8);
        const std::uint64_t bytes = htobe64(std::bit_cast<std::uint64_t>(value));
        out.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    }
}

template <class T>
void appendFixed(std::string& out, T value) {
    appendBigEndian(out, static_cast<std::int32_t>(sizeof value));
    appendBigEndian(out, value);
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

void appendValueOf(std::string& out, const Column& column, std::size_t row, PostgresqlType sent) {
    visitType(
        column.type().id,
        Overloaded{[&](types::Boolean) {
                       appendBigEndian(out, std::int32_t{1});
                       out += column.at<std::uint8_t>(row) != 0 ? '\1' : '\0';
                   },
                   [&](types::Int) {
                       const std::int32_t value = column.at<std::int32_t>(row);
                       if (sent == PostgresqlType::Int8) return appendFixed(out, std::int64_t{value});
                       appendFixed(out, value);
                   },
                   [&](types::Bigint) { appendFixed(out, column.at<std::int64_t>(row)); },
                   [&](types::Double) { appendFixed(out, column.at<double>(row)); },
                   [&](types::Decimal) { appendNumeric(out, column.at<Int128>(row), column.type().scale); },
                   [&](types::Date) { appendFixed(out, dateOf(column.at<std::int32_t>(row))); },
                   [&](types::Timestamp) { appendFixed(out, microsOf(column.at<std::int64_t>(row))); },
                   [&](AnyOf<types::String, types::Bytes> auto) { appendBytes(out, column.string(row)); },
                   [&](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) {
                       appendBigEndian(out, kNull);
                   }});
}

}  // namespace

void appendPostgresqlField(std::string& out, const Column& column, std::size_t row, PostgresqlType sent) {
    if (column.isNull(row)) return appendBigEndian(out, kNull);
    appendValueOf(out, column, row, sent);
}

void appendPostgresqlArray(std::string& out, const Column& column, std::span<const std::uint32_t> rows,
                           PostgresqlType sent) {
    appendBigEndian(out, std::int32_t{1});  // dimensions
    appendBigEndian(out, std::int32_t{column.validity().allValid() ? 0 : 1});
    appendBigEndian(out, static_cast<std::uint32_t>(sent));
    appendBigEndian(out, static_cast<std::int32_t>(rows.size()));
    appendBigEndian(out, std::int32_t{1});  // the number of the first
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
