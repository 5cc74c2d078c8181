// A column that a chart draws: its place in the sink's input, and its name on axes, in legends and tooltips.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/data/batch.h"

namespace rw {

struct ChartColumn {
    int index = -1;  ///< in the sink's input; -1: the chart has no such column
    std::string name{};
    Type type{};
    bool present() const { return index >= 0; }
};

/// The number at `row` of a numeric column as a DOUBLE; nothing for NULL, NaN and the infinities, which no
/// chart can place.
std::optional<double> chartNumber(const Column& column, std::size_t row);

/// How far from 0 a place on an axis is at most: how far apart two of them are is a DOUBLE, too.
inline constexpr double kFarthestPlace = 1e300;

/// The place of the value at `row` of a numeric column or a TIMESTAMP on an axis; of times in milliseconds
/// since the epoch. Nothing as chartNumber(), and beyond kFarthestPlace.
std::optional<double> chartPlace(const Column& column, std::size_t row);

inline constexpr std::size_t kLongestLabel = 256;  ///< bytes

/// The text for the value at `row` in legends and on category axes; “NULL” for NULL. Of a text beyond
/// kLongestLabel its start and a hash of the whole: different texts have different labels. BYTES, which only
/// keys of tables have, are written in Base64.
void appendLabel(std::string& out, const Column& column, std::size_t row);

/// A text of the values at `row` that is equal for equal values only: it names a row of an updating stream.
std::string rowName(const std::vector<ChartColumn>& columns, const Batch& batch, std::size_t row);

/// Order of labels for people: by number where both are numbers, else bytewise (core 2 before core 10).
bool labelLess(const std::string& a, const std::string& b);

}  // namespace rw
