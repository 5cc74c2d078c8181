#include "widgets/lineage/step_list.h"

#include <QPainter>
#include <QStyle>
#include <utility>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

using Kind = AnswerStep::Kind;

constexpr int kMarkRoom = 40, kMarkSize = 22, kSignSize = 10;

QString iconOfStep(Kind kind) {
    switch (kind) {
        case Kind::Row:
            return QStringLiteral("table");
        case Kind::Window:
            return QStringLiteral("clock");
        case Kind::Rows:
            return QStringLiteral("rows");
        case Kind::Note:
            return QStringLiteral("info");
        case Kind::Other:
            return QStringLiteral("help");
        case Kind::Filtered:
        case Kind::Late:
        case Kind::Rejected:
            break;
    }
    return {};
}

/// On the way from the row to the sources.
bool isOnTheWay(Kind kind) {
    return kind == Kind::Row || kind == Kind::Window || kind == Kind::Rows;
}

/// Late: a triangle; left out: a hollow square; rejected: a square.
void paintSign(QPainter& painter, Kind kind, const QRect& mark, const Tokens& t) {
    QRect sign(0, 0, kSignSize, kSignSize);
    sign.moveCenter(mark.center());
    painter.setRenderHint(QPainter::Antialiasing);
    if (kind == Kind::Late) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.warn.line);
        painter.drawPolygon(
            QPolygon({sign.topLeft(), {sign.right() + 1, sign.center().y()}, sign.bottomLeft()}));
    } else if (kind == Kind::Filtered) {
        painter.setPen(QPen(t.dim, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(sign.adjusted(1, 1, -1, -1));
    } else {
        painter.fillRect(sign, t.error.line);
    }
}

void paintMark(QPainter& painter, Kind kind, const QRect& room, bool first, bool last, double scale) {
    const Theme& theme = Theme::of();
    const Tokens& t = theme.tokens();
    QRect mark(0, 0, kMarkSize, kMarkSize);
    mark.moveCenter(room.center());
    painter.save();
    // The way stands on one line from the row to the sources.
    painter.setPen(QPen(t.line2, 2));
    const int middle = mark.center().x();
    if (!first) painter.drawLine(middle, room.top(), middle, mark.top() - 1);
    if (!last) painter.drawLine(middle, mark.bottom() + 1, middle, room.bottom());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isOnTheWay(kind) ? t.accent : t.line2, 1));
    painter.setBrush(t.panel);
    painter.drawEllipse(mark);
    const QString icon = iconOfStep(kind);
    if (icon.isEmpty()) {
        paintSign(painter, kind, mark, t);
    } else {
        QRect place(0, 0, metrics::kIconTiny, metrics::kIconTiny);
        place.moveCenter(mark.center());
        painter.drawPixmap(
            place, theme.pixmap(icon, metrics::kIconTiny, isOnTheWay(kind) ? t.accent : t.dim, scale));
    }
    painter.restore();
}

}  // namespace

void StepModel::set(std::vector<AnswerStep> steps) {
    beginResetModel();
    m_steps = std::move(steps);
    endResetModel();
}

int StepModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

QVariant StepModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const AnswerStep& step = m_steps[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return shownText(step.title);
        case Qt::AccessibleTextRole:
            return shownText(step.words.isEmpty() ? step.title
                                                  : step.title + QStringLiteral(". ") + step.words);
        case Qt::ToolTipRole:
            return tipText(step.words.isEmpty() ? step.title : step.title + u'\n' + step.words);
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::BodyStrong);
        default:
            return {};
    }
}

void StepDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    const QWidget* const list = option.widget;
    list->style()->drawControl(QStyle::CE_ItemViewItem, &plain, painter, list);
    const auto& model = static_cast<const StepModel&>(*index.model());
    const AnswerStep& step = model.steps()[static_cast<std::size_t>(index.row())];
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    QRect mark = option.rect;
    mark.setWidth(kMarkRoom);
    paintMark(*painter, step.kind, mark, index.row() == 0, index.row() + 1 == model.rowCount(),
              list->devicePixelRatioF());
    QRect words = option.rect.adjusted(kMarkRoom, metrics::kStep, -metrics::kGrid, -metrics::kStep);
    if (step.words.isEmpty()) words.translate(0, theme.lineHeight(TextStyle::Caption) / 2);
    painter->save();
    const auto line = [&](TextStyle style, const QColor& color, const QString& text) {
        const int height = theme.lineHeight(style);
        painter->setFont(theme.font(style));
        painter->setPen(color);
        painter->drawText(QRect(words.topLeft(), QSize(words.width(), height)),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
        words.setTop(words.top() + height);
    };
    line(TextStyle::BodyStrong, t.text, shownText(step.title));
    line(TextStyle::Caption, t.dim, shownText(step.words));
    painter->restore();
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    const Theme& theme = Theme::of(this);
    const int lines = theme.lineHeight(TextStyle::BodyStrong) + theme.lineHeight(TextStyle::Caption);
    return {kMarkRoom, lines + 2 * metrics::kStep};
}

}  // namespace rw::ui
