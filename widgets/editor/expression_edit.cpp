#include "widgets/editor/expression_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QMimeData>
#include <QScreen>
#include <QToolTip>

#include "widgets/editor/sql_completion.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr int kLettersToOffer = 2;
constexpr int kPopupWidth = 320, kPopupGap = 2, kVisibleLines = 4;

bool isWordPart(QChar c) {
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

MarkingHighlighter* highlightSql(QTextDocument* document) {
    return new SqlHighlighter(document);
}
}  // namespace

ExpressionEdit::ExpressionEdit(Lines lines, QWidget* parent) : ExpressionEdit(lines, highlightSql, parent) {}

ExpressionEdit::ExpressionEdit(Lines lines, MarkingHighlighter* (*highlighter)(QTextDocument*),
                               QWidget* parent)
    : CodeEdit(lines, parent),
      m_highlighter(highlighter(document())),
      m_model(new CompletionModel(this)),
      m_completer(new QCompleter(m_model, this)) {
    setTabChangesFocus(true);
    setLineWrapMode(lines == Lines::One ? NoWrap : WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            &ExpressionEdit::complete);
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

void ExpressionEdit::setErrorRanges(std::vector<ErrorRange> ranges) {
    m_highlighter->setErrorRanges(std::move(ranges));
}

void ExpressionEdit::insertColumn(const QString& name) {
    textCursor().insertText(name);
    setFocus();
}

/// Other languages of queries have other quotes.
std::optional<OpenText> ExpressionEdit::openTextHere() const {
    if (qobject_cast<SqlHighlighter*>(m_highlighter) == nullptr) return std::nullopt;
    return openText(toPlainText().left(textCursor().position()));
}

QString ExpressionEdit::wordBeforeCursor() const {
    if (const std::optional<OpenText> text = openTextHere()) return text->typed;
    const QString text = toPlainText();
    const int end = textCursor().position();
    int begin = end;
    const bool sides = m_completions && m_completions->haveSides();
    const auto belongs = [sides](QChar c) { return isWordPart(c) || (sides && c == QLatin1Char('.')); };
    while (begin > 0 && belongs(text[begin - 1])) --begin;
    return text.mid(begin, end - begin);
}

// Words of the language are none within a text.
void ExpressionEdit::offerValues(const OpenText& text) {
    const QStringList values = m_values && !text.column.isEmpty() ? m_values(text.column) : QStringList();
    if (values.isEmpty()) return hideList();
    m_model->set(std::make_shared<const Completions>(completionsFor(values)));
    m_completer->setCompletionPrefix(text.typed);
    const bool nothingNew =
        m_completer->completionCount() == 1 &&
        m_completer->currentIndex().data(CompletionModel::InsertRole).toString() == text.typed;
    if (m_completer->completionCount() == 0 || nothingNew) return hideList();
    showList();
}

void ExpressionEdit::offer(bool asked) {
    if (const std::optional<OpenText> text = openTextHere()) return offerValues(*text);
    const QString word = wordBeforeCursor();
    if (!asked && word.size() < kLettersToOffer) return hideList();
    if (isNewName(toPlainText().left(textCursor().position() - word.size()))) return hideList();
    m_model->set(m_completions);
    m_completer->setCompletionPrefix(word);
    const bool nothingNew = m_completer->completionCount() == 1 &&
                            m_completer->currentIndex().data(CompletionModel::InsertRole).toString() == word;
    if (m_completer->completionCount() == 0 || nothingNew) return hideList();
    showList();
}

void ExpressionEdit::showList() {
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
    return CodeEdit::eventFilter(watched, event);
}

void ExpressionEdit::complete(const QModelIndex& index) {
    if (!index.isValid()) return;
    const bool value = openTextHere().has_value();
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor,
                        static_cast<int>(wordBeforeCursor().size()));
    cursor.insertText(index.data(CompletionModel::InsertRole).toString());
    if (value) {
        // Behind the quote that ends it, which may be there.
        if (toPlainText().mid(cursor.position(), 1) == QLatin1String("'")) {
            cursor.movePosition(QTextCursor::Right);
        } else {
            cursor.insertText(QStringLiteral("'"));
        }
    }
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
    if (enter && (!hasSeveralLines() || (event->modifiers() & Qt::ControlModifier) != 0)) {
        notifyEdited();
        event->ignore();  // Ctrl+Enter applies the form
        return;
    }
    CodeEdit::keyPressEvent(event);
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
    return CodeEdit::focusNextPrevChild(next);
}

void ExpressionEdit::insertFromMimeData(const QMimeData* source) {
    QString text = source->text();
    if (!hasSeveralLines()) text = text.simplified();
    textCursor().insertText(text);
}

QSize ExpressionEdit::sizeHint() const {
    const int line = Theme::of(this).lineHeight(TextStyle::Code);
    if (!hasSeveralLines()) return {120, Theme::of(this).scaled(metrics::kControlHeight)};
    return {200, std::clamp(document()->size().toSize().height(), kVisibleLines, 12) * line + 12};
}

QSize ExpressionEdit::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

// One line that has no room for all of its text tells it when it is pointed at.
bool ExpressionEdit::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !hasSeveralLines()) {
        const QString text = toPlainText();
        if (fontMetrics().horizontalAdvance(text) > viewport()->width()) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), tipText(text), this);
            return true;
        }
    }
    return CodeEdit::viewportEvent(event);
}

}  // namespace rw::ui
