// The program's things as the accessibility bus tells them: a tree of objects with roles, names, places and
// states.
#pragma once
#include <atspi/atspi.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/screen_reader.h"

namespace rw::e2e {

/// Calls `found` with everything that shows at the end of the way, outside in, until it says true; whether it
/// did.
bool walk(const ElementPath& way, const std::function<bool(AtspiAccessible*)>& found);

/// With its place on the screen; none when it has none.
std::optional<Element> placed(AtspiAccessible* node);
/// The innermost thing around it that shows a part of its contents only, and not the middle of this one: the
/// part to scroll; none when the middle is visible.
std::optional<Element> hiddenBy(AtspiAccessible* node);
/// The innermost thing of this role around it; none when there is none with a place.
std::optional<Element> placedAround(AtspiAccessible* node, const std::string& role);
/// Its name and its description, those that it has.
std::vector<std::string> wordsOf(AtspiAccessible* node);
/// Whether the keyboard works on it; of a window: whether it is the active one.
bool hasKeyboard(AtspiAccessible* node);
/// Whether it is the chosen one of several.
bool isChosen(AtspiAccessible* node);
/// Role, name and address on the bus: no two things have the same.
std::string identity(AtspiAccessible* node);

}  // namespace rw::e2e
