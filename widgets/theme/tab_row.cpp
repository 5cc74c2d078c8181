#include "widgets/theme/tab_row.h"

#include <QHBoxLayout>
#include <QTabBar>

#include "widgets/theme/metrics.h"

namespace rw::ui {

TabRow::TabRow(QTabBar* tabs, QWidget* parent) : QWidget(parent), m_line(new QHBoxLayout(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "tabs");
    tabs->setExpanding(false);
    tabs->setDrawBase(false);
    m_line->setContentsMargins(0, 0, metrics::kGrid, 0);
    m_line->setSpacing(metrics::kGrid);
    m_line->addWidget(tabs);
    m_line->addStretch();
}

}  // namespace rw::ui
