// Steps and breakpoints, as entries of the Run menu. An entry that would do nothing is off, and its tool tip
// says why.
#pragma once
#include <QMenu>
#include <functional>
#include <optional>

#include "core/runtime/stepping/until.h"

namespace rw::ui {

class BreakpointList;
class PipelineDocument;
class RunSession;
class StepBack;

class SteppingMenu : public QMenu {
    Q_OBJECT
 public:
    /// All must outlive it. Dialogs belong to the window of `parent`.
    SteppingMenu(PipelineDocument& document, RunSession& session, QWidget* parent);

    QAction* resultAction() const { return m_result; }
    QAction* batchAction() const { return m_batch; }
    QAction* timeAction() const { return m_time; }
    QAction* backAction() const { return m_back; }
    const StepBack& stepBack() const { return *m_stepBack; }
    QAction* toggleAction() const { return m_toggle; }
    QAction* conditionAction() const { return m_condition; }
    QAction* lateAction() const { return m_late; }
    QAction* rejectedAction() const { return m_rejected; }
    void retranslate();

 Q_SIGNALS:
    void told(const QString& words);

 private:
    void refresh();
    void listBreakpoints();
    void take(const Until& until);
    void promptTime();
    void promptCondition();
    void set(QAction* action, const QString& text, const QString& whyNot);
    /// The output at which a wire that is selected begins, or the first of a selected node.
    std::optional<Breakpoint> place() const;
    NodeId node() const;
    /// The node to the next result of which a step goes; empty: whichever fires first.
    NodeId firing() const;

    PipelineDocument& m_document;
    RunSession& m_session;
    BreakpointList& m_breakpoints;
    QWidget* m_window;  ///< a part of it
    StepBack* m_stepBack;
    QAction *m_result, *m_batch, *m_time, *m_back, *m_toggle, *m_condition, *m_late, *m_rejected, *m_none,
        *m_clear;
    QList<QAction*> m_listed;
};

}  // namespace rw::ui
