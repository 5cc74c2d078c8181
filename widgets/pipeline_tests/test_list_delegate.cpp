#include "widgets/pipeline_tests/test_list_delegate.h"

#include <QApplication>
#include <QPainter>

#include "widgets/pipeline_tests/test_list_model.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kEntryHeight = 44, kTimeRoom = 56;

}  // namespace

QSize TestListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {0, Theme::of(option.widget).scaled(kEntryHeight)};
}

void TestListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.widget);
    const Tokens& t = theme.tokens();
    QStyleOptionViewItem back = option;
    initStyleOption(&back, index);
    back.text.clear();
    const QStyle* const style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &back, painter, option.widget);

    const QRect inner = option.rect.adjusted(metrics::kListPadding, 0, -metrics::kListPadding, 0);
    const auto role = static_cast<ColorRole>(index.data(TestListModel::kColorRole).toInt());
    const QString icon = index.data(TestListModel::kIconRole).toString();
    painter->save();
    painter->drawPixmap(
        inner.left(), inner.center().y() - metrics::kIcon / 2,
        theme.pixmap(icon, metrics::kIcon, colorOf(t, role), painter->device()->devicePixelRatioF()));

    const QString time = index.data(TestListModel::kTimeRole).toString();
    const int timeRoom = time.isEmpty() ? 0 : theme.scaled(kTimeRoom);
    QRect words = inner.adjusted(metrics::kIcon + metrics::kGrid, 0, -timeRoom, 0);
    const int name = theme.lineHeight(TextStyle::BodyMedium);
    const int caption = theme.lineHeight(TextStyle::Caption);
    words.setTop(words.top() + (words.height() - name - caption) / 2);
    const auto line = [&](TextStyle font, const QColor& color, int height, const QString& text) {
        painter->setFont(theme.font(font));
        painter->setPen(color);
        const QRect room(words.left(), words.top(), words.width(), height);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, room.width()));
        words.setTop(words.top() + height);
    };
    line(TextStyle::BodyMedium, t.text, name, index.data(Qt::DisplayRole).toString());
    const bool told = role == ColorRole::Error || role == ColorRole::Warn;
    line(TextStyle::Caption, told ? colorOf(t, role) : t.dim, caption,
         index.data(TestListModel::kCaptionRole).toString());
    painter->setFont(theme.font(TextStyle::CodeSmall));
    painter->setPen(t.dim);
    painter->drawText(QRect(inner.right() - timeRoom, inner.top(), timeRoom, inner.height()),
                      Qt::AlignRight | Qt::AlignVCenter, time);
    painter->restore();
}

}  // namespace rw::ui
