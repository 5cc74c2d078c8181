#include "widgets/editor/typing_pause.h"

#include <QKeyEvent>
#include <QWidget>
#include <utility>

namespace rw::ui {

namespace {

constexpr int kTellAfter = 700;  // ms after the last key; a slow typist needs 300 for each

// Ctrl+Space asks for completions in the middle of a word.
bool isShortcut(const QKeyEvent& event) {
    const int key = event.key();
    if (key >= Qt::Key_F1 && key <= Qt::Key_F35) return true;
    const bool modifierAlone =
        key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_Shift;
    return (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0 &&
           !modifierAlone && key != Qt::Key_Space;
}

}  // namespace

TypingPause::TypingPause(QWidget& field, std::function<void()> tell)
    : QTimer(&field), m_tell(std::move(tell)) {
    setSingleShot(true);
    setInterval(kTellAfter);
    connect(this, &QTimer::timeout, this, [this] { m_tell(); });
    field.installEventFilter(this);
}

bool TypingPause::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isActive() &&
        isShortcut(*static_cast<QKeyEvent*>(event))) {
        stop();
        m_tell();
    }
    return false;
}

}  // namespace rw::ui
