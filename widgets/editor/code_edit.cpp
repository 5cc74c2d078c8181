#include "widgets/editor/code_edit.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "widgets/editor/typing_pause.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr int kNumberPadding = 8;
}

/// The line numbers left of a field of several lines.
class CodeEdit::LineNumbers : public QWidget {
 public:
    explicit LineNumbers(CodeEdit& edit) : QWidget(&edit), m_edit(edit) {
        connect(&edit, &QPlainTextEdit::updateRequest, this, qOverload<>(&QWidget::update));
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.setFont(theme.font(TextStyle::CodeSmall));
        for (QTextBlock block = m_edit.firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF line = m_edit.blockBoundingGeometry(block).translated(m_edit.contentOffset());
            if (line.top() > height()) break;
            const int top = qRound(line.top()), number = block.blockNumber() + 1;
            const bool marked = m_edit.markOf(number) != nullptr;
            if (marked) {
                painter.fillRect(QRect(0, top, width(), qRound(line.height())), theme.tokens().error.tint);
                painter.fillRect(QRect(0, top, metrics::kBarRadius, qRound(line.height())),
                                 theme.tokens().error.line);
            }
            painter.setPen(marked ? theme.tokens().error.text : theme.tokens().dim);
            painter.drawText(0, top, width() - kNumberPadding, theme.lineHeight(TextStyle::Code),
                             Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
        }
    }

    bool event(QEvent* event) override {
        if (event->type() != QEvent::ToolTip) return QWidget::event(event);
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = m_edit.cursorForPosition({0, help->pos().y()}).blockNumber() + 1;
        const LineMark* mark = m_edit.markOf(line);
        QToolTip::showText(help->globalPos(), mark ? tipText(mark->words) : QString(), this);
        return true;
    }

 private:
    CodeEdit& m_edit;
};

CodeEdit::CodeEdit(Lines lines, QWidget* parent)
    : QPlainTextEdit(parent), m_lines(lines), m_pause(new TypingPause(*this, [this] { notifyEdited(); })) {
    setProperty("mono", true);
    document()->setDocumentMargin(4);
    if (lines == Lines::One) {
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    } else {
        m_numbers = new LineNumbers(*this);
        connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEdit::arrange);
    }
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        m_pause->start();
        updateGeometry();
    });
    connect(&Theme::of(this), &Theme::changed, this, &CodeEdit::arrange);
    arrange();
}

void CodeEdit::setCode(const QString& text) {
    // The text told comes back while the user types on: the keys are newer.
    if (m_pause->isActive() && text == m_notified) return;
    m_notified = text;
    if (text == toPlainText()) return;
    const QSignalBlocker quiet(this);
    const int at = textCursor().position();
    setPlainText(text);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(at, static_cast<int>(text.size())));
    setTextCursor(cursor);
    m_pause->stop();
    if (m_numbers) arrange();  // they may have more digits
    updateGeometry();
}

void CodeEdit::setMarks(std::vector<LineMark> marks) {
    if (marks == m_marks) return;
    m_marks = std::move(marks);
    if (m_numbers) m_numbers->update();
}

const LineMark* CodeEdit::markOf(int line) const {
    const auto found = std::find_if(m_marks.begin(), m_marks.end(),
                                    [line](const LineMark& mark) { return mark.line == line; });
    return found == m_marks.end() ? nullptr : &*found;
}

void CodeEdit::notifyEdited() {
    m_pause->stop();
    if (toPlainText() == m_notified) return;
    m_notified = toPlainText();
    Q_EMIT edited(m_notified);
}

void CodeEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) notifyEdited();
}

int CodeEdit::numbersWidth() const {
    if (m_lines == Lines::One) return 0;
    const QFontMetrics figures(Theme::of(this).font(TextStyle::CodeSmall));
    const int digits = static_cast<int>(QString::number(std::max(1, blockCount())).size());
    return figures.horizontalAdvance(QLatin1Char('0')) * digits + 2 * kNumberPadding;
}

void CodeEdit::arrange() {
    setFont(Theme::of(this).font(TextStyle::Code));
    setViewportMargins(numbersWidth(), 0, 0, 0);
    if (!m_numbers) return;
    m_numbers->setGeometry(1, 1, numbersWidth(), height() - 2);
    m_numbers->update();
}

void CodeEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    arrange();
    if (event->oldSize().width() != event->size().width()) updateGeometry();  // lines wrap elsewhere
}

}  // namespace rw::ui
