// The colours of a heat map, from the least value to the most, and the strip that explains them.
#pragma once
#include <QWidget>

#include "widgets/charts/drawing/ticks.h"

class QPainter;

namespace rw::ui {

struct Tokens;

QColor heatColor(const Tokens& tokens, double value, const Range& values);

class HeatScale : public QWidget {
    Q_OBJECT
 public:
    explicit HeatScale(QWidget* parent = nullptr);

    /// `name`: of the column whose values these are.
    void set(const Range& values, const QString& name);
    /// Where the words begin: below the left end of the plot.
    void setIndent(int pixels);
    /// Draws it, for exports.
    void paintInto(QPainter& painter, const QRectF& rect) const;
    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    Range m_values;
    QString m_name;
    int m_indent = 0;
};

}  // namespace rw::ui
