// The head row above what it opens and closes: a chevron, a title, and at the right how many there are.
// Checked is open. Space and Enter toggle it, Left closes, Right opens.
#pragma once
#include <QAbstractButton>

namespace rw::ui {

class SectionHead : public QAbstractButton {
    Q_OBJECT
 public:
    explicit SectionHead(QWidget* parent = nullptr);
    void setCount(int count);  // negative: none is shown
    // Open for as long as this holds, whatever the person chose.
    void setHeldOpen(bool held);
    bool isOpen() const { return isChecked() || m_heldOpen; }
    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    int m_count = -1;
    bool m_heldOpen = false;
};

}  // namespace rw::ui
