// A person's mouse and keyboard, through the X server's test extension.
#pragma once
#include <X11/Xlib.h>

#include <string>

#include "tests/e2e/screen_reader.h"

namespace rw::e2e {

class MouseAndKeyboard {
 public:
    explicit MouseAndKeyboard(Display* display) : m_display(display) {}

    void click(const Element& thing) { click(thing.middleX(), thing.middleY()); }
    void click(int x, int y);
    void doubleClick(const Element& thing);
    /// Presses at one place, moves over in steps as a hand does, and lets go at the other.
    void drag(const Element& from, int toX, int toY);
    void drag(const Element& from, const Element& to) { drag(from, to.middleX(), to.middleY()); }
    /// Turns the wheel one notch over the left edge of a thing: a field in its middle might take it.
    void wheel(const Element& over, bool down);
    /// Gives the window that has the keyboard another size, as by dragging its corner.
    void resizeWindow(int width, int height);

    /// Types printable ASCII.
    void type(const std::string& text);
    /// Presses a key with modifiers: "Return", "ctrl+s", "ctrl+shift+z".
    void press(const std::string& keys);

 private:
    void moveTo(int x, int y);
    void button(bool down, unsigned which = Button1);
    void key(KeySym symbol, bool shift);
    void settle();

    Display* m_display;
};

}  // namespace rw::e2e
