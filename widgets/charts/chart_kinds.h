// The charts that there are: one entry for each kind of view names its painters, large and small. Dashboard,
// canvas and the command line take all of their pictures from here; so does the test that walks all kinds.
#pragma once
#include <QRectF>
#include <memory>
#include <span>

#include "widgets/charts/chart_widget.h"

namespace rw::ui {

struct ChartKind {
    bool (*draws)(const LiveView& view);
    /// Its exports (PNG, SVG, CSV) are those of the widget.
    std::unique_ptr<ChartWidget> (*make)();
    /// Paints a view that it draws as a small picture; false when there is nothing to show yet.
    bool (*thumbnail)(QPainter& painter, const QRectF& rect, const LiveView& view);
};

std::span<const ChartKind> chartKinds();
/// Null: nothing draws such views.
const ChartKind* chartKindOf(const LiveView& view);
/// The chart for a view; null when nothing draws it.
std::unique_ptr<ChartWidget> makeChart(const LiveView& view);

}  // namespace rw::ui
