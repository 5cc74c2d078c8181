#include "tests/e2e/eyes.h"

#include <X11/Xutil.h>
#include <atspi/atspi.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>

namespace rw::e2e {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kLookEvery = std::chrono::milliseconds(50);
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

std::vector<Node> childrenOf(AtspiAccessible* node) {
    std::vector<Node> children;
    const int count = atspi_accessible_get_child_count(node, nullptr);
    for (int i = 0; i < count; ++i)
        if (AtspiAccessible* child = atspi_accessible_get_child_at_index(node, i, nullptr))
            children.emplace_back(child);
    return children;
}

std::optional<Thing> seen(AtspiAccessible* node) {
    const std::unique_ptr<AtspiComponent, Unref> component(atspi_accessible_get_component_iface(node));
    if (!component) return std::nullopt;
    AtspiRect* place = atspi_component_get_extents(component.get(), ATSPI_COORD_TYPE_SCREEN, nullptr);
    if (!place) return std::nullopt;
    Thing thing{taken(atspi_accessible_get_name(node, nullptr)), place->x, place->y, place->width,
                place->height};
    g_free(place);
    if (thing.width <= 0 || thing.height <= 0) return std::nullopt;
    return thing;
}

bool isStep(AtspiAccessible* node, const Step& step) {
    if (!step.role.empty() && taken(atspi_accessible_get_role_name(node, nullptr)) != step.role) return false;
    return taken(atspi_accessible_get_name(node, nullptr)).starts_with(step.name);
}

/// Calls `found` with every node at the end of the way, until it says true.
bool walk(AtspiAccessible* node, const Way& way, std::size_t step, int depth,
          const std::function<bool(AtspiAccessible*)>& found) {
    if (depth > kDeepest) return false;
    if (isStep(node, way[step])) {
        if (step + 1 == way.size()) {
            if (found(node)) return true;
        } else {
            for (const Node& child : childrenOf(node))
                if (walk(child.get(), way, step + 1, depth + 1, found)) return true;
            return false;
        }
    }
    for (const Node& child : childrenOf(node))
        if (walk(child.get(), way, step, depth + 1, found)) return true;
    return false;
}

/// Our program's own branch of the desktop.
Node program() {
    const Node desktop(atspi_get_desktop(0));
    for (Node& application : childrenOf(desktop.get()))
        if (taken(atspi_accessible_get_name(application.get(), nullptr)) == "Rillwright")
            return std::move(application);
    return nullptr;
}

std::string told(const Way& way) {
    std::string words;
    for (const Step& step : way) words += (words.empty() ? "" : " → ") + step.role + " “" + step.name + "”";
    return words;
}

}  // namespace

std::optional<Thing> Eyes::find(const Way& way) const {
    const Node application = program();
    std::optional<Thing> thing;
    if (application)
        walk(application.get(), way, 0, 0,
             [&](AtspiAccessible* node) { return (thing = seen(node)).has_value(); });
    return thing;
}

Thing Eyes::await(const Way& way) const {
    const auto start = Clock::now();
    std::optional<Thing> last;
    while (Clock::now() - start < kPatience) {
        const std::optional<Thing> thing = find(way);
        const bool still = thing && last && thing->x == last->x && thing->y == last->y;
        if (still) return *thing;
        last = thing;
        std::this_thread::sleep_for(kLookEvery * 3);
    }
    fail("There is no " + told(way));
}

void Eyes::awaitGone(const Way& way) const {
    const auto start = Clock::now();
    while (Clock::now() - start < kPatience) {
        if (!find(way)) return;
        std::this_thread::sleep_for(kLookEvery);
    }
    fail("It stays: " + told(way));
}

bool Eyes::isFocused(const Way& way) const {
    const Node application = program();
    return application && walk(application.get(), way, 0, 0, [](AtspiAccessible* node) {
               const std::unique_ptr<AtspiStateSet, Unref> states(atspi_accessible_get_state_set(node));
               return states && atspi_state_set_contains(states.get(), ATSPI_STATE_FOCUSED);
           });
}

std::size_t Eyes::count(const Way& way) const {
    std::size_t count = 0;
    if (const Node application = program())
        walk(application.get(), way, 0, 0, [&](AtspiAccessible* node) {
            count += seen(node) ? 1 : 0;
            return false;
        });
    return count;
}

void Eyes::awaitCount(const Way& way, std::size_t wanted) const {
    const auto start = Clock::now();
    while (Clock::now() - start < kPatience) {
        if (count(way) == wanted) return;
        std::this_thread::sleep_for(kLookEvery);
    }
    fail("Not " + std::to_string(wanted) + " but " + std::to_string(count(way)) + " of " + told(way));
}

std::uint64_t Eyes::picture(const Thing& part) const {
    XImage* image =
        XGetImage(m_display, DefaultRootWindow(m_display), part.x, part.y, static_cast<unsigned>(part.width),
                  static_cast<unsigned>(part.height), AllPlanes, ZPixmap);
    if (!image) fail("No picture of “" + part.name + "”");
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (int y = 0; y < part.height; ++y)
        for (int x = 0; x < part.width; ++x) hash = (hash ^ XGetPixel(image, x, y)) * 1099511628211ULL;
    XDestroyImage(image);
    return hash;
}

void Eyes::awaitChange(const Thing& part, std::uint64_t before) const {
    const auto start = Clock::now();
    while (Clock::now() - start < kPatience) {
        if (picture(part) != before) return;
        std::this_thread::sleep_for(kLookEvery);
    }
    fail("“" + part.name + "” looks as before");
}

void Eyes::fail(const std::string& why) const {
    std::fprintf(stderr, "FAIL: %s\n", why.c_str());
    const int width = DisplayWidth(m_display, 0), height = DisplayHeight(m_display, 0);
    XImage* image = XGetImage(m_display, DefaultRootWindow(m_display), 0, 0, static_cast<unsigned>(width),
                              static_cast<unsigned>(height), AllPlanes, ZPixmap);
    if (FILE* file = image ? std::fopen("failed.ppm", "wb") : nullptr) {
        std::fprintf(file, "P6\n%d %d\n255\n", width, height);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (const int shift : {16, 8, 0})
                    std::fputc(static_cast<int>((XGetPixel(image, x, y) >> shift) & 0xff), file);
        std::fclose(file);
    }
    std::exit(1);
}

}  // namespace rw::e2e
