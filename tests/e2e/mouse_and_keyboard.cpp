#include "tests/e2e/mouse_and_keyboard.h"

#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#include <chrono>
#include <thread>
#include <vector>

namespace rw::e2e {

namespace {

constexpr int kDragSteps = 12;
constexpr auto kHandPause = std::chrono::milliseconds(25);
constexpr auto kKeyPause = std::chrono::milliseconds(12);

}  // namespace

void MouseAndKeyboard::settle() {
    XSync(m_display, False);
    std::this_thread::sleep_for(kHandPause);
}

void MouseAndKeyboard::moveTo(int x, int y) {
    XTestFakeMotionEvent(m_display, -1, x, y, CurrentTime);
    settle();
}

void MouseAndKeyboard::button(bool down, unsigned which) {
    XTestFakeButtonEvent(m_display, which, down ? True : False, CurrentTime);
    settle();
}

void MouseAndKeyboard::wheel(const Element& over, bool down) {
    constexpr int kEdge = 4;
    moveTo(over.x + kEdge, over.middleY());
    const unsigned notch = down ? Button5 : Button4;
    button(true, notch);
    button(false, notch);
}

void MouseAndKeyboard::resizeWindow(int width, int height) {
    Window window = None;
    int revert = 0;
    XGetInputFocus(m_display, &window, &revert);
    XResizeWindow(m_display, window, static_cast<unsigned>(width), static_cast<unsigned>(height));
    settle();
}

void MouseAndKeyboard::click(int x, int y) {
    moveTo(x, y);
    button(true);
    button(false);
}

// In one go: on a busy machine two clicks could lie too far apart.
void MouseAndKeyboard::doubleClick(const Element& thing) {
    moveTo(thing.middleX(), thing.middleY());
    for (const int down : {True, False, True, False})
        XTestFakeButtonEvent(m_display, Button1, down, CurrentTime);
    settle();
}

void MouseAndKeyboard::drag(const Element& from, int toX, int toY) {
    moveTo(from.middleX(), from.middleY());
    button(true);
    for (int step = 1; step <= kDragSteps; ++step)
        moveTo(from.middleX() + (toX - from.middleX()) * step / kDragSteps,
               from.middleY() + (toY - from.middleY()) * step / kDragSteps);
    moveTo(toX, toY);
    button(false);
}

void MouseAndKeyboard::key(KeySym symbol, bool shift) {
    const KeyCode shiftKey = XKeysymToKeycode(m_display, XK_Shift_L);
    const KeyCode code = XKeysymToKeycode(m_display, symbol);
    if (shift) XTestFakeKeyEvent(m_display, shiftKey, True, CurrentTime);
    XTestFakeKeyEvent(m_display, code, True, CurrentTime);
    XTestFakeKeyEvent(m_display, code, False, CurrentTime);
    if (shift) XTestFakeKeyEvent(m_display, shiftKey, False, CurrentTime);
    XSync(m_display, False);
    std::this_thread::sleep_for(kKeyPause);
}

void MouseAndKeyboard::type(const std::string& text) {
    for (const char letter : text) {
        const auto symbol =
            static_cast<KeySym>(static_cast<unsigned char>(letter));  // ASCII: the same numbers
        const KeyCode code = XKeysymToKeycode(m_display, symbol);
        key(symbol, XkbKeycodeToKeysym(m_display, code, 0, 0) != symbol);
    }
    settle();
}

void MouseAndKeyboard::press(const std::string& keys) {
    std::vector<KeyCode> held;
    std::size_t start = 0;
    for (std::size_t plus = keys.find('+'); plus != std::string::npos; plus = keys.find('+', start)) {
        const std::string name = keys.substr(start, plus - start);
        const KeySym symbol = name == "ctrl" ? XK_Control_L : name == "shift" ? XK_Shift_L : XK_Alt_L;
        held.push_back(XKeysymToKeycode(m_display, symbol));
        start = plus + 1;
    }
    for (const KeyCode code : held) XTestFakeKeyEvent(m_display, code, True, CurrentTime);
    key(XStringToKeysym(keys.substr(start).c_str()), false);
    for (const KeyCode code : held) XTestFakeKeyEvent(m_display, code, False, CurrentTime);
    settle();
}

}  // namespace rw::e2e
