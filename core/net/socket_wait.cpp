#include "core/net/socket_wait.h"

#include <poll.h>

#include <algorithm>
#include <limits>
#include <vector>

namespace rw {

bool awaitSockets(std::span<WatchedSocket> sockets, Millis within) {
    std::vector<pollfd> asked;
    asked.reserve(sockets.size());
    for (const WatchedSocket& socket : sockets)
        asked.push_back({socket.handle, static_cast<short>(POLLIN | (socket.toWrite ? POLLOUT : 0)), 0});
    const auto most = std::clamp<Millis>(within, 0, std::numeric_limits<int>::max());
    const int count = ::poll(asked.data(), asked.size(), static_cast<int>(most));
    for (std::size_t i = 0; i < sockets.size(); ++i) sockets[i].ready = count > 0 && asked[i].revents != 0;
    return count > 0;
}

bool awaitSocket(int handle, Millis within) {
    WatchedSocket socket{handle};
    return awaitSockets({&socket, 1}, within);
}

}  // namespace rw
