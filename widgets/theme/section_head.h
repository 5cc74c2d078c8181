// The head row of a CollapsibleSection: a button as wide as the section. Space and Enter toggle it, Left
// closes, Right opens.
#pragma once
#include <QAbstractButton>

namespace rw::ui {

class SectionHead : public QAbstractButton {
    Q_OBJECT
 public:
    explicit SectionHead(QWidget* parent = nullptr);
    QSize sizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
};

}  // namespace rw::ui
