#include "widgets/theme/sparkline.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr double kFillOpacity = 0.22;
constexpr double kBaseOpacity = 0.5;  // of the base where no values are yet
constexpr double kLineWidth = 1.25;
constexpr std::size_t kCapacity = 60;
constexpr double kNoise = 0.2;  // of the largest

std::pair<double, double> rangeOf(std::span<const double> values) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return {low, high};
}

}  // namespace

void paintSparkline(QPainter& painter, const QRectF& rect, std::span<const double> values,
                    const QColor& color, std::size_t capacity, double noise) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto [low, high] = rangeOf(values);
    const QRectF box = rect.adjusted(0, 1, 0, 0);
    const std::size_t places = std::max(capacity, values.size());
    if (values.size() < 2 || low > high) {
        painter.setPen(QPen(color, kLineWidth));
        painter.drawLine(QPointF(box.left(), box.bottom() - 1), QPointF(box.right(), box.bottom() - 1));
        painter.restore();
        return;
    }

    // A steady figure stays about half height; otherwise a fifth of room is left below, so that the least is
    // still seen.
    const bool steady = high - low <= noise;
    const double base = steady ? 0.5 : 0.2, from = steady ? (low + high) / 2 : low;
    const double scale = !steady ? 0.8 / (high - low) : noise > 0 ? 0.25 / noise : 0;
    const auto yOf = [&](double value) {
        return box.bottom() - (base + scale * (value - from)) * (box.height() - 1);
    };
    const double step = box.width() / static_cast<double>(places - 1);
    const double first = box.right() - step * static_cast<double>(values.size() - 1);

    QPainterPath line;
    QPainterPath area;
    bool open = false;
    double lastX = first;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = first + step * static_cast<double>(i);
        if (!std::isfinite(values[i])) {
            if (open) area.lineTo(lastX, box.bottom());
            open = false;
            continue;
        }
        const QPointF point(x, yOf(values[i]));
        if (open) {
            line.lineTo(point);
        } else {
            line.moveTo(point);
            area.moveTo(x, box.bottom());
            open = true;
        }
        area.lineTo(point);
        lastX = x;
    }
    if (open) area.lineTo(lastX, box.bottom());

    QColor fill = color;
    fill.setAlphaF(static_cast<float>(kBaseOpacity));
    painter.setPen(QPen(fill, 1));
    painter.drawLine(QPointF(box.left(), box.bottom() - 0.5),
                     QPointF(line.elementAt(0).x, box.bottom() - 0.5));
    fill.setAlphaF(static_cast<float>(kFillOpacity));
    if (!steady) painter.fillPath(area, fill);
    painter.strokePath(line, QPen(color, kLineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.restore();
}

std::vector<double> bridged(std::span<const std::optional<double>> values) {
    std::vector<double> filled;
    double last = std::numeric_limits<double>::quiet_NaN();
    for (const auto& value : values) filled.push_back(last = value.value_or(last));
    return filled;
}

Sparkline::Sparkline(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Sparkline::setColorRole(ColorRole role) {
    m_role = role;
    update();
}

void Sparkline::push(double value) {
    m_values.push_back(value);
    if (m_values.size() > kCapacity) m_values.pop_front();
    update();
}

void Sparkline::clear() {
    m_values.clear();
    update();
}

QSize Sparkline::sizeHint() const {
    return {80, Theme::of(this).scaled(18)};
}

void Sparkline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const std::vector<double> values(m_values.begin(), m_values.end());
    const double most = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    paintSparkline(painter, QRectF(rect()), values, colorOf(Theme::of(this).tokens(), m_role), kCapacity,
                   kNoise * most);
}

}  // namespace rw::ui
