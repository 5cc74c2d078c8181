// What somebody asks of a chart: why the row is there that stands behind a part of its picture.
#pragma once
#include <QString>
#include <string>

namespace rw::ui {

struct ChartAsk {
    enum class Of { Point, Bar, Slice, Cell, Row } of = Of::Point;
    std::string where{};  ///< SQL over the columns of the chart's input that is true of the row
    bool operator==(const ChartAsk&) const = default;
};

/// “Why this point?”
QString wordsOf(ChartAsk::Of of);

}  // namespace rw::ui
