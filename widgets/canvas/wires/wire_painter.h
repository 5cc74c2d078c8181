// How a wire looks: line, moving dots and the pill with its rate.
#pragma once
#include <QPainter>
#include <QString>
#include <optional>

#include "core/pipeline/node_kind.h"
#include "widgets/canvas/wires/wire_path.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

struct WireLook {
    PortRole role = PortRole::Rows;
    double rate = 0;          ///< rows per second
    double backpressure = 0;  ///< 0 … 1
    bool flowing = false;     ///< a run is on and rows come
    std::optional<std::uint64_t> sampled{};  ///< nothing runs: rows of a sample
    std::optional<std::uint64_t> traced{};   ///< rows of an answer whose way is shown
    std::optional<std::uint64_t> stepped{};  ///< the run stands: rows that its last step brought
    bool broken = false;      ///< an error is about this wire
    bool hovered = false, selected = false, target = false;
    bool operator==(const WireLook&) const = default;
};

QColor wireColor(const Tokens& tokens, const WireLook& look);

/// `plain`: without antialiasing, while panning.
void paintWire(QPainter& painter, const QPainterPath& path, const WireLook& look, bool plain);

/// Distance between dots, in scene units; denser is more rows.
double dotSpacing(double rate);
/// Dots `phase` units along from where they started.
void paintDots(QPainter& painter, const WireCourse& course, const WireLook& look, double phase);

/// “1.6 k/s”, “10.8 k/s · 34 %”, of a sample “849”, of a step “+10”; empty when there is nothing to say.
QString wireLabel(const WireLook& look);
/// The pill's place: at the middle, 16 above it where it would hide most of the wire.
QRectF labelRect(const WireCourse& course, const QString& text);
void paintLabel(QPainter& painter, const QRectF& rect, const QString& text, const WireLook& look);

/// The wire being drawn, to the pointer; `refused`: dotted in red with a crossed circle at its end.
void paintDraggedWire(QPainter& painter, const QPainterPath& path, QPointF end, bool refused, bool snapped);

}  // namespace rw::ui
