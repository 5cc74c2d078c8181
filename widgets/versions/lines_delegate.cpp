#include "widgets/versions/lines_delegate.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kSignRoom = 24, kEndRoom = 32, kLetterSize = 18;

}  // namespace

QRect LinesDelegate::arrowIn(const QRect& row) {
    return {row.right() - kEndRoom + 1, row.top() + metrics::kStep, metrics::kMinimumTarget,
            metrics::kMinimumTarget};
}

void LinesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    const QWidget* const list = option.widget;
    list->style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, list);
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRect words = option.rect.adjusted(metrics::kListPadding, metrics::kGrid, -kEndRoom, -metrics::kGrid);
    const QString sign = index.data(SignRole).toString();
    if (!sign.isEmpty()) {
        painter->setFont(theme.font(TextStyle::BodyStrong));
        painter->setPen(colorOf(t, static_cast<ColorRole>(index.data(SignColorRole).toInt())));
        painter->drawText(QRect(words.topLeft(), QSize(kSignRoom, theme.lineHeight(TextStyle::BodyStrong))),
                          Qt::AlignLeft | Qt::AlignVCenter, sign);
        words.setLeft(words.left() + kSignRoom);
    }
    const auto line = [&](TextStyle style, const QColor& color, const QString& text) {
        const int height = theme.lineHeight(style);
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.topLeft(), QSize(words.width(), height)),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        words.setTop(words.top() + height);
    };
    const bool off = !index.flags().testFlag(Qt::ItemIsEnabled);
    line(TextStyle::BodyStrong, off ? t.disabled : t.text, index.data(Qt::DisplayRole).toString());
    for (const QString& text : index.data(LinesRole).toStringList()) line(TextStyle::Caption, t.dim, text);
    const QRect end = arrowIn(option.rect);
    if (const QString letter = index.data(LetterRole).toString(); !letter.isEmpty()) {
        QRect circle(0, 0, kLetterSize, kLetterSize);
        circle.moveCenter(end.center());
        painter->setPen(QPen(t.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(circle);
        painter->setFont(theme.font(TextStyle::CaptionStrong));
        painter->drawText(circle, Qt::AlignCenter, letter);
    }
    if (index.data(ArrowRole).toBool()) {
        QRect place(0, 0, metrics::kIconSmall, metrics::kIconSmall);
        place.moveCenter(end.center());
        painter->drawPixmap(place,
                            theme.pixmap(u"undo", metrics::kIconSmall, t.dim, list->devicePixelRatioF()));
    }
    painter->restore();
}

QSize LinesDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    const auto lines = static_cast<int>(index.data(LinesRole).toStringList().size());
    return {0, theme.lineHeight(TextStyle::BodyStrong) + lines * theme.lineHeight(TextStyle::Caption) +
                   2 * metrics::kGrid};
}

bool LinesDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    const bool released = event->type() == QEvent::MouseButtonRelease;
    if (released && index.data(ArrowRole).toBool()) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton && arrowIn(option.rect).contains(mouse->pos())) {
            Q_EMIT arrowClicked(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

}  // namespace rw::ui
