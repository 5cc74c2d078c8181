#include "widgets/dashboard/filter_bar.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <algorithm>
#include <utility>

#include "core/base/time.h"
#include "widgets/charts/sharing/shared_filter.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

FilterBar::FilterBar(SharedFilter& filter, QWidget* parent)
    : QWidget(parent),
      m_filter(filter),
      m_flow(new FlowLayout(this, metrics::kGrid)),
      m_title(new QLabel(this)),
      m_reach(new QLabel(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel2");
    setProperty("edge", "bottom");
    m_flow->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                               metrics::kStep);
    m_title->setProperty("role", "caption");
    m_reach->setProperty("role", "caption");
    for (QLabel* label : {m_title, m_reach})  // as high as a chip, beside which it stands
        label->setMinimumHeight(metrics::kMinimumTarget);
    connect(&m_filter, &SharedFilter::changed, this, &FilterBar::refresh);
    refresh();
}

void FilterBar::setZone(const QTimeZone& zone) {
    m_zone = zone;
    refresh();
}

void FilterBar::setReach(std::size_t charts, std::size_t all) {
    m_charts = charts;
    m_all = all;
    refreshReach();
}

QStringList FilterBar::words() const {
    QStringList said;
    for (const Chip* chip : m_chips) said << chip->text();
    return said;
}

void FilterBar::refreshReach() {
    m_reach->setText(tr("used by %1 of %2 charts").arg(m_charts).arg(m_all));
}

Chip* FilterBar::addChip(const QString& words) {
    auto* chip = new Chip(words, this);
    chip->setTone(Chip::Tone::Accent);
    chip->setRemovable(true);
    chip->setToolTip(tr("Esc or the cross lifts the filter"));
    m_chips.push_back(chip);
    m_flow->addWidget(chip);
    chip->show();
    return chip;
}

// A chip may be the one that is being removed: it goes later.
void FilterBar::refresh() {
    const QWidget* focused = QApplication::focusWidget();
    const bool had = focused != nullptr && isAncestorOf(focused);
    while (QLayoutItem* item = m_flow->takeAt(0)) delete item;
    for (Chip* chip : std::exchange(m_chips, {})) {
        chip->hide();
        chip->deleteLater();
    }
    m_title->setText(tr("Filter"));
    refreshReach();
    m_flow->addWidget(m_title);
    for (const FilterCondition& each : m_filter.conditions())
        connect(addChip(each.value.words()), &Chip::removeRequested, this,
                [this, value = each.value] { m_filter.lift(value); });
    if (const std::optional<Range>& times = m_filter.times()) {
        const QString words =
            spanText(static_cast<Instant>(times->from), static_cast<Instant>(times->to), m_zone);
        connect(addChip(words), &Chip::removeRequested, this, [this] { m_filter.liftTimes(); });
    }
    m_flow->addWidget(m_reach);
    if (had && !m_chips.empty()) m_chips.back()->setFocus();
    setVisible(m_filter.any());
}

void FilterBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_filter.any()) return m_filter.liftLast();
    QWidget::keyPressEvent(event);
}

void FilterBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
