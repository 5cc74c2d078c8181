#include "widgets/sample/sample_delegate.h"

#include <QPainter>
#include <QTableView>

#include "widgets/sample/sample_model.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

SampleDelegate::SampleDelegate(QTableView& table) : CellDelegate(&table), m_table(table) {}

void SampleDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    CellDelegate::paint(painter, option, index);
    const QString note = index.data(SampleModel::kNoteRole).toString();
    if (note.isEmpty() || index.column() == SampleModel::kNumber) return;
    // All cells of the line draw their part of one text.
    const Theme& theme = Theme::of(&m_table);
    const int left = std::max(m_table.columnViewportPosition(1), 0) + metrics::kGrid;
    const QRect line(left, option.rect.top(), m_table.viewport()->width() - left, option.rect.height());
    painter->save();
    painter->setClipRect(option.rect);
    painter->setFont(theme.font(TextStyle::Caption));
    painter->setPen(index.data(Qt::ForegroundRole).value<QColor>());
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(shownText(note), Qt::ElideRight, line.width()));
    painter->restore();
}

}  // namespace rw::ui
