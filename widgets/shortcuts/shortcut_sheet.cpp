#include "widgets/shortcuts/shortcut_sheet.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <set>

#include "widgets/pane/action_registry.h"
#include "widgets/shortcuts/fixed_keys.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kColumns = 2;
constexpr QSize kSize(760, 640);

void add(ShortcutGroup& group, const QList<QAction*>& actions, std::set<QString>& seen) {
    for (const QAction* action : actions) {
        if (!action->isVisible()) continue;  // its subject is not there
        if (action->menu() != nullptr) add(group, action->menu()->actions(), seen);
        // Further keys of an action are those of other keyboards; the same keys elsewhere do the same.
        const QString keys = keysText(action->shortcut());
        if (keys.isEmpty() || !seen.insert(keys).second) continue;
        group.lines.push_back({plainText(*action), keys});
    }
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

std::vector<ShortcutGroup> shortcutsOf(const ActionRegistry& registry, const QWidget& window) {
    std::vector<ShortcutGroup> groups;
    std::set<QString> seen;
    for (const MainMenu menu : kMainMenus) {
        ShortcutGroup group{withoutMnemonic(menuTitle(menu)), {}};
        QList<QAction*> actions;
        for (const RegisteredAction& each : registry.in(menu)) actions << each.action;
        add(group, actions, seen);
        if (!group.lines.empty()) groups.push_back(std::move(group));
    }
    ShortcutGroup rest{ShortcutSheet::tr("Window"), {}};
    QList<QAction*> inNoMenu;
    for (const RegisteredAction& each : registry.all()) {
        if (!each.place) inNoMenu << each.action;
    }
    add(rest, inNoMenu, seen);
    add(rest, window.findChildren<QAction*>(), seen);  // of a part of a panel, as “Copy” of a table
    if (!rest.lines.empty()) groups.push_back(std::move(rest));
    for (const FixedKeyGroup& fixed : fixedKeys()) {
        ShortcutGroup group{fixed.title, {}};
        for (const FixedKeys& line : fixed.lines) group.lines.push_back({line.words, line.shown});
        groups.push_back(std::move(group));
    }
    return groups;
}

ShortcutSheet::ShortcutSheet(const std::vector<ShortcutGroup>& groups, QWidget* parent) : QDialog(parent) {
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
