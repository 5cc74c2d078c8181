// Decides when charts redraw: at most one a frame, each at most five times a second, and only visible ones. One
// frame of twelve charts at once would take longer than the event loop may.
#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <vector>

#include "widgets/charts/questions/chart_questions.h"

namespace rw::ui {

class ChartWidget;

class ChartScheduler : public QObject {
    Q_OBJECT
 public:
    static constexpr int kFrameMillis = 50, kLeastMillisBetween = 200;

    explicit ChartScheduler(QObject* parent = nullptr);
    /// Charts that are deleted leave by themselves.
    void add(ChartWidget* chart);
    /// Of all charts.
    ChartQuestions& questions() { return m_questions; }

 private:
    void frame();

    struct Entry {
        QPointer<ChartWidget> chart;
        qint64 drawnAt = -kLeastMillisBetween;
    };
    std::vector<Entry> m_charts;
    ChartQuestions m_questions{};
    std::size_t m_next = 0;
    QTimer m_timer;
    QElapsedTimer m_clock;
};

}  // namespace rw::ui
