// The box beside the crosshair: a head line, and a row per value with its colour.
#pragma once
#include <QColor>
#include <QWidget>
#include <vector>

namespace rw::ui {

class ChartTooltip : public QWidget {
    Q_OBJECT
 public:
    struct Row {
        QColor color;
        QString name, value;
    };
    explicit ChartTooltip(QWidget* parent);

    /// Shows it beside `at` (in the parent), on the side where it fits.
    void showAt(const QPoint& at, const QString& head, const QString& note, std::vector<Row> rows);

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    QString m_head, m_note;
    std::vector<Row> m_rows;
};

}  // namespace rw::ui
