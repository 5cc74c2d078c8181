// gui_start : how long the designer takes from its start until its window is on the screen and drawn.
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/child.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRuns = 11;
constexpr auto kPatience = std::chrono::seconds(20);
constexpr auto kLookEvery = std::chrono::milliseconds(2);
constexpr int kTitleBar = 30;                  ///< pixels, the window manager’s own
constexpr int kUpperPart = 100;                ///< pixels
constexpr std::size_t kColoursOfAPicture = 8;  ///< a window that is still empty has one or two

/// The windows that the window manager shows, oldest first.
std::vector<Window> shownWindows(Display* display) {
    Atom type = 0;
    int format = 0;
    unsigned long count = 0, rest = 0;
    unsigned char* data = nullptr;
    XGetWindowProperty(display, DefaultRootWindow(display), XInternAtom(display, "_NET_CLIENT_LIST", False),
                       0, 1024, False, XA_WINDOW, &type, &format, &count, &rest, &data);
    if (!data) return {};
    const auto* windows = reinterpret_cast<const Window*>(data);
    std::vector<Window> shown(windows, windows + count);
    XFree(data);
    return shown;
}

/// Whether the window shows more than a background: the screen's upper part, where its words and icons are,
/// holds several colours. The screen and not the window: the server gives no picture of the part beyond its
/// edge.
bool isDrawn(Display* display, Window window) {
    XWindowAttributes attributes;
    if (!XGetWindowAttributes(display, window, &attributes) || attributes.map_state != IsViewable)
        return false;
    const int width = DisplayWidth(display, DefaultScreen(display));
    XImage* image = XGetImage(display, DefaultRootWindow(display), 0, kTitleBar, static_cast<unsigned>(width),
                              kUpperPart, AllPlanes, ZPixmap);
    if (!image) return false;
    std::set<unsigned long> colours;
    for (int y = 0; y < kUpperPart; ++y)
        for (int x = 0; x < width && colours.size() < kColoursOfAPicture; ++x)
            colours.insert(XGetPixel(image, x, y));
    XDestroyImage(image);
    return colours.size() >= kColoursOfAPicture;
}

/// Seconds from the program's start to its drawn window; ends the bench when none comes.
double secondsToWindow(Display* display, const char* program, const std::filesystem::path& folder) {
    const std::size_t before = shownWindows(display).size();
    const auto start = Clock::now();
    const int child = rw::testing::startChild({program}, folder, folder / "log");
    double seconds = -1;
    while (seconds < 0 && Clock::now() - start < kPatience) {
        const std::vector<Window> shown = shownWindows(display);
        if (shown.size() > before && isDrawn(display, shown.back()))
            seconds = std::chrono::duration<double>(Clock::now() - start).count();
        else
            std::this_thread::sleep_for(kLookEvery);
    }
    if (child > 0) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
    }
    if (seconds < 0) {
        fmt::print(stderr, "{} showed no window\n", program);
        std::exit(1);
    }
    while (shownWindows(display).size() > before) std::this_thread::sleep_for(kLookEvery);
    return seconds;
}

int ignoreError(Display*, XErrorEvent*) {
    return 0;
}  // a window may go while it is looked at

}  // namespace

int main() {
    const char* program = std::getenv("RILLWRIGHT_PROGRAM");
    const std::unique_ptr<Display, decltype(&XCloseDisplay)> display(XOpenDisplay(nullptr), XCloseDisplay);
    if (!program || !display) {
        fmt::print(stderr, "needs RILLWRIGHT_PROGRAM, the built program, and a display\n");
        return 2;
    }
    XSetErrorHandler(ignoreError);
    const rw::testing::ScratchFolder scratch("start");
    setenv("XDG_CONFIG_HOME", scratch.path().c_str(), 1);
    setenv("XDG_DATA_HOME", scratch.path().c_str(), 1);
    std::vector<double> seconds;
    for (int i = 0; i < kRuns; ++i)
        seconds.push_back(secondsToWindow(display.get(), program, scratch.path()));
    std::sort(seconds.begin(), seconds.end());
    fmt::print("from start to the drawn window: median {:.3f} s, slowest of {}: {:.3f} s\n",
               seconds[kRuns / 2], kRuns, seconds.back());
    return 0;
}
