#include "widgets/editor/python_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <algorithm>
#include <optional>
#include <vector>

#include "widgets/editor/bracket_pair.h"
#include "widgets/editor/python_highlighter.h"
#include "widgets/editor/python_tokens.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

/// The blanks that a line begins with.
int indentOf(const QString& line) {
    const auto end = std::find_if(line.begin(), line.end(), [](QChar c) { return c != QLatin1Char(' '); });
    return static_cast<int>(end - line.begin());
}

void reindent(const QTextBlock& line, bool more) {
    QTextCursor cursor(line);
    if (more) return cursor.insertText(QString(kPythonIndent, QLatin1Char(' ')));
    const int taken = std::min(indentOf(line.text()), kPythonIndent);
    cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, taken);
    cursor.removeSelectedText();
}

}  // namespace

PythonEdit::PythonEdit(QWidget* parent) : CodeEdit(Lines::Several, parent) {
    new PythonHighlighter(document());
    begin();
}

PythonEdit::PythonEdit(QTextDocument* shared, QWidget* parent) : CodeEdit(Lines::Several, parent) {
    setDocument(shared);
    begin();
}

void PythonEdit::begin() {
    setLineWrapMode(NoWrap);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &PythonEdit::showPair);
    connect(&Theme::of(this), &Theme::changed, this, &PythonEdit::showPair);
}

void PythonEdit::setVisibleLines(int least, int most) {
    m_leastLines = least;
    m_mostLines = most;
    updateGeometry();
}

QSize PythonEdit::sizeHint() const {
    const int line = Theme::of(this).lineHeight(TextStyle::Code);
    return {200, std::clamp(blockCount() + 1, m_leastLines, m_mostLines) * line + 12};
}

QSize PythonEdit::minimumSizeHint() const {
    return {80, sizeHint().height()};
}

void PythonEdit::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool command = (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) != 0;
    m_leaving = event->key() == Qt::Key_Escape;
    if (enter && command) {
        notifyEdited();
        event->ignore();  // Ctrl+Enter applies the form
    } else if (m_leaving) {
        event->ignore();
    } else if (isReadOnly() || command) {
        CodeEdit::keyPressEvent(event);
    } else if (enter) {
        beginLine();
    } else if (event->key() == Qt::Key_Tab) {
        indent(true);
    } else if (event->key() == Qt::Key_Backtab) {
        indent(false);
    } else if (event->key() != Qt::Key_Backspace || !takeIndent()) {
        CodeEdit::keyPressEvent(event);
    }
}

// Who has no mouse leaves the field by Escape, then Tab or Shift+Tab. The text edit's own function keeps Tab.
bool PythonEdit::focusNextPrevChild(bool next) {
    return (m_leaving || isReadOnly()) && QWidget::focusNextPrevChild(next);
}

void PythonEdit::focusInEvent(QFocusEvent* event) {
    m_leaving = false;
    CodeEdit::focusInEvent(event);
}

void PythonEdit::insertFromMimeData(const QMimeData* source) {
    const QString blanks(kPythonIndent, QLatin1Char(' '));
    textCursor().insertText(source->text().replace(QLatin1Char('\t'), blanks));
    ensureCursorVisible();
}

void PythonEdit::beginLine() {
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const QTextBlock line = cursor.block();
    const int open = line.previous().isValid() ? line.previous().userState() : 0;
    const int blanks = nextIndent(line.text().left(cursor.positionInBlock()), PythonOpen::of(open));
    cursor.insertBlock();
    cursor.insertText(QString(blanks, QLatin1Char(' ')));
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

/// The selected lines; without a selection Tab goes to the next place that is a multiple of four.
void PythonEdit::indent(bool more) {
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    if (!cursor.hasSelection() && more) {
        const int blanks = kPythonIndent - cursor.positionInBlock() % kPythonIndent;
        cursor.insertText(QString(blanks, QLatin1Char(' ')));
    } else {
        QTextBlock line = document()->findBlock(cursor.selectionStart());
        const int end = cursor.selectionEnd();
        const int last = document()->findBlock(std::max(cursor.selectionStart(), end - 1)).blockNumber();
        for (; line.isValid() && line.blockNumber() <= last; line = line.next()) {
            if (!more || !line.text().isEmpty()) reindent(line, more);
        }
    }
    cursor.endEditBlock();
    ensureCursorVisible();
}

/// Backspace among the blanks that begin a line takes one indentation; whether it has.
bool PythonEdit::takeIndent() {
    QTextCursor cursor = textCursor();
    const int place = cursor.positionInBlock();
    if (cursor.hasSelection() || place == 0 || place > indentOf(cursor.block().text())) return false;
    const int taken = place % kPythonIndent == 0 ? kPythonIndent : place % kPythonIndent;
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, taken);
    cursor.removeSelectedText();
    return true;
}

/// Puts a tint behind the bracket at the cursor and its other half.
void PythonEdit::showPair() {
    QList<QTextEdit::ExtraSelection> marks;
    if (const std::optional<BracketPair> pair = bracketPairAt(textCursor())) {
        for (const int place : {pair->opening, pair->closing}) {
            if (place < 0) continue;
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(document());
            mark.cursor.setPosition(place);
            mark.cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor);
            const Tokens& tokens = Theme::of(this).tokens();
            mark.format.setBackground(pair->isWhole() ? tokens.selected : tokens.error.tint);
            marks << mark;
        }
    }
    setExtraSelections(marks);
}

}  // namespace rw::ui
