#include "app/shortcut_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <set>

#include "app/menus.h"
#include "widgets/pane/action_registry.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kColumns = 2;
constexpr QSize kSize(760, 640);

/// As they stand on keyboards.
QString nativeText(const QKeySequence& keys) {
    return keys.toString(QKeySequence::NativeText).replace(QLatin1String("Return"), QLatin1String("Enter"));
}

void add(ShortcutGroup& group, const QList<QAction*>& actions, std::set<QString>& seen) {
    for (const QAction* action : actions) {
        if (!action->isVisible()) continue;  // its subject is not there
        if (action->menu() != nullptr) add(group, action->menu()->actions(), seen);
        // Further keys of an action are those of other keyboards; the same keys elsewhere do the same.
        const QString keys = nativeText(action->shortcut());
        if (keys.isEmpty() || !seen.insert(keys).second) continue;
        group.lines.push_back({plainText(*action), keys});
    }
}

/// Keys of the canvas that are no actions.
ShortcutGroup canvasKeys() {
    return {ShortcutList::tr("On the canvas"),
            {{ShortcutList::tr("Go to the next node along the wires"), QStringLiteral("← → ↑ ↓")},
             {ShortcutList::tr("Select or deselect"), nativeText(Qt::Key_Space)},
             {ShortcutList::tr("Walk through the ports of a node"), QStringLiteral("P")},
             {ShortcutList::tr("Walk through the wires of a node"), QStringLiteral("W")},
             {ShortcutList::tr("Walk through the comments"), QStringLiteral("N")},
             {ShortcutList::tr("Move the selection by 16 pixels"), QStringLiteral("Alt+← → ↑ ↓")},
             {ShortcutList::tr("Move the selection by 2 pixels"), QStringLiteral("Alt+Shift+← → ↑ ↓")},
             {ShortcutList::tr("Size the selected comments"), QStringLiteral("Shift+← → ↑ ↓")},
             {ShortcutList::tr("Look at another part"), QStringLiteral("Ctrl+← → ↑ ↓")},
             {ShortcutList::tr("Enlarge a chart, move a wire's end"), nativeText(Qt::Key_Return)}}};
}

/// Keys of charts and fields that are no actions.
ShortcutGroup otherKeys() {
    return {ShortcutList::tr("In charts and fields"),
            {{ShortcutList::tr("Freeze the chart, or let it go on"), QStringLiteral("F")},
             {ShortcutList::tr("Go along the values"), QStringLiteral("← →")},
             {ShortcutList::tr("Go along the values, ten at a time"), QStringLiteral("Shift+← →")},
             {ShortcutList::tr("Show the chart's data as a table"), nativeText(Qt::ALT | Qt::Key_T)},
             {ShortcutList::tr("Export the visible range"), nativeText(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
             {ShortcutList::tr("Complete the word of an expression"), nativeText(Qt::CTRL | Qt::Key_Space)}}};
}

QWidget* shown(const ShortcutGroup& group) {
    auto* part = new QWidget;
    auto* grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, metrics::kPanelPadding);
    grid->setHorizontalSpacing(metrics::kPanelPadding);
    grid->setVerticalSpacing(metrics::kBarPadding);
    grid->setColumnStretch(0, 1);
    auto* title = new QLabel(group.title);
    title->setProperty("role", "strong");
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const ShortcutGroup::Line& line : group.lines) {
        auto* words = new QLabel(line.text);
        words->setWordWrap(true);
        auto* keys = new QLabel(line.keys);
        keys->setProperty("role", "key");
        grid->addWidget(words, row, 0);
        grid->addWidget(keys, row++, 1, Qt::AlignRight | Qt::AlignVCenter);
    }
    return part;
}

}  // namespace

std::vector<ShortcutGroup> shortcutsOf(const ActionRegistry& registry, const QMainWindow& window) {
    std::vector<ShortcutGroup> groups;
    std::set<QString> seen;
    for (const MainMenu menu : kMainMenus) {
        ShortcutGroup group{withoutMnemonic(Menus::titleOf(menu)), {}};
        QList<QAction*> actions;
        for (const RegisteredAction& each : registry.in(menu)) actions << each.action;
        add(group, actions, seen);
        if (!group.lines.empty()) groups.push_back(std::move(group));
    }
    ShortcutGroup rest{ShortcutList::tr("Window"), {}};
    QList<QAction*> inNoMenu;
    for (const RegisteredAction& each : registry.all()) {
        if (!each.place) inNoMenu << each.action;
    }
    add(rest, inNoMenu, seen);
    add(rest, window.findChildren<QAction*>(), seen);  // of a part of a panel, as “Copy” of a table
    if (!rest.lines.empty()) groups.push_back(std::move(rest));
    groups.push_back(canvasKeys());
    groups.push_back(otherKeys());
    return groups;
}

ShortcutList::ShortcutList(const std::vector<ShortcutGroup>& groups, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(kSize);
    QVBoxLayout* columns[kColumns];
    std::size_t lines[kColumns] = {};
    auto* content = new QWidget;
    auto* row = new QHBoxLayout(content);
    row->setContentsMargins(metrics::kDialogPadding, metrics::kDialogPadding, metrics::kDialogPadding, 0);
    row->setSpacing(metrics::kColumnGap + metrics::kPanelPadding);
    for (QVBoxLayout*& column : columns) {
        column = new QVBoxLayout;
        row->addLayout(column, 1);
    }
    for (const ShortcutGroup& group : groups) {
        const int place = lines[0] <= lines[1] ? 0 : 1;
        columns[place]->addWidget(shown(group));
        lines[place] += group.lines.size() + 2;
    }
    for (QVBoxLayout* column : columns) column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, metrics::kListPadding);
    whole->addWidget(scroll, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, 0);
    foot->addStretch();
    foot->addWidget(close);
    whole->addLayout(foot);
}

}  // namespace rw::ui
