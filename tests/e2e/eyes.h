// What a person sees of the built program, told by name and place: read through the accessibility bus, as a
// screen reader does, and from the screen's pixels.
#pragma once
#include <X11/Xlib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rw::e2e {

struct Thing {
    std::string name;
    int x = 0, y = 0, width = 0, height = 0;  ///< on the screen, pixels
    int middleX() const { return x + width / 2; }
    int middleY() const { return y + height / 2; }
};

/// A thing whose role is this (empty: any) and whose name begins so.
struct Step {
    std::string role;
    std::string name;
};
/// From outside in: {{"", "Canvas"}, {"list item", "CPU"}} is the CPU node on the canvas.
using Way = std::vector<Step>;

class Eyes {
 public:
    explicit Eyes(Display* display) : m_display(display) {}

    /// The first that is there and has a place on the screen.
    std::optional<Thing> find(const Way& way) const;
    /// The same, waited for until it keeps its place; ends the test with words and a picture of the screen
    /// when it does not come.
    Thing await(const Way& way) const;
    /// Waits until it is gone.
    void awaitGone(const Way& way) const;
    /// Whether it has the keyboard's focus.
    bool isFocused(const Way& way) const;

    /// How many there are with a place on the screen.
    std::size_t count(const Way& way) const;
    void awaitCount(const Way& way, std::size_t count) const;

    /// A number that changes with the picture of this part of the screen.
    std::uint64_t picture(const Thing& part) const;
    /// Waits until this part of the screen looks different from `before`.
    void awaitChange(const Thing& part, std::uint64_t before) const;

    /// Ends the test: says why, and leaves the screen in failed.ppm.
    [[noreturn]] void fail(const std::string& why) const;

 private:
    Display* m_display;
};

}  // namespace rw::e2e
