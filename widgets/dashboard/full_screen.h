// A part of the window on the whole screen, alone, until Esc or F11.
#pragma once
#include <QWidget>

namespace rw::ui {

class FullScreen final : public QWidget {
    Q_OBJECT
 public:
    /// Takes `content` over until giveBack(); `of` is the window that it is a part of. Deletes itself when it
    /// is closed.
    FullScreen(QWidget* content, QWidget* of);
    /// The content, which belongs to nobody then.
    QWidget* giveBack();

 Q_SIGNALS:
    /// It closes: now the content can be taken back.
    void leaving();

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

 private:
    QWidget* m_content;
};

}  // namespace rw::ui
