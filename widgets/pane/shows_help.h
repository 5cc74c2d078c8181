// Shows pages of the help, for those parts of the window that ask for one.
#pragma once

class QString;
class QWidget;

namespace rw::ui {

class ShowsHelp {
 public:
    ShowsHelp() = default;
    ShowsHelp(const ShowsHelp&) = delete;
    ShowsHelp& operator=(const ShowsHelp&) = delete;
    virtual ~ShowsHelp() = default;

    /// A page as helpPages() names it, before `over`: the window, or a dialog, which keeps the keyboard from
    /// all windows but its own.
    virtual void showPage(const QString& page, QWidget& over) = 0;
    /// The page of a node type, before the window.
    virtual void showNode(const QString& nodeType) = 0;
};

}  // namespace rw::ui
