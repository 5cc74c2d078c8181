// The last values of one figure as a line without axes, the smallest at the bottom and the largest at the
// top.
#pragma once
#include <QWidget>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "widgets/theme/tokens.h"

class QPainter;

namespace rw::ui {

// Paints `values` evenly spaced over `rect`, newest at the right; NaN leaves a gap, fewer than two values
// draw a level line. `capacity` is how many values fill the whole width (0: as many as there are). Values
// that differ by no more than `noise` are a calm line without a filled area.
void paintSparkline(QPainter& painter, const QRectF& rect, std::span<const double> values,
                    const QColor& color, std::size_t capacity = 0, double noise = 0);

// Values with the gaps between them filled by the value before: a figure stands until the next one comes.
// The part before the first value stays empty.
std::vector<double> bridged(std::span<const std::optional<double>> values);

// Of a rate: a difference of less than a fifth is noise.
class Sparkline : public QWidget {
    Q_OBJECT
 public:
    explicit Sparkline(QWidget* parent = nullptr);

    void setColorRole(ColorRole role);
    void push(double value);  // the last 60 are shown: of figures that come every second a minute
    void clear();

    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    std::deque<double> m_values;
    ColorRole m_role = ColorRole::Accent;
};

}  // namespace rw::ui
