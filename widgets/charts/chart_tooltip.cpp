#include "widgets/charts/chart_tooltip.h"

#include <QPainter>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kPadding = 12, kDot = 8, kGap = 16, kFromPointer = 14;
constexpr qsizetype kMostLetters = 80;  ///< of a name from the data: the chart must stay in sight
}  // namespace

ChartTooltip::ChartTooltip(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void ChartTooltip::showAt(const QPoint& at, const QString& head, const QString& note, std::vector<Row> rows) {
    m_head = shownText(head, kMostLetters);
    m_note = shownText(note);
    m_rows = std::move(rows);
    setAccessibleName(m_head);
    for (Row& row : m_rows) row.name = shownText(row.name, kMostLetters);
    const Theme& theme = Theme::of(this);
    const QFontMetrics code(theme.font(TextStyle::CodeSmall)), words(theme.font(TextStyle::Caption));
    int wide = std::max(code.horizontalAdvance(m_head), words.horizontalAdvance(m_note));
    for (const Row& row : m_rows) {
        wide = std::max(
            wide, 2 * kDot + words.horizontalAdvance(row.name) + kGap + code.horizontalAdvance(row.value));
    }
    const int line = theme.lineHeight(TextStyle::Body) + 2;
    const int lines = 1 + (m_note.isEmpty() ? 0 : 1) + static_cast<int>(m_rows.size());
    resize(wide + 2 * kPadding, lines * line + 2 * kPadding - 4);
    int x = at.x() + kFromPointer;
    if (x + width() > parentWidget()->width()) x = std::max(0, at.x() - kFromPointer - width());
    const int y = std::clamp(at.y() - height() / 2, 0, std::max(0, parentWidget()->height() - height()));
    move(x, y);
    show();
    raise();
    update();
}

void ChartTooltip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.setPen(tokens.line2);
    painter.setBrush(tokens.panel2);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius,
                            metrics::kCardRadius);
    const int line = theme.lineHeight(TextStyle::Body) + 2;
    QRect row(kPadding, kPadding - 2, width() - 2 * kPadding, line);
    painter.setFont(theme.font(TextStyle::CodeSmall));
    painter.setPen(tokens.text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, m_head);
    if (!m_note.isEmpty()) {
        row.translate(0, line);
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(tokens.dim);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, m_note);
    }
    for (const Row& entry : m_rows) {
        row.translate(0, line);
        painter.setPen(Qt::NoPen);
        painter.setBrush(entry.color);
        painter.drawEllipse(QPointF(row.left() + kDot / 2.0, row.center().y()), kDot / 2.0, kDot / 2.0);
        painter.setPen(tokens.text);
        painter.setFont(theme.font(TextStyle::Caption));
        painter.drawText(row.adjusted(2 * kDot, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, entry.name);
        painter.setFont(theme.font(TextStyle::CodeSmall));
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, entry.value);
    }
}

}  // namespace rw::ui
