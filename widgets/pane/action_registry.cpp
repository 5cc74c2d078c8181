#include "widgets/pane/action_registry.h"

#include <QMenu>
#include <algorithm>

namespace rw::ui {

KeyContext RegisteredAction::context() const {
    const Qt::ShortcutContext keys = action->shortcutContext();
    return keys == Qt::WindowShortcut || keys == Qt::ApplicationShortcut ? KeyContext::Window
                                                                         : KeyContext::Focus;
}

void ActionRegistry::add(const QString& id, QAction* action, std::optional<MenuPlace> place) {
    Q_ASSERT(action != nullptr && find(id) == nullptr);
    m_all.push_back({id, action, place});
}

void ActionRegistry::addList(const QString& id, QMenu* list, MenuPlace place, bool searched) {
    Q_ASSERT(list != nullptr && find(id) == nullptr);
    m_all.push_back({id, list->menuAction(), place, searched});
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
