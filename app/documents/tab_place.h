// What a main window is given that is a tab of a larger window.
#pragma once
#include <QPointer>

#include "widgets/document/recent_files.h"
#include "widgets/files/document_tabs.h"

class QTabBar;
class QWidget;

namespace rw::ui {

class PreferencesDialog;

/// What all tabs of a window have in common.
struct SharedByTabs {
    RecentFiles recent{};
    QPointer<PreferencesDialog> preferences{};  ///< while it is shown, over one of them
};

/// All of it outlives the main window.
struct TabPlace {
    QWidget* parent = nullptr;
    DocumentTabs* tabs = nullptr;
    QTabBar* bar = nullptr;
    SharedByTabs* shared = nullptr;
    /// Whether it offers the copies of crashed sessions: one tab does.
    bool offersRecovery = true;
};

}  // namespace rw::ui
