// The result of a query as a chart: a number over time as a line, over names as bars. Hidden where a result
// has no such columns.
#pragma once
#include <QWidget>

#include "core/query/query.h"
#include "core/stream/live_view.h"
#include "widgets/background/latest.h"

class QComboBox;
class QLabel;
class QStackedLayout;

namespace rw::ui {

class BarChart;
class LineChart;

/// Values of such a column stand at the right: numbers, and DECIMALs in texts.
bool holdsNumbers(const SqliteColumn& column);

/// The columns of a result that a chart may have.
struct ChartChoice {
    std::vector<std::size_t> across{};   ///< times and names, in their order; without any the first number
    std::vector<std::size_t> numbers{};  ///< in their order
    bool any() const { return !across.empty() && !numbers.empty(); }
};
/// A time is a column whose first value that is not NULL is written as one.
ChartChoice chartColumns(const QueryResult& result);
bool holdsTimes(const QueryResult& result, std::size_t column);

/// The picture of one column over another: a LineView over times, a BarView over anything else.
std::shared_ptr<LiveView> chartOf(const QueryResult& result, std::size_t across, std::size_t number);

class QuickChart : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 300;

    explicit QuickChart(QWidget* parent = nullptr);

    using Answer = std::shared_ptr<const QueryAnswer>;
    void set(Answer answer);  ///< null: none
    bool hasChart() const { return m_choice.any(); }
    void retranslate();

 private:
    void fill(QComboBox& box, const std::vector<std::size_t>& columns);
    void draw();

    Answer m_answer{};
    ChartChoice m_choice{};
    QLabel *m_title, *m_acrossLabel, *m_numberLabel;
    QComboBox *m_across, *m_number;
    LineChart* m_line;
    BarChart* m_bars;
    QWidget* m_blank;
    QStackedLayout* m_pages;
    Latest m_drawing{this};
};

}  // namespace rw::ui
