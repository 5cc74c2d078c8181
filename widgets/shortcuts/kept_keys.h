// The keys that a person chose, kept between sessions in QSettings, by the ids of actions.
#pragma once
#include "widgets/pane/action_registry.h"

namespace rw::ui {

/// Those that are no keys are left out.
ChosenKeys keptKeys();
void keepKeys(const ChosenKeys& chosen);

}  // namespace rw::ui
