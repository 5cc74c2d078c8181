// The bar under the tool bar while a run stands after a step or at a breakpoint, or a step is under way:
// where, why, what the step changed, and the ways on.
#pragma once
#include <QToolBar>

class QAction;
class QPushButton;

namespace rw::ui {

class ElidedLabel;
class RunSession;

class SteppingBar : public QToolBar {
    Q_OBJECT
 public:
    /// All must outlive it. `result` and `batch` are the steps that it offers.
    SteppingBar(RunSession& session, QAction& result, QAction& batch, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void retranslate();

    RunSession& m_session;
    QAction &m_resultAction, &m_batchAction;
    ElidedLabel *m_where, *m_changed;
    QPushButton *m_result, *m_batch, *m_goOn;
};

}  // namespace rw::ui
