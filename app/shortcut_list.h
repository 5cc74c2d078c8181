// The list of all keyboard shortcuts, read from the actions themselves.
#pragma once
#include <QDialog>
#include <vector>

class QMainWindow;

namespace rw::ui {

class Menus;

struct ShortcutGroup {
    struct Line {
        QString words, keys;
    };
    QString title;
    std::vector<Line> lines;
};

/// Those of each menu, of the window itself, and the keys of the canvas that are no actions.
std::vector<ShortcutGroup> shortcutsOf(const Menus& menus, const QMainWindow& window);

class ShortcutList : public QDialog {
    Q_OBJECT
 public:
    ShortcutList(const std::vector<ShortcutGroup>& groups, QWidget* parent = nullptr);
};

}  // namespace rw::ui
