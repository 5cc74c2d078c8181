// The panes that there are: the pages of the window's centre and the panels of the dock under it.
#pragma once
#include <memory>
#include <vector>

#include "widgets/pane/pane.h"

namespace rw::ui {

class CanvasWidget;
class CsvImport;
class Feature;
class FileActions;
class Inspector;
class RecentFiles;

/// The parts that panes of the window's own are made of. The canvas becomes the child of one.
struct WindowParts : PaneParts {
    RecentFiles& recent;
    FileActions& files;
    CsvImport& csv;
    CanvasWidget& canvas;
    bool offersRecovery = true;  ///< of the copies of crashed sessions
};

struct Panes {
    std::vector<Pane*> pages, panels;  ///< in the order of their tabs

    std::vector<Pane*> all() const;
    /// By its id; null: there is none.
    Pane* named(const char* id) const;
    /// The one of that class, for direct calls.
    template <class P>
    P* find() const {
        for (Pane* pane : all()) {
            if (auto* found = qobject_cast<P*>(pane)) return found;
        }
        return nullptr;
    }
};

/// Makes all of them, the window's own and those of features; the caller owns them.
Panes makePanes(const WindowParts& parts, const std::vector<std::unique_ptr<Feature>>& features);

/// Connects the signals of single panes to other parts of the window.
void connectPanes(const Panes& panes, Inspector& inspector, const CanvasWidget& canvas);

}  // namespace rw::ui
