#include "widgets/results/result_delegate.h"

#include <QPainter>

#include "widgets/results/result_model.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr int kMargin = 8, kBarHeight = 10;
constexpr double kBarShare = 0.6;  // of the cell: the words stand at its right end

}  // namespace

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const Tokens& t = Theme::of(this).tokens();
    painter->fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), t.line);
    const QVariant bar = index.data(ResultModel::kBarRole);
    if (!bar.isValid()) return;
    const QRect cell = option.rect;
    const int words = option.fontMetrics.horizontalAdvance(index.data().toString()) + 2 * kMargin;
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
