// Of the results of A and a variant: what can be drawn, and as curves over event time.
#pragma once
#include <QPointF>
#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

#include "core/what_if/what_if.h"
#include "widgets/what_if/ab_slider.h"

namespace rw::ui {

/// One of the columns of a result, by their numbers in WhatIfDifference::schema.
struct ResultShape {
    std::optional<int> time{};   ///< over which it is drawn; nothing: no column is a time
    std::optional<int> end{};    ///< of its windows
    std::vector<int> keys{};     ///< by which rows were matched, without times
    std::vector<int> numbers{};  ///< that can be drawn
    std::vector<int> others{};   ///< neither of these
};
ResultShape shapeOf(const WhatIfDifference& difference);

/// Of what a number says the most at first: the one that most rows have changed in, else the first.
std::optional<int> liveliest(const WhatIfDifference& difference, const ResultShape& shape);

std::optional<double> numberIn(const WhatIfRow& row, int column, const Schema& schema);
/// The values of the key, “wien · 3”.
QString keyText(const WhatIfDifference& difference, const ResultShape& shape, const WhatIfRow& row);

/// The keys that both sides have, in their order, so many at most.
inline constexpr int kMostKeys = 500;
QStringList keysOf(const WhatIfDifference& difference, const ResultShape& shape);

/// The curve of one of several variants.
struct VariantCurve {
    CompareSide side = CompareSide::B;
    std::vector<QPointF> points{};
};

struct ResultSeries {
    std::vector<QPointF> a{}, b{};  ///< ascending in time; `b` is of the variant on show
    CompareSide shown = CompareSide::B;
    std::vector<VariantCurve> others{};  ///< of the other variants
    /// Where windows of that time end; as all curves together, ascending.
    std::vector<std::pair<double, double>> spans{};
    bool empty() const { return a.empty() && b.empty(); }
    /// The other variant's curve, and the ends of its windows.
    void add(CompareSide side, ResultSeries other);
};
/// Of one key, or where it is empty, of each time the largest value of all.
ResultSeries seriesOf(const WhatIfDifference& difference, const ResultShape& shape, int number,
                      const QString& key);

}  // namespace rw::ui
