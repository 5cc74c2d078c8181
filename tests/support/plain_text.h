// Values as text, a digit at a time: the reference for the fast writers of core/data, byte for byte.
#pragma once
#include <fmt/format.h>
#include <algorithm>

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "core/data/text.h"

namespace rw::test {

template <class Number>
std::string plainNumber(Number value) {
    std::array<char, 64> buffer;
    return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

inline std::string plainDouble(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    return plainNumber(value);
}

inline std::string plainDecimal(Int128 unscaled, int scale) {
    std::string backwards;
    UInt128 rest = unscaled < 0 ? -static_cast<UInt128>(unscaled) : static_cast<UInt128>(unscaled);
    for (int digits = 0; rest != 0 || digits <= scale; ++digits, rest /= 10) {
        if (digits == scale && scale > 0) backwards += '.';
        backwards += static_cast<char>('0' + static_cast<int>(rest % 10));
    }
    if (unscaled < 0) backwards += '-';
    return {backwards.rbegin(), backwards.rend()};
}

inline std::string plainDate(std::int64_t days) {
    const CivilDate date = civilFromDays(days);
    const bool common = date.year >= 0 && date.year <= 9'999;
    return fmt::format("{:0{}}-{:02}-{:02}", date.year, common ? 4 : 5, date.month, date.day);
}

inline std::string plainTimestamp(Instant millis) {
    constexpr Instant kDay = 86'400'000;
    const Instant rest = millis % kDay, time = rest < 0 ? rest + kDay : rest;
    return plainDate(millis / kDay - (rest < 0 ? 1 : 0)) + fmt::format(" {:02}:{:02}:{:02}.{:03}",
                                                                       time / 3'600'000, time / 60'000 % 60,
                                                                       time / 1'000 % 60, time % 1'000);
}

/// Base64, six bits a digit.
inline std::string plainBase64(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 6) {
        std::size_t digit = 0;
        for (std::size_t i = bit; i < bit + 6; ++i) {
            const bool set =
                i / 8 < bytes.size() && (static_cast<unsigned char>(bytes[i / 8]) >> (7 - i % 8) & 1) != 0;
            digit = 2 * digit + (set ? 1 : 0);
        }
        out += kDigits[digit];
    }
    while (out.size() % 4 != 0) out += '=';
    return out;
}

/// Of a row that is not NULL.
inline std::string plainCell(const Column& column, std::size_t row) {
    switch (column.type().id) {
        case TypeId::Boolean:
            return column.at<std::uint8_t>(row) != 0 ? "true" : "false";
        case TypeId::Int:
            return plainNumber(column.at<std::int32_t>(row));
        case TypeId::Double:
            return plainDouble(column.at<double>(row));
        case TypeId::Decimal:
            return plainDecimal(column.at<Int128>(row), column.type().scale);
        case TypeId::String:
            return std::string(column.string(row));
        case TypeId::Bytes:
            return plainBase64(column.string(row));
        case TypeId::Date:
            return plainDate(column.at<std::int32_t>(row));
        case TypeId::Timestamp:
            return plainTimestamp(column.at<std::int64_t>(row));
        case TypeId::IntervalDay:
            return formatDuration(column.at<std::int64_t>(row));
        default:
            return plainNumber(column.at<std::int64_t>(row));
    }
}

/// Whether dates and times of the row read back.
inline bool isReadable(const Batch& batch, std::size_t row) {
    return std::all_of(batch.columns.begin(), batch.columns.end(), [row](const ColumnRef& column) {
        const Type type = column->type();
        const bool dated = type.is(TypeId::Date) || type.is(TypeId::Timestamp);
        return !dated || column->isNull(row) || parseValue(plainCell(*column, row), type).has_value();
    });
}

}  // namespace rw::test
