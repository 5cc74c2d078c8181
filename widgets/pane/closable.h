// A page whose tab comes when it is asked for and goes when it is closed. The window asks for it by
// dynamic_cast, so that other panes need not know of it.
#pragma once

namespace rw::ui {

class Closable {
 public:
    Closable() = default;
    Closable(const Closable&) = delete;
    Closable& operator=(const Closable&) = delete;
    virtual ~Closable() = default;

    /// Its tab was closed: it is off by now, and begins anew when it is opened again.
    virtual void closed() = 0;
};

}  // namespace rw::ui
