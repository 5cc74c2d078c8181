#include "tests/e2e/screen_reader.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>

#include <cstdio>

#include "tests/e2e/accessible_tree.h"
#include "tests/e2e/patience.h"

namespace rw::e2e {

namespace {

bool isTip(Display* display, Window window) {
    Atom type = None;
    int format = 0;
    unsigned long count = 0, left = 0;
    unsigned char* data = nullptr;
    XGetWindowProperty(display, window, XInternAtom(display, "_NET_WM_WINDOW_TYPE", False), 0, 1, False,
                       XA_ATOM, &type, &format, &count, &left, &data);
    const bool tip = count > 0 && *reinterpret_cast<const Atom*>(data) ==
                                      XInternAtom(display, "_NET_WM_WINDOW_TYPE_TOOLTIP", False);
    if (data) XFree(data);
    return tip;
}

/// Of the program's windows, which have its class, the one that no window manager frames, but no tool tip.
std::optional<Element> menuOn(Display* display) {
    Window root = 0, parent = 0, *windows = nullptr;
    unsigned count = 0;
    XQueryTree(display, DefaultRootWindow(display), &root, &parent, &windows, &count);
    std::optional<Element> menu;
    for (unsigned i = 0; i < count; ++i) {
        XWindowAttributes place{};
        XClassHint kind{};
        if (!XGetWindowAttributes(display, windows[i], &place) || place.map_state != IsViewable ||
            !XGetClassHint(display, windows[i], &kind))
            continue;
        if (kind.res_class == std::string("Rillwright") && !isTip(display, windows[i]))
            menu = Element{"menu", place.x, place.y, place.width, place.height};
        XFree(kind.res_name);
        XFree(kind.res_class);
    }
    if (windows) XFree(windows);
    return menu;
}

}  // namespace

std::string describe(const ElementPath& way) {
    std::string words;
    for (const Step& step : way) words += (words.empty() ? "" : " → ") + step.role + " “" + step.name + "”";
    return words;
}

std::optional<Element> ScreenReader::find(const ElementPath& way) const {
    std::optional<Element> thing;
    walk(way, [&](AtspiAccessible* node) { return !hiddenBy(node) && (thing = placed(node)).has_value(); });
    return thing;
}

std::optional<OutOfSight> ScreenReader::outOfSight(const ElementPath& way) const {
    std::optional<OutOfSight> hidden;
    walk(way, [&](AtspiAccessible* node) {
        const std::optional<Element> thing = placed(node), pane = hiddenBy(node);
        if (thing && pane) hidden = OutOfSight{*thing, *pane};
        return thing.has_value();
    });
    return hidden;
}

Element ScreenReader::await(const ElementPath& way) const {
    std::optional<Element> last;
    until(
        [&] {
            const std::optional<Element> before = last;
            last = find(way);
            return last && before && last->x == before->x && last->y == before->y;
        },
        [&] { return "There is no " + describe(way); });
    return *last;
}

void ScreenReader::awaitThere(const ElementPath& way) const {
    until([&] { return count(way) > 0; }, [&] { return "There is no " + describe(way); });
}

void ScreenReader::awaitGone(const ElementPath& way) const {
    until([&] { return count(way) == 0; }, [&] { return "It stays: " + describe(way); });
}

std::vector<Element> ScreenReader::all(const ElementPath& way) const {
    std::vector<Element> things;
    walk(way, [&](AtspiAccessible* node) {
        const std::optional<Element> thing = placed(node);
        if (thing && !hiddenBy(node)) things.push_back(*thing);
        return false;
    });
    return things;
}

Element ScreenReader::around(const ElementPath& way, const std::string& role) const {
    std::optional<Element> outer;
    until(
        [&] {
            walk(way, [&](AtspiAccessible* node) {
                return !hiddenBy(node) && (outer = placedAround(node, role)).has_value();
            });
            return outer.has_value();
        },
        [&] { return "There is no " + role + " around " + describe(way); });
    return *outer;
}

std::vector<std::string> ScreenReader::words() const {
    std::vector<std::string> all;
    walk({{"", ""}}, [&](AtspiAccessible* node) {
        for (std::string& words : wordsOf(node)) all.push_back(std::move(words));
        return false;
    });
    return all;
}

std::size_t ScreenReader::count(const ElementPath& way) const {
    std::size_t count = 0;
    walk(way, [&](AtspiAccessible* node) {
        count += placed(node) ? 1 : 0;
        return false;
    });
    return count;
}

void ScreenReader::awaitCount(const ElementPath& way, std::size_t wanted) const {
    until([&] { return count(way) == wanted; },
          [&] {
              return "Not " + std::to_string(wanted) + " but " + std::to_string(count(way)) + " of " +
                     describe(way);
          });
}

bool ScreenReader::hasFocus(const ElementPath& way) const {
    return walk(way, hasKeyboard);
}

void ScreenReader::awaitFocus(const ElementPath& way) const {
    until([&] { return hasFocus(way); },
          [&] { return "Not " + describe(way) + " but " + focused() + " has the focus"; });
}

void ScreenReader::awaitChosen(const ElementPath& way) const {
    until([&] { return walk(way, isChosen); }, [&] { return "It is not chosen: " + describe(way); });
}

std::string ScreenReader::focused() const {
    std::string words = "nothing";
    // The innermost: a list and its item may both have it.
    walk({{"", ""}}, [&](AtspiAccessible* node) {
        if (hasKeyboard(node)) words = identity(node);
        return false;
    });
    return words;
}

Element ScreenReader::awaitMenu() const {
    std::optional<Element> menu;
    until([&] { return (menu = menuOn(m_display)).has_value(); }, [] { return "No menu opens"; });
    return *menu;
}

void ScreenReader::awaitNoMenu() const {
    until([&] { return !menuOn(m_display); }, [] { return "The menu stays"; });
}

std::uint64_t ScreenReader::picture(const Element& part) const {
    XImage* image =
        XGetImage(m_display, DefaultRootWindow(m_display), part.x, part.y, static_cast<unsigned>(part.width),
                  static_cast<unsigned>(part.height), AllPlanes, ZPixmap);
    if (!image) throw Failed("No picture of “" + part.name + "”");
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (int y = 0; y < part.height; ++y)
        for (int x = 0; x < part.width; ++x) hash = (hash ^ XGetPixel(image, x, y)) * 1099511628211ULL;
    XDestroyImage(image);
    return hash;
}

void ScreenReader::awaitChange(const Element& part, std::uint64_t before) const {
    until([&] { return picture(part) != before; }, [&] { return "“" + part.name + "” looks as before"; });
}

void ScreenReader::keepScreen(const std::filesystem::path& file) const {
    const int width = DisplayWidth(m_display, 0), height = DisplayHeight(m_display, 0);
    XImage* image = XGetImage(m_display, DefaultRootWindow(m_display), 0, 0, static_cast<unsigned>(width),
                              static_cast<unsigned>(height), AllPlanes, ZPixmap);
    FILE* out = image ? std::fopen(file.c_str(), "wb") : nullptr;
    if (!out) return;
    std::fprintf(out, "P6\n%d %d\n255\n", width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (const int shift : {16, 8, 0})
                std::fputc(static_cast<int>((XGetPixel(image, x, y) >> shift) & 0xff), out);
    std::fclose(out);
    XDestroyImage(image);
}

}  // namespace rw::e2e
