// Over the canvas while the way of an answer is shown alone: what it is the answer to, and how to see all
// again.
#pragma once
#include <QFrame>

class QPushButton;

namespace rw::ui {

class CanvasView;
class ElidedLabel;

class LitBar : public QFrame {
    Q_OBJECT
 public:
    /// At the upper edge of `parent`; both must outlive it.
    LitBar(CanvasView& view, QWidget* parent);

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void follow();
    void place();
    void retranslate();

    CanvasView& m_view;
    ElidedLabel* m_question;
    QPushButton* m_whole;
};

}  // namespace rw::ui
