// Waiting for files with a window that goes on living.
#pragma once
#include <QString>
#include <functional>

class QWidget;

namespace rw::ui {

/// Runs `work` on another thread and returns when it is done. The window paints on meanwhile; when it takes
/// more than a moment a dialog names the work, `what` (“Opening “a.rill””), and lets the user stop waiting:
/// then false is returned, and the work may go on for itself.
bool waitForFiles(QWidget* window, const QString& what, std::function<void()> work);

}  // namespace rw::ui
