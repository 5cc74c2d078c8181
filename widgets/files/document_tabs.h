// The tabs of a window, as the actions on files see them: each tab has one document and its FileActions.
#pragma once
#include <vector>

namespace rw::ui {

class FileActions;

/// On the GUI thread.
class DocumentTabs {
 public:
    DocumentTabs() = default;
    DocumentTabs(const DocumentTabs&) = delete;
    DocumentTabs& operator=(const DocumentTabs&) = delete;
    virtual ~DocumentTabs() = default;

    /// In the order of the tabs.
    virtual std::vector<FileActions*> all() const = 0;
    /// A new one with an empty document, behind those that are there and not in front yet.
    virtual FileActions& add() = 0;
    virtual void bringToFront(FileActions& tab) = 0;
    /// Closes one that add() made, whose document is still empty, without a question.
    virtual void drop(FileActions& tab) = 0;
};

}  // namespace rw::ui
