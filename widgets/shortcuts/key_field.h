// A field that takes keys as they are pressed. Tab and Shift+Tab leave it, Esc gives back the keys before.
#pragma once
#include <QKeySequenceEdit>

namespace rw::ui {

class KeyField : public QKeySequenceEdit {
    Q_OBJECT
 public:
    using QKeySequenceEdit::QKeySequenceEdit;

    void setKeys(const QKeySequence& keys);

 protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    QKeySequence m_before{};
};

}  // namespace rw::ui
