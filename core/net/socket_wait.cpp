#include "core/net/socket_wait.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <limits>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/net/curl_handles.h"

namespace rw {

namespace {
constexpr std::int64_t kAskedEvery = 100;  // milliseconds
}

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

SocketOutcome awaitSocket(int socket, SocketWish wish, std::int64_t until,
                          const std::function<bool()>& givesUp) {
    const std::shared_ptr<Clock> clock = systemClock();
    pollfd watched{};
    watched.fd = socket;
    watched.events = static_cast<short>((wish.toRead ? POLLIN : 0) | (wish.toWrite ? POLLOUT : 0));
    for (;;) {
        if (givesUp && givesUp()) return SocketOutcome::GivenUp;
        const std::int64_t left = until - clock->steadyMillis();
        const int slice = static_cast<int>(std::clamp<std::int64_t>(left, 0, kAskedEvery));
        // An error of the socket shows when it is used; a signal makes it look again.
        if (::poll(&watched, 1, slice) > 0) return SocketOutcome::Ready;
        if (left <= slice) return SocketOutcome::TimeOver;
    }
}

void endSocket(int socket) {
    ::shutdown(socket, SHUT_RDWR);
}

void doApart(std::function<void()> work) {
    try {
        std::thread(work).detach();
    } catch (const std::system_error&) {
        work();
    }
}

std::string systemCaFile() {
    const CurlHandles curl;
    const char* const file = curl.get<const char*>(CURLINFO_CAINFO, nullptr);
    return file == nullptr ? std::string() : std::string(file);
}

}  // namespace rw
