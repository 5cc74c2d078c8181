// The rows of the results as a quick chart.
#pragma once
#include <QWidget>

#include "widgets/background/latest.h"
#include "widgets/results/result_reader.h"

class QLabel;
class QStackedLayout;

namespace rw::ui {

class EmptyState;
class QuickChart;

/// Reads them anew when another match comes: the first kMostRows of it, in its order. Words tell that there
/// are more, and that no column can be charted.
class ResultChart : public QWidget {
    Q_OBJECT
 public:
    static constexpr std::int64_t kMostRows = 50'000;

    explicit ResultChart(QWidget* parent = nullptr);
    ~ResultChart() override;

    void setMatch(const ResultReader::Match& match);  ///< null: nothing is read
    void retranslate();

 private:
    struct Read;
    void take(const Read& read);
    void showWords();

    ResultReader::Match m_match{};
    bool m_charted = false;
    std::optional<Error> m_error{};
    Worker m_worker;
    Latest m_reading{this};
    QuickChart* m_chart;
    EmptyState* m_nothing;
    QLabel* m_note;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui
