// The sheet of all keyboard shortcuts, read from the actions themselves.
#pragma once
#include <QDialog>
#include <vector>

namespace rw::ui {

class ActionRegistry;

struct ShortcutGroup {
    struct Line {
        QString text, keys;
    };
    QString title;
    std::vector<Line> lines;
};

/// Those of each menu, of the window and its panels, and the keys of the canvas, charts and fields that are
/// no actions: one action a line, no keys twice.
std::vector<ShortcutGroup> shortcutsOf(const ActionRegistry& registry, const QWidget& window);

class ShortcutSheet : public QDialog {
    Q_OBJECT
 public:
    ShortcutSheet(const std::vector<ShortcutGroup>& groups, QWidget* parent = nullptr);
};

}  // namespace rw::ui
