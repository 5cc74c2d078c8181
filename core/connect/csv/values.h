// Values in a CSV file whose format writes them otherwise than values are
// written here.
#pragma once
#include <optional>
#include <string_view>

#include "core/base/time.h"
#include "core/connect/csv/format.h"
#include "core/data/type.h"
#include "core/data/value.h"

namespace rw {

/// Whether a number with a decimal comma can be nothing else: “12,50” and “1.234,50” can't, “1,234” may as
/// well be a thousand and some. False for a text that is no such number.
bool hasDecimalComma(std::string_view text);

std::optional<double> csvDouble(std::string_view text, CsvFormat::Decimal decimal);
std::optional<Int128> csvDecimal(std::string_view text, Type type, CsvFormat::Decimal decimal);
/// A time as text, or a number as `format.epoch` says, with up to three decimals of a second; nothing beyond
/// the years 1 to 9999.
std::optional<Instant> csvTimestamp(std::string_view text, const CsvFormat& format);
/// Whether a source reads the text as a value of the type. Any text is a STRING.
bool isCsvValue(std::string_view text, Type type, const CsvFormat& format);

}  // namespace rw
