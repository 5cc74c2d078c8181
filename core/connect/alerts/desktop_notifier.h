// Notifications of the desktop, over the session bus.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"

namespace rw {

/// Single-threaded. Waits for a few seconds at most.
class DesktopNotifier {
 public:
    struct Note {
        std::string id{};  ///< of the alert that its buttons are about
        std::string title{}, body{};
        std::string show{}, silence{};  ///< the words on the buttons
    };
    struct Pressed {
        std::string id{};
        bool silence = false;  ///< else it is to be shown
    };
    virtual ~DesktopNotifier() = default;
    /// NotFound: there is no session bus, or nobody on it who shows notifications.
    virtual Status notify(const Note& note) = 0;
    /// Buttons that were pressed since the last call.
    virtual std::vector<Pressed> takePressed() = 0;
};

/// By the freedesktop specification, through libsystemd. Asks for the bus when the first one is shown.
std::unique_ptr<DesktopNotifier> makeDesktopNotifier();

}  // namespace rw
