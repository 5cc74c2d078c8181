// Waits for sockets that client libraries own, and has a thread end what may hang.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace rw {

struct SocketWish {
    bool toRead = false, toWrite = false;
};

enum class SocketOutcome {
    Ready,  ///< one of the wishes holds, or the connection has ended
    TimeOver,
    GivenUp
};

/// Waits until then (steady milliseconds); `givesUp` is asked ten times a second. A moment that is over is
/// enough for what is ready at once.
SocketOutcome awaitSocket(int socket, SocketWish wish, std::int64_t until,
                          const std::function<bool()>& givesUp);

/// Ends both directions: the library that owns the socket sees its end.
void endSocket(int socket);

/// On a thread of its own, which is not waited for; here, where there can be no more threads. It must own all
/// that it touches.
void doApart(std::function<void()> work);

/// The certificates that this computer trusts, one file of PEM; empty: it is not known where they are.
std::string systemCaFile();

}  // namespace rw
