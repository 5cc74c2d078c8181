#include "widgets/editor/expression_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QMimeData>
#include <QPainter>
#include <QScreen>
#include <QTextBlock>
#include <QToolTip>

#include "widgets/editor/sql_completion.h"
#include "widgets/editor/typing_pause.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr int kLettersToOffer = 2;
constexpr int kPopupWidth = 320, kPopupGap = 2, kVisibleLines = 4, kNumberPadding = 8;

bool isWordPart(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}
}  // namespace

/// The line numbers left of a field of several lines.
class ExpressionEdit::LineNumbers : public QWidget {
 public:
    explicit LineNumbers(ExpressionEdit& edit) : QWidget(&edit), m_edit(edit) {
        connect(&edit, &QPlainTextEdit::updateRequest, this, qOverload<>(&QWidget::update));
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        painter.setFont(theme.font(TextStyle::CodeSmall));
        painter.setPen(theme.tokens().dim);
        for (QTextBlock block = m_edit.firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF line = m_edit.blockBoundingGeometry(block).translated(m_edit.contentOffset());
            if (line.top() > height()) break;
            const int top = qRound(line.top());
            painter.drawText(0, top, width() - kNumberPadding, theme.lineHeight(TextStyle::Code),
                             Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        }
    }

 private:
    ExpressionEdit& m_edit;
};

ExpressionEdit::ExpressionEdit(Lines lines, QWidget* parent)
    : QPlainTextEdit(parent),
      m_lines(lines),
      m_highlighter(new SqlHighlighter(document())),
      m_model(new CompletionModel(this)),
      m_completer(new QCompleter(m_model, this)),
      m_pause(new TypingPause(*this, [this] { notifyEdited(); })) {
    setProperty("mono", true);
    setTabChangesFocus(true);
    setLineWrapMode(lines == Lines::One ? NoWrap : WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(4);
    if (lines == Lines::One) {
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    } else {
        m_numbers = new LineNumbers(*this);
        connect(this, &QPlainTextEdit::blockCountChanged, this, &ExpressionEdit::arrange);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            &ExpressionEdit::complete);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        m_pause->start();
        updateGeometry();
    });
    connect(&Theme::of(this), &Theme::changed, this, &ExpressionEdit::arrange);
    arrange();
}

void ExpressionEdit::setSchema(const Schema& schema, bool aggregates) {
    if (m_completions && m_completions->areOver(schema, aggregates)) return;
    setCompletions(std::make_shared<const Completions>(schema, aggregates));
}

void ExpressionEdit::setSides(const JoinSides& sides) {
    if (m_completions && m_completions->areOver(sides)) return;
    setCompletions(std::make_shared<const Completions>(sides));
}

// A list that is open keeps its entry.
void ExpressionEdit::setCompletions(std::shared_ptr<const Completions> completions) {
    if (completions == m_completions) return;
    m_completions = std::move(completions);
    if (!isOffering()) return;
    const QVariant chosen = m_list->currentIndex().data(CompletionModel::InsertRole);
    offer(true);
    const QAbstractItemModel& offered = *m_completer->completionModel();
    for (int row = 0; isOffering() && row < offered.rowCount(); ++row) {
        const QModelIndex entry = offered.index(row, 0);
        if (entry.data(CompletionModel::InsertRole) == chosen) return m_list->setCurrentIndex(entry);
    }
}

void ExpressionEdit::setExpression(const QString& text) {
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

void ExpressionEdit::setErrorRanges(std::vector<ErrorRange> ranges) {
    m_highlighter->setErrorRanges(std::move(ranges));
}

void ExpressionEdit::insertColumn(const QString& name) {
    textCursor().insertText(name);
    setFocus();
}

void ExpressionEdit::notifyEdited() {
    m_pause->stop();
    if (toPlainText() == m_notified) return;
    m_notified = toPlainText();
    Q_EMIT edited(m_notified);
}

QString ExpressionEdit::wordBeforeCursor() const {
    const QString text = toPlainText();
    const int end = textCursor().position();
    int begin = end;
    const bool sides = m_completions && m_completions->haveSides();
    const auto belongs = [sides](QChar c) { return isWordPart(c) || (sides && c == QLatin1Char('.')); };
    while (begin > 0 && belongs(text[begin - 1])) --begin;
    return text.mid(begin, end - begin);
}

void ExpressionEdit::offer(bool asked) {
    const QString word = wordBeforeCursor();
    if (!asked && word.size() < kLettersToOffer) return hideList();
    if (isNewName(toPlainText().left(textCursor().position() - word.size()))) return hideList();
    m_model->set(m_completions);
    m_completer->setCompletionPrefix(word);
    const bool nothingNew = m_completer->completionCount() == 1 &&
                            m_completer->currentIndex().data(CompletionModel::InsertRole).toString() == word;
    if (m_completer->completionCount() == 0 || nothingNew) return hideList();
    if (m_list == nullptr) {
        m_list = m_completer->popup();
        m_list->setItemDelegate(new CompletionDelegate(m_list));
    }
    // Widgets around the field may move it while the list is open.
    for (QWidget* around = this; around != nullptr && !around->isWindow(); around = around->parentWidget())
        around->installEventFilter(this);
    m_list->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    m_completer->complete();
    placeList();
}

bool ExpressionEdit::isOffering() const {
    return m_list != nullptr && m_list->isVisible();
}

void ExpressionEdit::hideList() {
    if (m_list != nullptr) m_list->hide();
}

/// Puts the list under the line with the cursor, or above it where there is more room; the completer's own
/// place overlaps the line.
void ExpressionEdit::placeList() {
    QAbstractItemView& list = *m_list;
    const QRect room = screen()->availableGeometry();
    QRect line = cursorRect();
    line.moveTopLeft(viewport()->mapToGlobal(line.topLeft()));
    if (line.top() > room.bottom())
        line.moveTop(room.bottom() + 1);  // of a window that stands out of the screen
    const int below = room.bottom() - line.bottom() - kPopupGap, above = line.top() - room.top() - kPopupGap;
    const int row = std::max(1, list.sizeHintForRow(0)), frame = list.height() - list.viewport()->height();
    const int rows = std::min(m_completer->maxVisibleItems(), m_completer->completionCount());
    const bool under = rows * row + frame <= below || below >= above;
    const int fitting = std::clamp(((under ? below : above) - frame) / row, 1, rows);
    const QSize size(std::min(Theme::of(this).scaled(kPopupWidth), room.width()), fitting * row + frame);
    const int left = std::clamp(line.left(), room.left(), room.right() + 1 - size.width());
    const int top = under ? line.bottom() + 1 + kPopupGap : line.top() - kPopupGap - size.height();
    list.setGeometry(QRect(QPoint(left, top), size));
    list.scrollTo(list.currentIndex());
}

bool ExpressionEdit::eventFilter(QObject* watched, QEvent* event) {
    const bool moves = event->type() == QEvent::Move || event->type() == QEvent::Resize;
    if (moves && isOffering()) placeList();
    return QPlainTextEdit::eventFilter(watched, event);
}

void ExpressionEdit::complete(const QModelIndex& index) {
    if (!index.isValid()) return;
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor,
                        static_cast<int>(wordBeforeCursor().size()));
    cursor.insertText(index.data(CompletionModel::InsertRole).toString());
    setTextCursor(cursor);
}

void ExpressionEdit::keyPressEvent(QKeyEvent* event) {
    const bool open = isOffering();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (open && (enter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
        // The completer's own filter takes these keys while its list is open.
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Space && (event->modifiers() & Qt::ControlModifier) != 0) return offer(true);
    if (enter && (m_lines == Lines::One || (event->modifiers() & Qt::ControlModifier) != 0)) {
        notifyEdited();
        event->ignore();  // Ctrl+Enter applies the form
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty() && event->text().front().isPrint()) {
        offer(false);
    } else if (open && event->key() == Qt::Key_Backspace) {
        offer(false);
    }
}

// Tab would leave the field before the list hears of it.
bool ExpressionEdit::focusNextPrevChild(bool next) {
    if (isOffering() && next) return false;
    hideList();
    return QPlainTextEdit::focusNextPrevChild(next);
}

void ExpressionEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) notifyEdited();
}

void ExpressionEdit::insertFromMimeData(const QMimeData* source) {
    QString text = source->text();
    if (m_lines == Lines::One) text = text.simplified();
    textCursor().insertText(text);
}

int ExpressionEdit::numbersWidth() const {
    if (m_lines == Lines::One) return 0;
    const QFontMetrics figures(Theme::of(this).font(TextStyle::CodeSmall));
    const int digits = static_cast<int>(QString::number(std::max(1, blockCount())).size());
    return figures.horizontalAdvance(QLatin1Char('0')) * digits + 2 * kNumberPadding;
}

void ExpressionEdit::arrange() {
    setFont(Theme::of(this).font(TextStyle::Code));
    setViewportMargins(numbersWidth(), 0, 0, 0);
    if (!m_numbers) return;
    m_numbers->setGeometry(1, 1, numbersWidth(), height() - 2);
    m_numbers->update();
}

void ExpressionEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    arrange();
    if (event->oldSize().width() != event->size().width()) updateGeometry();  // lines wrap elsewhere
}

QSize ExpressionEdit::sizeHint() const {
    const int line = Theme::of(this).lineHeight(TextStyle::Code);
    if (m_lines == Lines::One) return {120, Theme::of(this).scaled(metrics::kControlHeight)};
    return {200, std::clamp(document()->size().toSize().height(), kVisibleLines, 12) * line + 12};
}

QSize ExpressionEdit::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

// One line that has no room for all of its text tells it when it is pointed at.
bool ExpressionEdit::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_lines == Lines::One) {
        const QString text = toPlainText();
        if (fontMetrics().horizontalAdvance(text) > viewport()->width()) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tipText(text), this);
            return true;
        }
    }
    return QPlainTextEdit::viewportEvent(event);
}

}  // namespace rw::ui
