// How a CSV file is written: RFC 4180 with a choice of delimiter and quote, and of the form of numbers and
// times.
#pragma once
#include <cstddef>

#include "core/connect/messages/framing.h"

namespace rw {

struct CsvFormat {
    char delimiter = ',';
    char quote = '"';  ///< 0: no quoting
    bool header = true;
    /// The separator before the decimals of a DOUBLE or DECIMAL. A number that has a comma may have points or
    /// blanks between groups of three digits before it.
    enum class Decimal : unsigned char {
        Point,  ///< 12.50
        Comma,  ///< 12,50 and 1.234,50; a point only stands between groups: 1.234 is 1234, and 1.5 is wrong
        Either  ///< 12,50 and 1.234,50; where there is no comma a point is the decimal separator
    } decimal = Decimal::Point;
    /// The unit in which a number in a TIMESTAMP column counts from 1970-01-01 00:00 UTC. Texts are read as well.
    enum class Epoch : unsigned char { None, Seconds, Milliseconds } epoch = Epoch::None;

    bool quoting() const { return quote != 0; }
};

/// Limits that a broken file may reach. Rows beyond are rejected, whatever the size of the blocks read.
struct CsvLimits {
    std::size_t row = kLongestRow;              ///< bytes of a row
    std::size_t quoted = std::size_t{1} << 20;  ///< bytes between an opening quote and its closing one
};

}  // namespace rw
