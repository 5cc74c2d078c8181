#include "widgets/results/result_grid.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QTableView>

#include "widgets/document/number_text.h"
#include "widgets/results/result_model.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

QString count(int number) {
    return countText(static_cast<std::uint64_t>(std::max(number, 0)));
}

}  // namespace

ResultFooter::ResultFooter(QTableView& grid, QWidget* parent)
    : QWidget(parent), m_grid(grid), m_chosen(new QLabel(this)), m_place(new QLabel(this)) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel2");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding, metrics::kStep);
    for (QLabel* label : {m_chosen, m_place}) label->setProperty("role", "caption");
    row->addWidget(m_chosen);
    row->addStretch();
    row->addWidget(m_place);
    connect(grid.verticalScrollBar(), &QScrollBar::valueChanged, this, &ResultFooter::refresh);
    connect(grid.verticalScrollBar(), &QScrollBar::rangeChanged, this, &ResultFooter::refresh);
    connect(grid.selectionModel(), &QItemSelectionModel::selectionChanged, this, &ResultFooter::refresh);
}

void ResultFooter::setNotice(const QString& text, bool warning) {
    m_notice = text;
    m_warning = warning;
    refresh();
}

void ResultFooter::setGridShown(bool shown) {
    if (shown == m_gridShown) return;
    m_gridShown = shown;
    refresh();
}

void ResultFooter::refresh() {
    if (m_grid.model() == nullptr) return;  // it goes before the grid when the page ends
    const int rows = m_grid.model()->rowCount();
    const int first = m_grid.rowAt(0);
    int last = m_grid.rowAt(m_grid.viewport()->height() - 1);
    if (last < 0) last = rows - 1;
    m_place->setText(rows == 0 || !m_gridShown
                         ? QString()
                         : tr("%1 – %2 of %3").arg(count(first + 1), count(last + 1), count(rows)));
    const char* role = m_warning ? "warn" : "caption";
    if (m_chosen->property("role").toString() != QLatin1String(role)) {
        m_chosen->setProperty("role", role);
        Theme::repolish(m_chosen);
    }
    // By ranges, which are whole rows: there may be millions of those.
    const QItemSelection chosen = m_grid.selectionModel()->selection();
    if (m_warning || chosen.isEmpty() || !m_gridShown) return m_chosen->setText(m_notice);
    int size = 0;
    for (const QItemSelectionRange& range : chosen) size += range.height();
    m_chosen->setText(size == 1 ? tr("Row %1 selected").arg(count(chosen.front().top() + 1))
                                : tr("%1 rows selected").arg(count(size)));
}

namespace {

constexpr int kMargin = 8, kBarHeight = 10;
constexpr double kBarShare = 0.6;  // of the cell: the words stand at its right end

}  // namespace

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyleOptionViewItem seen = inSight(option);
    QStyledItemDelegate::paint(painter, seen, index);
    const Tokens& t = Theme::of(this).tokens();
    painter->fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), t.line);
    const QVariant bar = index.data(ResultModel::kBarRole);
    if (!bar.isValid()) return;
    initStyleOption(&seen, index);  // the font of the cell
    const QRect cell = seen.rect;
    const int words = seen.fontMetrics.horizontalAdvance(seen.text) + 2 * kMargin;
    const int room = std::min(static_cast<int>(cell.width() * kBarShare), cell.width() - words - kMargin);
    const int length = static_cast<int>(room * bar.toDouble());
    if (length <= 0) return;
    const QRect box(cell.left() + kMargin, cell.center().y() - kBarHeight / 2 + 1, length, kBarHeight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(t.accent, t.field, Shade::Bar));
    painter->drawRoundedRect(box, metrics::kBarRadius, metrics::kBarRadius);
    painter->restore();
}

}  // namespace rw::ui
