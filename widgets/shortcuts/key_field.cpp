#include "widgets/shortcuts/key_field.h"

#include <QKeyEvent>

namespace rw::ui {

namespace {

bool leaves(const QKeyEvent& event) {
    return (event.key() == Qt::Key_Tab && event.modifiers() == Qt::NoModifier) ||
           event.key() == Qt::Key_Backtab;
}

}  // namespace

void KeyField::setKeys(const QKeySequence& keys) {
    m_before = keys;
    setKeySequence(keys);
}

// Keys belong to the field while it has the keyboard, but for those that leave it.
bool KeyField::event(QEvent* event) {
    if (event->type() == QEvent::KeyPress && leaves(*static_cast<QKeyEvent*>(event)))
        return QWidget::event(event);
    return QKeySequenceEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        setKeySequence(m_before);
        event->accept();
        return;
    }
    QKeySequenceEdit::keyPressEvent(event);
}

}  // namespace rw::ui
