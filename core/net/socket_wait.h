// Waits for sockets, also those that client libraries own, and has a thread end what may hang.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "core/base/time.h"

namespace rw {

struct WatchedSocket {
    int handle = -1;
    bool toWrite = false;  ///< also whether it can be written
    bool ready = false;    ///< it can be read, or written, or has ended
};

/// Waits until one of them is ready, but no longer than `within`; 0: not at all. Whether one is.
bool awaitSockets(std::span<WatchedSocket> sockets, Millis within);
/// The same of one that is to be read.
bool awaitSocket(int handle, Millis within);

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
