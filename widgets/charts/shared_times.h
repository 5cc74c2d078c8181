// What charts side by side share: the stretch of event time that they show, and the moment that is pointed at
// in one of them.
#pragma once
#include <QObject>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "widgets/charts/drawing/ticks.h"

namespace rw::ui {

class ChartWidget;

/// GUI thread only. Times are milliseconds since the epoch.
class SharedTimes : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// The newest stretch of each chart that is shown, `0`: all that there is; none: as each chart says.
    std::optional<Millis> newest() const { return m_newest; }
    void showNewest(std::optional<Millis> span);
    /// The stretch in which all charts stand still; none: they go on with the newest rows.
    const std::optional<Range>& held() const { return m_held; }
    void hold(const Range& times);
    void follow();
    /// The same stretch before or after, from what is shown now. Nothing as long as nothing is.
    void step(bool back);

    /// The moment that is pointed at, and the chart in which; nowhere: none.
    std::optional<double> moment() const { return m_moment; }
    const ChartWidget* pointed() const { return m_pointed; }
    void pointAt(std::optional<double> moment, const ChartWidget* chart);

    /// A chart shows these times while nothing is held.
    void sawNewest(const Range& times);
    /// Whether there is anything to step from.
    bool canStep() const { return m_held || m_seen; }

    /// Called by charts whose times can be chosen, and by all before they go.
    void join(const ChartWidget* chart);
    void leave(const ChartWidget* chart);
    /// How many have times that can be chosen.
    std::size_t count() const { return m_charts.size(); }

 Q_SIGNALS:
    void countChanged();  ///< or whether it can step
    void timesChanged();
    void momentChanged();

 private:
    std::optional<Millis> m_newest{};
    std::optional<Range> m_held{};
    std::optional<Range> m_seen{};  ///< the one that ends last, of those that charts showed
    std::optional<double> m_moment{};
    const ChartWidget* m_pointed = nullptr;
    std::vector<const ChartWidget*> m_charts{};
};

}  // namespace rw::ui
