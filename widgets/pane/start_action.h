// A way to begin a run besides Run: from a checkpoint. Stands in the tool bar behind Stop, and in the Run
// menu.
#pragma once
#include <QAction>

namespace rw::ui {

/// Visible where it may be of use at all, enabled while it can begin a run; its tool tip says what it begins
/// with.
class StartAction : public QAction {
    Q_OBJECT
 public:
    using QAction::QAction;

    /// Sets its words: in another language, and before the tool tip is shown, which may say how long ago
    /// something was.
    virtual void retranslate() = 0;
    /// Of its button; empty: the icon says enough.
    virtual QString buttonText() const = 0;
    /// What Run does to that which it begins with; empty: nothing.
    virtual QString effectOfRun() const = 0;
    /// What it would begin with, “checkpoint 10”; empty: there is nothing.
    virtual QString startsFrom() const = 0;
};

}  // namespace rw::ui
