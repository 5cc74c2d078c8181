// The whole window as the program makes it, with an empty home of its own.
#pragma once
#include <QSettings>
#include <memory>

#include "app/main_window.h"
#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/settings/preferences.h"

namespace rw::ui {

class Pane;

struct WindowFixture {
    explicit WindowFixture(Catalogue kinds = builtin());

    PipelineDocument& document() const;
    CanvasWidget& canvas() const { return *window->findChild<CanvasWidget*>(); }
    QAction* action(const QString& words) const;  ///< of a menu, by its words
    /// All panes but Apply, which is there only while an edit of a run waits for an answer.
    QList<Pane*> lastingPanes() const;

    Catalogue catalogue;
    QSettings store;
    Language language;
    Preferences preferences;
    std::unique_ptr<MainWindow> window;
};

/// The steps of main() before there is a window: names for the settings, a theme. Once.
void startProgram();

/// Empties the home's Rillwright folder, the settings, the copies of crashed sessions, the targets, the
/// connections and the deployments. Before each test.
void emptyHome();

/// Leaves a picture in the folder that RILLWRIGHT_SCREENSHOTS names, if it does.
void leavePicture(QWidget& widget, const QString& name);

/// Runs this program with these arguments once more at scale 2, which Qt takes from the environment when it
/// starts. Off the screen: at that scale no window fits. What it said where it failed; empty: it passed.
QByteArray failureAtScaleTwo(const QStringList& arguments);
bool isAtScaleTwo();  ///< in such a run

/// Where copies of crashed sessions lie.
QString autosaveFolder();

}  // namespace rw::ui
