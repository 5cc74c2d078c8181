// Views with a few rows in them, and eyes for the pictures that charts draw of them.
#pragma once
#include <QColor>
#include <QImage>
#include <memory>

#include "core/views/line_view.h"

namespace rw::test {

/// ts TIMESTAMP, core INT, load DOUBLE.
SchemaRef schema();
ChartColumn column(int index);

inline double quarters(int i) {
    return static_cast<double>(i) / 4;
}
/// Rows at half seconds from 1'700'000'000'000 on, for two cores in turn.
Batch rows(int count, double (*load)(int) = quarters);
/// A line for each core.
std::shared_ptr<LineView> lineView(int count);

inline constexpr Instant kDay = 86'400'000, kFirstDay = 1'704'067'200'000;  // 2024-01-01
/// A value a day from then on, as windows of a day give it: 1, 2, 3 …
std::shared_ptr<LineView> dailyView(int days);

/// How many pixels of the picture have this colour, or nearly.
int pixelsOf(const QImage& image, const QColor& color);

}  // namespace rw::test
