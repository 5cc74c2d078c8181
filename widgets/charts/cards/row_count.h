// In the head of a chart: how many rows have come to it.
#pragma once
#include <QLabel>

namespace rw::ui {

class ChartWidget;

/// Hidden while nothing has come. Of a picture that is held it counts the rows that the picture shows.
class RowCount : public QLabel {
    Q_OBJECT
 public:
    explicit RowCount(QWidget* parent = nullptr);

    void refresh(const ChartWidget* chart);
    /// In little room the number is told by the chart's description alone.
    void setRoom(bool there);
    /// For screen readers; empty: nothing has come.
    const QString& words() const { return m_words; }

 private:
    QString m_words;
    bool m_room = true;
};

}  // namespace rw::ui
