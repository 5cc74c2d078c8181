// The visible parts of the built program, found by name and place: read through the accessibility bus, as a
// screen reader does, and from the screen's pixels.
#pragma once
#include <X11/Xlib.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rw::e2e {

struct Element {
    std::string name;
    int x = 0, y = 0, width = 0, height = 0;  ///< on the screen, pixels
    int middleX() const { return x + width / 2; }
    int middleY() const { return y + height / 2; }
    bool holds(int atX, int atY) const { return atX >= x && atY >= y && atX < x + width && atY < y + height; }
};

/// A thing whose role is this (empty: any) and whose name begins so.
struct Step {
    std::string role;
    std::string name;
};
/// From outside in: {{"", "Canvas"}, {"list item", "CPU"}} is the CPU node on the canvas.
using ElementPath = std::vector<Step>;

/// A thing that is there but scrolled out of sight, and the area to scroll for it.
struct OutOfSight {
    Element thing, pane;
};

/// The way in words.
std::string describe(const ElementPath& way);

/// Only visible things are seen, and only where one can point at their middle: an entry of a list below its
/// fold is not. Waiting throws Failed when the thing does not come.
class ScreenReader {
 public:
    explicit ScreenReader(Display* display) : m_display(display) {}

    std::optional<Element> find(const ElementPath& way) const;
    /// Waits until it is there and keeps its place.
    Element await(const ElementPath& way) const;
    /// Waits until it is there, be it out of sight.
    void awaitThere(const ElementPath& way) const;
    void awaitGone(const ElementPath& way) const;
    /// Nothing when it is seen, or not there at all.
    std::optional<OutOfSight> outOfSight(const ElementPath& way) const;

    /// All that are seen, in the order in which they belong to each other.
    std::vector<Element> all(const ElementPath& way) const;
    /// Of the things of this role around it, the place of the innermost: of the card that a title stands on.
    Element around(const ElementPath& way, const std::string& role) const;
    /// The names and descriptions of all visible things, and the texts that a screen reader reads beside
    /// them.
    std::vector<std::string> words() const;

    /// How many there are, also those that one would have to scroll to.
    std::size_t count(const ElementPath& way) const;
    void awaitCount(const ElementPath& way, std::size_t count) const;

    /// Whether the keyboard works on it; of a window: whether it is the active one.
    bool hasFocus(const ElementPath& way) const;
    void awaitFocus(const ElementPath& way) const;
    /// Waits until it is the chosen one of several, as a tab is.
    void awaitChosen(const ElementPath& way) const;
    /// The thing with the focus, in words that are no other thing's.
    std::string focused() const;

    /// The menu that a button has opened: the bus knows only those of the menu bar.
    Element awaitMenu() const;
    void awaitNoMenu() const;

    /// A number that changes with the picture of this part of the screen.
    std::uint64_t picture(const Element& part) const;
    /// Waits until this part of the screen looks different from `before`.
    void awaitChange(const Element& part, std::uint64_t before) const;

    /// Writes the whole screen as a picture (PPM).
    void keepScreen(const std::filesystem::path& file) const;

 private:
    Display* m_display;
};

}  // namespace rw::e2e
