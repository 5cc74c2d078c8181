// Values as text, both ways: the forms of section 2 of the contract. Used by CSV, SQLite, casts and the
// screen.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/data/column.h"
#include "core/data/value.h"

namespace rw {

// ── Reading. nullopt when the text is not of the type; surrounding blanks are accepted, as Flink's casts do.
// ──
std::optional<bool> parseBoolean(std::string_view text);  ///< true/false in any case
std::optional<std::int32_t> parseInt(std::string_view text);
std::optional<std::int64_t> parseBigint(std::string_view text);
std::optional<double> parseDouble(std::string_view text);  ///< also NaN, Infinity, -Infinity
/// Rounds half up to the scale; nullopt when more digits than the precision stand before the point.
std::optional<Int128> parseDecimal(std::string_view text, int precision, int scale);
std::optional<std::int32_t> parseDate(std::string_view text);  ///< 2024-03-01
/// `2024-03-01 12:00:00.000`, `T`, 0–9 digits of fraction (truncated to ms), a trailing `Z`, or a date alone.
std::optional<Instant> parseTimestamp(std::string_view text);
std::optional<std::string> parseHex(std::string_view digits);  ///< two digits a byte, in any case
/// Reads `text` as `type`; nullopt when it is not one.
std::optional<Value> parseValue(std::string_view text, Type type);

// ── Writing; each appends to `out`. ──
void appendDouble(std::string& out, double value);  ///< the shortest text that reads back: 3, 1.5, 1e+20, NaN
void appendDecimal(std::string& out, Int128 unscaled, int scale);
void appendDate(std::string& out, std::int32_t days);
void appendTimestamp(std::string& out, Instant millis);  ///< `2024-03-01 12:00:00.000`
/// The value at `row` in its text form, which for BYTES is Base64; NULL appends nothing.
void appendCell(std::string& out, const Column& column, std::size_t row);
std::string toText(const Value& value, Type type);
void appendHex(std::string& out, std::string_view bytes);  ///< two small digits a byte
/// BYTES for a person: `x'00ff'`; of more than 16 bytes the first ones and how many there are: `x'48656c…'
/// (1.2 KiB)`. Values of more than `most` bytes are the beginnings of longer ones: `(> 1 KiB)`.
void appendShownBytes(std::string& out, std::string_view bytes, std::size_t most = std::string_view::npos);
/// A row for a person: `id=1, name=a, price=NULL`; BYTES as appendShownBytes() writes them. Columns that were
/// not built are left out.
std::string rowText(const Batch& batch, std::size_t row);

// ── Calendar, proleptic Gregorian. ──
struct CivilDate {
    std::int64_t year;
    int month, day;  ///< from 1
};
std::int64_t daysFromCivil(std::int64_t year, int month, int day);
CivilDate civilFromDays(std::int64_t days);

}  // namespace rw
