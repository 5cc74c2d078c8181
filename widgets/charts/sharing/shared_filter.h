// What charts side by side keep of their rows: those with the values, and of the stretch of event time, that a
// person chose in one of them. It is about pictures only: nothing of a run changes, and no file has it.
#pragma once
#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "core/views/chart_column.h"
#include "widgets/charts/drawing/ticks.h"

namespace rw::ui {

class ChartWidget;

/// A value of a column. “NULL” is what charts name NULL by: a text of these letters is the same to them.
struct ColumnValue {
    ChartColumn column;
    std::string label;  ///< as appendLabel() writes it

    /// The column of another chart is the same by its name and the kind of its values: all numbers are of
    /// one.
    bool isOf(const ChartColumn& other) const;
    /// `other`: a label of such a column. Numbers are compared as numbers.
    bool keeps(const std::string& other) const;
    bool operator==(const ColumnValue& other) const { return isOf(other.column) && keeps(other.label); }
    /// “channel = 'web'”.
    QString words() const;
};

struct FilterCondition {
    ColumnValue value;
    const ChartWidget* chosenIn = nullptr;  ///< goes on showing the others, pale; null: it is gone
};

/// GUI thread only.
class SharedFilter : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;

    /// One for a column, in the order in which they were chosen.
    const std::vector<FilterCondition>& conditions() const { return m_conditions; }
    /// Event times in milliseconds since the epoch; none: all.
    const std::optional<Range>& times() const { return m_times; }
    bool any() const { return m_times || !m_conditions.empty(); }

    /// In place of other values of these columns. The same ones again are lifted.
    void choose(const std::vector<ColumnValue>& values, const ChartWidget* chart);
    void chooseTimes(const Range& times);
    void lift(const ColumnValue& value);
    void liftTimes();
    /// What was chosen last.
    void liftLast();
    void clear();
    /// Called by charts before they go.
    void leave(const ChartWidget* chart);

 Q_SIGNALS:
    void changed();

 private:
    std::vector<FilterCondition> m_conditions{};
    std::optional<Range> m_times{};
    std::size_t m_beforeTimes = 0;  ///< conditions that were there before the stretch
};

}  // namespace rw::ui
