// When the document is told of text that is being typed: not in the middle of a word, which would be a
// mistake.
#pragma once
#include <QTimer>
#include <functional>

class QWidget;

namespace rw::ui {

/// Started at each key. Calls `tell` when the keys have rested, and before a shortcut, so that what is saved
/// or run has the text. The field owns it.
class TypingPause : public QTimer {
 public:
    TypingPause(QWidget& field, std::function<void()> tell);

    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    std::function<void()> m_tell;
};

}  // namespace rw::ui
