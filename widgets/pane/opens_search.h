// The search of everything, for the button of the tool bar and the action of the menu.
#pragma once

class QWidget;

namespace rw::ui {

class OpensSearch {
 public:
    OpensSearch() = default;
    OpensSearch(const OpensSearch&) = delete;
    OpensSearch& operator=(const OpensSearch&) = delete;
    virtual ~OpensSearch() = default;

    /// Opens it below `anchor`, with all that there is to be found just now.
    virtual void openSearch(const QWidget& anchor) = 0;
};

}  // namespace rw::ui
