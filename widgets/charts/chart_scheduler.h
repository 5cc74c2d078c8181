// Decides when charts redraw: at most one a frame, each at most five times a second, and only visible ones.
// One frame of twelve charts at once would take longer than the event loop may. While no chart is seen, or
// none has had news for a while, nothing ticks.
#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <vector>

#include "widgets/background/ticker.h"
#include "widgets/charts/questions/chart_questions.h"

namespace rw::ui {

class ChartWidget;

class ChartScheduler : public QObject {
    Q_OBJECT
 public:
    static constexpr int kFrameMillis = 50, kLeastMillisBetween = 200;
    /// Without news it looks on for so long: longer than it takes from one of a session's updates to the
    /// next.
    static constexpr int kQuietMillis = 1'500;

    explicit ChartScheduler(QObject* parent = nullptr);
    /// Charts that are deleted leave by themselves.
    void add(ChartWidget* chart);
    /// Their views may have news from now on: a run goes on, or has told of itself.
    void look();
    /// Of all charts.
    ChartQuestions& questions() { return m_questions; }

 private:
    void follow();
    void frame();

    struct Entry {
        QPointer<ChartWidget> chart;
        QPointer<Sight> sight;  ///< of the chart, which owns it
        qint64 drawnAt = -kLeastMillisBetween;
    };
    std::vector<Entry> m_charts;
    ChartQuestions m_questions{};
    std::size_t m_next = 0;
    qint64 m_newsAt = 0;  ///< when there was something to draw last, or look() was called
    bool m_looks = false;  ///< there may be something to draw
    Ticker m_ticker;
    QElapsedTimer m_clock;
};

}  // namespace rw::ui
