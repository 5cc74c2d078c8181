// How people read numbers, wherever the window and the command line show one. The rules:
//
// - Counts (rows, keys, nodes) keep all digits: “12 400”. count() for the digits, counted() for the sentence:
//   one thing is spoken of in the singular.
// - Measured values on cards, axes and thumbnails have three significant digits, and k, M, G or T from 10 000
//   on: rounded(), “12.4 k”. Values that people read in full (in tooltips and cells of tables) have at most 15
//   significant digits: shown(), “0.3” of 0.1 + 0.2. A DOUBLE holds so many, the rest is the rounding of sums.
// - Values that are copied, exported or typed again have the digits that distinguish them from every other
//   number, and no more: exact(), “0.30000000000000004”.
// - A power of ten is written only below 0.000 001 and from 10²¹ on (shown, exact) or 10¹⁶ on (rounded), as
// “1.2e20”.
// - Rates are rows per second, with a decimal only below 10, and behind k, M or G below 100: rate(),
//   “10.8 k/s”. They change at each look; more digits would only flicker.
// - Sizes have three significant digits and the units B, KiB, MiB, GiB, TiB, each 1024 times the one before:
//   byteSizeText() of byte_size.h. Memory and files come in powers of two, and `memory_limit` counts so, as
//   Flink does. The names are those of IEC, as in Spark and DuckDB: “MB” would leave open which it is.
// - A duration from a setting is exact, in the unit of the setting: durationText() of readable.h.
//   Ages have two figures: age(), “6.8 s”, “2 min 10 s”, “3 h”; times that work took have milliseconds, took().
// - Shares are whole percents, share(): “43 %”; a share above 0 that rounds to 0 is “<1 %”.
// - Thousands, and a number and its unit, are parted by a thin space, and never by the marks of a locale: a
//   number looks the same in every language, in scripts and on charts.
//
// Files for programs (--json, --metrics, CSV) have plain numbers: none of this is for them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw::figures {

std::string count(std::uint64_t number);  ///< “12 400”
std::string rounded(double value);        ///< “0.512”, “12.4 k”, “NaN”
std::string shown(double value);          ///< “504.92”; whole numbers have all digits that a DOUBLE holds
std::string exact(double value);          ///< “100000”, “0.1”, “1.5e21”, “Infinity”
/// A mark of a scale whose marks are `step` apart and no larger than `farthest`: all have one form, so many
/// decimals as the step has, and the k, M, G or T of the farthest: “0.50”, “12 k”.
std::string mark(double at, double step, double farthest);
/// The value with so many significant digits, as a comparison or an edge of a bin is written.
double tidy(double value, int digits);
std::string rate(double perSecond);  ///< “0/s”, “1.6/s”, “712/s”, “10.8 k/s”
std::string share(double ofOne);     ///< “43 %”, “<1 %”
Text age(Millis length);  ///< “6.8 s”, “2 min 10 s”, “3 h”, “12 d”; of less than 0 as of 0
Text wholeAge(Millis length);  ///< the same without tenths, for texts that are renewed each second
Text took(double seconds);     ///< the same, below a second in “231 ms” or “3.2 ms”

Text bytes(
    std::uint64_t number);  ///< to the byte, “12 400 bytes”: for sizes to compare, and for files cut short

/// `one` for a single thing, else `many`, whose first argument is the count: counted(n, RW_TEXT("x", "1
/// row"), RW_TEXT("x", "%1 rows")).
Text counted(std::uint64_t number, Text one, Text many);
/// The same of an exact amount that need not be whole, such as a rate: “0.5 rows/s”.
Text countedAmount(double amount, Text one, Text many);
/// The same for English-only output of the command line: counted(n, "row", "rows") is “2 rows”.
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

}  // namespace rw::figures
