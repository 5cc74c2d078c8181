// The bar under the tool bar while a run stands after a step or at a breakpoint, or a step is under way:
// where, why, what the step changed, and the ways on.
#pragma once
#include <QToolBar>

class QPushButton;

namespace rw::ui {

class ElidedLabel;
class RunSession;
class SteppingMenu;

class SteppingBar : public QToolBar {
    Q_OBJECT
 public:
    /// Both must outlive it. Its buttons are actions of `menu`.
    SteppingBar(RunSession& session, const SteppingMenu& menu, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void retranslate();

    RunSession& m_session;
    const SteppingMenu& m_menu;
    ElidedLabel *m_where, *m_changed;
    QPushButton *m_back, *m_result, *m_batch, *m_goOn;
};

}  // namespace rw::ui
