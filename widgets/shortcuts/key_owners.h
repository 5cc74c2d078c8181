// Who has keys already, before a person gives them to another action.
#pragma once
#include <QKeySequence>
#include <QString>
#include <vector>

#include "widgets/pane/action_registry.h"

namespace rw::ui {

struct KeyOwner {
    QString id{};     ///< of the action; empty: the keys are fixed, nobody can take them
    QString words{};  ///< what they do
};

/// Who is in the way when the action `id` gets `keys`: the same keys, or the beginning of longer ones, at a
/// place where both work. An action that works only while its part of the window has the keyboard is in the
/// way of those of that part, and of those of the whole window. Fixed keys come first. Empty keys: nobody.
std::vector<KeyOwner> ownersOf(const ActionRegistry& registry, const QString& id, const QKeySequence& keys);

}  // namespace rw::ui
