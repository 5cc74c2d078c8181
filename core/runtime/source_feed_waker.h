// The waker that a source gets: it leads to the source's lanes for as long as they are there.
#pragma once
#include <mutex>

#include "core/runtime/source_feed.h"

namespace rw {

class SourceFeed::Waker final : public SourceWaker {
 public:
    /// From the first poll on. Waking it before is not needed: every lane polls once by itself.
    void connect(SourceFeed& feed) {
        if (m_connected) return;
        const std::lock_guard lock(m_mutex);
        m_feed = &feed;
        m_connected = true;
    }
    void disconnect() {
        const std::lock_guard lock(m_mutex);
        m_feed = nullptr;
    }
    void wake() override {
        const std::lock_guard lock(m_mutex);
        if (m_feed) m_feed->wake();
    }

 private:
    bool m_connected = false;  ///< guarded by the lock of the source's reader
    std::mutex m_mutex;        ///< guards the members below
    SourceFeed* m_feed = nullptr;
};

}  // namespace rw
