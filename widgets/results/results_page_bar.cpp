// The bar above the rows of the results.
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/results/results_page.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

QWidget* ResultsPage::makeBar() {
    m_bar = new QWidget;
    m_bar->setAttribute(Qt::WA_StyledBackground);
    m_bar->setProperty("surface", "panel");
    m_bar->setProperty("edge", "bottom");
    m_bar->installEventFilter(this);
    auto* grid = new QGridLayout(m_bar);
    grid->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    grid->setVerticalSpacing(metrics::kGrid);
    grid->setColumnStretch(1, 1);
    m_exportButton->setProperty("role", "primary");
    m_exportButton->setIcon(Theme::of(this).icon(u"download", ColorRole::OnAccent));
    m_exportButton->setMenu(m_exportMenu);
    grid->addWidget(m_count, 0, 0);
    grid->addWidget(m_filter, 0, 1, Qt::AlignLeft);
    m_asChart->setCheckable(true);
    grid->addWidget(m_asChart, 0, 2);
    grid->addWidget(m_exportButton, 0, 3);
    return m_bar;
}

// Beside the count where there is room, else below it, with the button.
void ResultsPage::placeFilter() {
    auto& grid = static_cast<QGridLayout&>(*m_bar->layout());
    const int whole = Theme::of(this).scaled(260);
    const int count = m_count->sizeHint().width();
    const int button = m_exportButton->sizeHint().width() + m_asChart->sizeHint().width() + metrics::kGrid;
    m_bar->setMinimumWidth(std::max(count, button + Theme::of(this).scaled(64)) + 3 * metrics::kGrid);
    const bool below = count + button + whole + 4 * metrics::kPanelPadding > m_bar->width();
    const int around = below ? metrics::kGrid : metrics::kPanelPadding;
    grid.setHorizontalSpacing(around);
    grid.setContentsMargins(around, metrics::kGrid, around, metrics::kGrid);
    m_filter->setMinimumWidth(below ? 0 : whole);
    m_filter->setMaximumWidth(whole);
    if (below == (grid.itemAtPosition(1, 0) != nullptr)) return;
    for (QWidget* part : std::initializer_list<QWidget*>{m_count, m_filter, m_asChart, m_exportButton})
        grid.removeWidget(part);
    if (below) {
        grid.addWidget(m_count, 0, 0, 1, 4);
        grid.addWidget(m_filter, 1, 0, 1, 2);
        grid.addWidget(m_asChart, 1, 2);
        grid.addWidget(m_exportButton, 1, 3);
    } else {
        grid.addWidget(m_count, 0, 0);
        grid.addWidget(m_filter, 0, 1, Qt::AlignLeft);
        grid.addWidget(m_asChart, 0, 2);
        grid.addWidget(m_exportButton, 0, 3);
    }
}

}  // namespace rw::ui
