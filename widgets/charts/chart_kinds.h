// The charts that there are: one entry for each kind of view names its painters, large and small. Dashboard,
// canvas and the command line take all of their pictures from here; so does the test that walks all kinds.
// Nothing lists the charts: chart_list.cmake finds each final class of this folder that says `using View =
// …;`.
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

/// The entry of a chart: its View says what it draws, its paintThumbnail() how it is drawn small.
template <class Chart>
constexpr ChartKind kindOf() {
    using View = typename Chart::View;
    return {[](const LiveView& view) { return dynamic_cast<const View*>(&view) != nullptr; },
            []() -> std::unique_ptr<ChartWidget> { return std::make_unique<Chart>(); },
            [](QPainter& painter, const QRectF& rect, const LiveView& view) {
                return Chart::paintThumbnail(painter, rect, static_cast<const View&>(view));
            }};
}

std::span<const ChartKind> chartKinds();
/// Null: nothing draws such views.
const ChartKind* chartKindOf(const LiveView& view);
/// The chart for a view; null when nothing draws it.
std::unique_ptr<ChartWidget> makeChart(const LiveView& view);

}  // namespace rw::ui
