#include "widgets/shortcuts/key_owners.h"

#include <algorithm>

#include "widgets/shortcuts/fixed_keys.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

bool overlap(const QKeySequence& one, const QKeySequence& other) {
    return !one.isEmpty() && !other.isEmpty() &&
           (one.matches(other) != QKeySequence::NoMatch || other.matches(one) != QKeySequence::NoMatch);
}

bool shareAPlace(const RegisteredAction& one, const RegisteredAction& other) {
    if (one.context() == KeyContext::Window || other.context() == KeyContext::Window) return true;
    const QList<QObject*> places = one.action->associatedObjects();
    const QList<QObject*> others = other.action->associatedObjects();
    return std::any_of(places.begin(), places.end(),
                       [&others](QObject* each) { return others.contains(each); });
}

}  // namespace

std::vector<KeyOwner> ownersOf(const ActionRegistry& registry, const QString& id, const QKeySequence& keys) {
    std::vector<KeyOwner> owners;
    for (const MainMenu menu : kMainMenus) {
        const QString title = menuTitle(menu);
        if (overlap(keys, QKeySequence::mnemonic(title)))
            owners.push_back({{}, ActionRegistry::tr("Menu “%1”").arg(withoutMnemonic(title))});
    }
    for (const FixedKeyGroup& group : fixedKeys()) {
        for (const FixedKeys& line : group.lines) {
            const bool has = std::any_of(line.keys.begin(), line.keys.end(),
                                         [&keys](const QKeySequence& each) { return overlap(keys, each); });
            if (has) owners.push_back({{}, line.words});
        }
    }
    const auto own = std::find_if(registry.all().begin(), registry.all().end(),
                                  [&id](const RegisteredAction& each) { return each.id == id; });
    if (own == registry.all().end()) return owners;
    for (const RegisteredAction& each : registry.all()) {
        if (each.id == id || !shareAPlace(*own, each)) continue;
        const QList<QKeySequence> has = each.action->shortcuts();
        if (std::any_of(has.begin(), has.end(),
                        [&keys](const QKeySequence& other) { return overlap(keys, other); }))
            owners.push_back({each.id, plainText(*each.action)});
    }
    return owners;
}

}  // namespace rw::ui
