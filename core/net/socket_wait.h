// Waiting for sockets.
#pragma once
#include <span>

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

}  // namespace rw
