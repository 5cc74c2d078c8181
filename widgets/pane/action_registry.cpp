#include "widgets/pane/action_registry.h"

#include <QMenu>
#include <algorithm>

namespace rw::ui {

namespace {

/// A keyboard has two keys that are Enter.
QList<QKeySequence> withBothEnters(const QKeySequence& keys) {
    if (keys.isEmpty()) return {};
    const QString text = keys.toString(QKeySequence::PortableText);
    QString other = text;
    other.replace(QLatin1String("Return"), QLatin1String("Enter"));
    if (other == text) other.replace(QLatin1String("Enter"), QLatin1String("Return"));
    return other == text ? QList<QKeySequence>{keys} : QList<QKeySequence>{keys, QKeySequence(other)};
}

}  // namespace

QString menuTitle(MainMenu menu) {
    switch (menu) {
        case MainMenu::File:
            return ActionRegistry::tr("&File");
        case MainMenu::Edit:
            return ActionRegistry::tr("&Edit");
        case MainMenu::View:
            return ActionRegistry::tr("&View");
        case MainMenu::Pipeline:
            return ActionRegistry::tr("&Pipeline");
        case MainMenu::Run:
            return ActionRegistry::tr("&Run");
        case MainMenu::Tools:
            return ActionRegistry::tr("T&ools");  // Alt+T is the table of a chart's data
        case MainMenu::Help:
            return ActionRegistry::tr("&Help");
    }
    return {};
}

KeyContext RegisteredAction::context() const {
    const Qt::ShortcutContext keys = action->shortcutContext();
    return keys == Qt::WindowShortcut || keys == Qt::ApplicationShortcut ? KeyContext::Window
                                                                         : KeyContext::Focus;
}

void ActionRegistry::add(const QString& id, QAction* action, std::optional<MenuPlace> place) {
    add({id, action, place});
}

void ActionRegistry::addListed(const QString& id, QAction* action) {
    add({.id = id, .action = action, .searched = false});
}

void ActionRegistry::add(RegisteredAction action) {
    Q_ASSERT(action.action != nullptr && find(action.id) == nullptr);
    action.standard = action.action->shortcuts();
    if (m_chosen.contains(action.id)) giveKeys(action);
    m_all.push_back(std::move(action));
}

void ActionRegistry::setChosen(const ChosenKeys& chosen) {
    m_chosen = chosen;
    for (const RegisteredAction& each : m_all) giveKeys(each);
    Q_EMIT keysChanged();
}

void ActionRegistry::choose(const QString& id, const std::optional<QKeySequence>& keys) {
    if (keys) {
        m_chosen.insert(id, *keys);
    } else {
        m_chosen.remove(id);
    }
    for (const RegisteredAction& each : m_all) {
        if (each.id == id) giveKeys(each);
    }
    Q_EMIT keysChanged();
}

void ActionRegistry::giveKeys(const RegisteredAction& action) const {
    const auto chosen = m_chosen.find(action.id);
    action.action->setShortcuts(chosen == m_chosen.end() ? action.standard : withBothEnters(*chosen));
}

void ActionRegistry::addList(const QString& id, QMenu* list, MenuPlace place, bool searched) {
    Q_ASSERT(list != nullptr);
    add({id, list->menuAction(), place, searched});
}

std::vector<RegisteredAction> ActionRegistry::in(MainMenu menu) const {
    std::vector<RegisteredAction> found;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(found),
                 [menu](const RegisteredAction& each) { return each.place && each.place->menu == menu; });
    std::stable_sort(found.begin(), found.end(), [](const RegisteredAction& a, const RegisteredAction& b) {
        return a.place->section < b.place->section;
    });
    return found;
}

QAction* ActionRegistry::find(const QString& id) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(),
                                    [&id](const RegisteredAction& each) { return each.id == id; });
    return found != m_all.end() ? found->action : nullptr;
}

void ActionRegistry::fill(MainMenu menu, QMenu& shown) const {
    std::optional<int> section;
    for (const RegisteredAction& each : in(menu)) {
        if (section && *section != each.place->section) shown.addSeparator();
        section = each.place->section;
        shown.addAction(each.action);
    }
}

}  // namespace rw::ui
