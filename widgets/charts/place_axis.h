// The axis across of charts whose x may be a time or a number: how it looks, and its places in words.
#pragma once
#include "core/views/chart_column.h"
#include "widgets/charts/drawing/ticks.h"

namespace rw::ui {

struct AxisLook;

struct PlaceAxis {
    ChartColumn column{};
    bool eventTime = false;
    QTimeZone zone = QTimeZone::utc();

    bool times() const { return column.type.is(TypeId::Timestamp); }
    /// `at`: a place on it, whose offset from UTC is told.
    AxisLook look(double at) const;
    QString text(double at) const;                   ///< for people: “14:31:10”, “42”
    QString spanText(double from, double to) const;  ///< “14:31:10 – 14:31:20”, “40 – 50”
    QString csv(double at) const;                    ///< as exported charts write it
    QString rangeText(const Range& shown) const;     ///< part of an export's file name; empty of numbers
};

/// “40 – 50”, or “40” where both ends are one.
QString numbersText(const Range& range);
/// The round range that shows values from `least` to `most`: with zero where that says something.
Range valueRange(double least, double most);

}  // namespace rw::ui
