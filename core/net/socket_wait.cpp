#include "core/net/socket_wait.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/time.h"
#include "core/net/curl_handles.h"

namespace rw {

namespace {
constexpr std::int64_t kAskedEvery = 100;  // milliseconds
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
