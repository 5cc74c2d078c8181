#include "widgets/charts/cards/row_count.h"

#include "core/base/figures.h"
#include "core/views/view_state.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/document/translated.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

RowCount::RowCount(QWidget* parent) : QLabel(parent) {
    setObjectName(QStringLiteral("rowCount"));
    setProperty("role", "caption");
    hide();
}

void RowCount::refresh(const ChartWidget* chart) {
    m_words.clear();
    if (chart != nullptr && chart->hasRows()) {
        m_words = translated(
            figures::counted(chart->shownRows(), RW_TEXT("chart", "1 row"), RW_TEXT("chart", "%1 rows")));
        QString tip =
            translated(figures::counted(chart->shownRows(), RW_TEXT("chart", "1 row has come to this chart."),
                                        RW_TEXT("chart", "%1 rows have come to this chart.")));
        const auto* view = dynamic_cast<const ViewState*>(chart->view());
        const std::uint64_t blank = view != nullptr ? view->totals().skipped : 0;
        if (blank > 0)
            tip += QLatin1Char('\n') +
                   translated(figures::counted(blank, RW_TEXT("chart", "1 has no value that can be drawn."),
                                               RW_TEXT("chart", "%1 have no value that can be drawn.")));
        setToolTip(wrappedLines(tip));
        setAccessibleDescription(tip);
    }
    if (text() != m_words) setText(m_words);
    setRoom(m_room);
}

void RowCount::setRoom(bool there) {
    m_room = there;
    setVisible(m_room && !m_words.isEmpty());
}

}  // namespace rw::ui
