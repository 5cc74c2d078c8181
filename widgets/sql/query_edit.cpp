#include "widgets/sql/query_edit.h"

#include <QKeyEvent>

#include "widgets/sql/query_highlighter.h"

namespace rw::ui {

namespace {

MarkingHighlighter* highlightQuery(QTextDocument* document) {
    return new QueryHighlighter(document);
}

bool isRun(const QKeyEvent& event) {
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) &&
           (event.modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier;
}

}  // namespace

QueryEdit::QueryEdit(const QueryTables& tables, QWidget* parent)
    : ExpressionEdit(Lines::Several, highlightQuery, parent), m_completion(tables) {
    setLineWrapMode(NoWrap);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void QueryEdit::insertName(const QString& name, bool table) {
    QTextCursor cursor = textCursor();
    if (table && toPlainText().trimmed().isEmpty()) {
        replaceText(QStringLiteral("SELECT *\nFROM %1\nLIMIT 100").arg(name));
    } else {
        const QChar before =
            cursor.selectionStart() > 0 ? toPlainText().at(cursor.selectionStart() - 1) : QChar(u' ');
        const bool apart = before.isSpace() || before == u'(' || before == u'.' || before == u',';
        cursor.insertText(apart ? name : u' ' + name);
    }
    setFocus();
}

void QueryEdit::replaceText(const QString& text) {
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    all.insertText(text);
    moveCursor(QTextCursor::End);
}

// Ctrl+Enter is Apply elsewhere in the window, and Escape may be a dialog's.
bool QueryEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isRun(static_cast<QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return ExpressionEdit::event(event);
}

void QueryEdit::keyPressEvent(QKeyEvent* event) {
    if (isRun(*event) && !isOffering()) {
        notifyEdited();
        return Q_EMIT runRequested();
    }
    if (event->key() == Qt::Key_Escape && !isOffering()) {
        Q_EMIT stopRequested();
        return event->ignore();
    }
    const bool arrow = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (arrow && !isOffering() && (event->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier)
        return Q_EMIT historyRequested(event->key() == Qt::Key_Up ? 1 : -1);
    const QString text = toPlainText();
    const int at = textCursor().position();
    setCompletions(m_completion.at(text.left(at - wordBeforeCursor().size()), text.mid(at)));
    ExpressionEdit::keyPressEvent(event);
}

}  // namespace rw::ui
