// Messages that came over a socket, until the journal has them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/connect/journal/journal.h"

namespace rw {

class SocketMessages {
 public:
    /// `sender`: the address that it came from, “127.0.0.1:4711”; a column reads it FROM HEADER 'sender'.
    void add(std::string_view message, const std::string& sender);
    bool empty() const { return m_messages.empty(); }
    std::size_t bytes() const { return m_bytes.size(); }
    std::size_t size() const { return m_messages.size(); }
    /// All of them, in one sync. They are forgotten, also where that fails: then they are lost, and counted.
    Status keep(Journal& journal, Instant arrived);

 private:
    struct Place {
        std::size_t begin = 0, size = 0, sender = 0;
    };
    std::string m_bytes{};
    std::vector<std::string> m_senders{};
    std::vector<Place> m_messages{};
};

}  // namespace rw
