#include "widgets/inspector/value_rows.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr qsizetype kMostShown = 200;  ///< letters of a value: no more fits, and laying it out takes time
constexpr double kReadShare = 0.55;    ///< of the line, at most

QString cellText(const Column& column) {
    if (column.isNull(0)) return QStringLiteral("NULL");
    return shownText(dataText(column, 0).left(kMostShown));
}

}  // namespace

ValueRows::ValueRows(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ValueRows::set(std::shared_ptr<const ExpressionValues> values) {
    m_lines.clear();
    if (values) {
        for (const ExpressionValue& row : values->rows) {
            Line line;
            line.number = countText(row.number + 1);
            QStringList read;
            for (const ColumnRef& column : row.read) read << cellText(*column);
            line.read = read.join(QStringLiteral(" · "));
            line.reason = translated(row.error);
            line.null = row.value->isNull(0);
            line.value = cellText(*row.value);
            line.current = row.isCurrent;
            m_lines.push_back(std::move(line));
        }
    }
    setAccessibleDescription(lines().join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QStringList ValueRows::lines() const {
    QStringList all;
    for (const Line& line : m_lines)
        all << QStringLiteral("%1: %2 → %3")
                   .arg(line.number, line.read, line.reason.isEmpty() ? line.value : line.reason);
    return all;
}

int ValueRows::height() const {
    return Theme::of(this).scaled(kHeight);
}

QSize ValueRows::sizeHint() const {
    return {0, height() * static_cast<int>(m_lines.size())};
}

void ValueRows::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.setFont(theme.font(TextStyle::CodeSmall));
    const QFontMetrics widths = painter.fontMetrics();
    int numbers = 0;
    for (const Line& line : m_lines) numbers = std::max(numbers, widths.horizontalAdvance(line.number));
    QRect box(0, 0, width(), height());
    for (const Line& line : m_lines) {
        const bool failed = !line.reason.isEmpty();
        painter.fillRect(box, failed ? tokens.error.tint : line.current ? tokens.selected : tokens.field);
        if (line.current) painter.fillRect(QRect(box.topLeft(), QSize(3, box.height())), tokens.accent);
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), tokens.line);
        QRect place = box.adjusted(metrics::kGrid, 0, -metrics::kGrid, 0);
        painter.setPen(tokens.dim);
        painter.drawText(place.adjusted(0, 0, numbers - place.width(), 0), Qt::AlignRight | Qt::AlignVCenter,
                         line.number);
        place.setLeft(place.left() + numbers + metrics::kGrid);
        const int most = static_cast<int>(place.width() * kReadShare);
        const QString read = widths.elidedText(line.read, Qt::ElideRight, most);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, read);
        place.setLeft(place.left() + widths.horizontalAdvance(read) + metrics::kGrid);
        painter.setPen(failed ? tokens.error.text : line.null ? tokens.dim : tokens.text);
        const QString value = failed ? line.reason : line.value;
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                         widths.elidedText(value, Qt::ElideRight, place.width()));
        box.translate(0, box.height());
    }
}

bool ValueRows::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / std::max(1, height())));
    const QStringList all = lines();
    if (row < m_lines.size()) {
        QToolTip::showText(help->globalPos(), all[static_cast<qsizetype>(row)].toHtmlEscaped(), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

}  // namespace rw::ui
