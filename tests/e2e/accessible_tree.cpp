#include "tests/e2e/accessible_tree.h"

#include <memory>

namespace rw::e2e {

namespace {

constexpr int kDeepest = 30;

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
using Node = std::unique_ptr<AtspiAccessible, Unref>;

/// A string of the library's, ours to free.
std::string taken(char* text) {
    const std::string copy = text ? text : "";
    g_free(text);
    return copy;
}

std::string nameOf(AtspiAccessible* node) {
    return taken(atspi_accessible_get_name(node, nullptr));
}

std::string roleOf(AtspiAccessible* node) {
    return taken(atspi_accessible_get_role_name(node, nullptr));
}

std::vector<Node> childrenOf(AtspiAccessible* node) {
    std::vector<Node> children;
    const int count = atspi_accessible_get_child_count(node, nullptr);
    for (int i = 0; i < count; ++i)
        if (AtspiAccessible* child = atspi_accessible_get_child_at_index(node, i, nullptr))
            children.emplace_back(child);
    return children;
}

bool hasState(AtspiAccessible* node, AtspiStateType state) {
    const std::unique_ptr<AtspiStateSet, Unref> states(atspi_accessible_get_state_set(node));
    return states && atspi_state_set_contains(states.get(), state);
}

/// Parts of such a thing may be outside of it: a menu beside its line, a port on the edge of its
/// card.
bool showsInside(const std::string& role) {
    return role != "menu item" && role != "menu" && role != "menu bar" && role != "popup menu" &&
           role != "combo box" && role != "list item" && role != "tool tip";
}

bool isWindow(const std::string& role) {
    return role == "frame" || role == "dialog" || role == "window" || role == "file chooser";
}

bool isStep(AtspiAccessible* node, const Step& step) {
    return (step.role.empty() || roleOf(node) == step.role) && nameOf(node).starts_with(step.name);
}

bool walkFrom(AtspiAccessible* node, const ElementPath& way, std::size_t step, int depth,
              const std::function<bool(AtspiAccessible*)>& found) {
    // Things inside a hidden one are hidden, too.
    if (depth > kDeepest || !hasState(node, ATSPI_STATE_SHOWING)) return false;
    if (isStep(node, way[step])) {
        if (step + 1 < way.size()) {
            ++step;
        } else if (found(node)) {
            return true;
        }
    }
    for (const Node& child : childrenOf(node))
        if (walkFrom(child.get(), way, step, depth + 1, found)) return true;
    return false;
}

}  // namespace

bool walk(const ElementPath& way, const std::function<bool(AtspiAccessible*)>& found) {
    const Node desktop(atspi_get_desktop(0));
    for (const Node& application : childrenOf(desktop.get())) {
        if (nameOf(application.get()) != "Rillwright") continue;
        for (const Node& window : childrenOf(application.get()))
            if (walkFrom(window.get(), way, 0, 0, found)) return true;
    }
    return false;
}

std::optional<Element> placed(AtspiAccessible* node) {
    const std::unique_ptr<AtspiComponent, Unref> component(atspi_accessible_get_component_iface(node));
    if (!component) return std::nullopt;
    AtspiRect* place = atspi_component_get_extents(component.get(), ATSPI_COORD_TYPE_SCREEN, nullptr);
    if (!place) return std::nullopt;
    Element thing{nameOf(node), place->x, place->y, place->width, place->height};
    g_free(place);
    if (thing.width <= 0 || thing.height <= 0) return std::nullopt;
    return thing;
}

std::optional<Element> hiddenBy(AtspiAccessible* node) {
    const std::optional<Element> thing = placed(node);
    Node around(atspi_accessible_get_parent(node, nullptr));
    while (thing && around) {
        const std::string role = roleOf(around.get());
        const std::optional<Element> pane = showsInside(role) ? placed(around.get()) : std::nullopt;
        if (pane && !pane->holds(thing->middleX(), thing->middleY())) return pane;
        if (isWindow(role)) break;  // its parts may stand beside another
        around.reset(atspi_accessible_get_parent(around.get(), nullptr));
    }
    return std::nullopt;
}

std::optional<Element> placedAround(AtspiAccessible* node, const std::string& role) {
    Node around(atspi_accessible_get_parent(node, nullptr));
    while (around && roleOf(around.get()) != role)
        around.reset(atspi_accessible_get_parent(around.get(), nullptr));
    return around ? placed(around.get()) : std::nullopt;
}

std::vector<std::string> wordsOf(AtspiAccessible* node) {
    std::vector<std::string> words{nameOf(node), taken(atspi_accessible_get_description(node, nullptr))};
    std::erase(words, std::string());
    return words;
}

bool hasKeyboard(AtspiAccessible* node) {
    if (hasState(node, ATSPI_STATE_ACTIVE)) return true;
    if (!hasState(node, ATSPI_STATE_FOCUSED)) return false;
    const std::string role = roleOf(node);
    if (role != "page tab" && role != "table cell") return true;
    // Qt says so of the current one in every bar and table.
    const Node whole(atspi_accessible_get_parent(node, nullptr));
    return whole && hasState(whole.get(), ATSPI_STATE_FOCUSED);
}

bool isChosen(AtspiAccessible* node) {
    // Qt 6.4 calls the tab in front focused, wherever the keyboard is.
    return hasState(node, ATSPI_STATE_SELECTED) || hasState(node, ATSPI_STATE_FOCUSED);
}

std::string identity(AtspiAccessible* node) {
    return roleOf(node) + " “" + nameOf(node) + "” (" + ATSPI_OBJECT(node)->path + ")";
}

}  // namespace rw::e2e
