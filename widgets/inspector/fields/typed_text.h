// Lines of text that tell the document their text while it is typed, a moment after the last key.
#pragma once
#include <QLineEdit>

#include "widgets/editor/typing_pause.h"
#include "widgets/theme/while_whole.h"

namespace rw::ui {

inline constexpr char kTypingPause[] = "pause";  ///< the timer in a field being typed in

/// Calls `notifyEdited` when the keys have rested, or at once when the field is left or Enter is pressed.
template <class Notify>
void whenTyped(QLineEdit* edit, const WhileWhole& whole, Notify notifyEdited) {
    auto* pause = new TypingPause(*edit, notifyEdited);
    pause->setObjectName(QLatin1String(kTypingPause));
    QObject::connect(edit, &QLineEdit::textEdited, pause, qOverload<>(&QTimer::start));
    QObject::connect(edit, &QLineEdit::editingFinished, &whole, [pause, notifyEdited] {
        if (!pause->isActive()) return;
        pause->stop();
        notifyEdited();
    });
}

/// Whether keys were pressed that the document has not been told of.
inline bool isTyping(const QLineEdit* edit) {
    const auto* pause = edit->findChild<QTimer*>(QLatin1String(kTypingPause));
    return pause != nullptr && pause->isActive();
}

/// Sets text that did not come from the keys, and shows its beginning; a field being typed in keeps the person's
/// spelling.
inline void showText(QLineEdit* edit, const QString& text) {
    if (edit->text() == text || isTyping(edit)) return;
    edit->setText(text);
    if (!edit->hasFocus()) edit->setCursorPosition(0);
}

}  // namespace rw::ui
