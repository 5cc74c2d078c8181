// The panes that there are: the pages of the window's centre and the panels of the dock under it.
#pragma once
#include <memory>
#include <vector>

#include "widgets/pane/pane.h"

namespace rw::ui {

class CanvasWidget;
class ClusterSession;
class CompareSession;
class CsvImport;
class Feature;
class FileActions;
class Inspector;
class JobList;
class PipelineExport;
class RecentFiles;
class TargetList;

/// The parts that panes of the window's own are made of. The canvas becomes the child of one.
struct WindowParts : PaneParts {
    RecentFiles& recent;
    FileActions& files;
    CsvImport& csv;
    CanvasWidget& canvas;
    TargetList& targets;
    ClusterSession& cluster;
    JobList& jobs;
    CompareSession& compare;
};

struct Panes {
    std::vector<Pane*> pages, panels;  ///< in the order of their tabs

    std::vector<Pane*> all() const;
    /// The one of that class, for direct calls.
    template <class P>
    P* find() const {
        for (Pane* pane : all()) {
            if (auto* found = qobject_cast<P*>(pane)) return found;
        }
        return nullptr;
    }
};

/// Makes all of them, those of features behind the window's own; the caller owns them.
Panes makePanes(const WindowParts& parts, const std::vector<std::unique_ptr<Feature>>& features);

/// Connects the signals of single panes to other parts of the window.
void connectPanes(const Panes& panes, const Inspector& inspector, FileActions& files);

}  // namespace rw::ui
