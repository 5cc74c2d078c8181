// Addresses of the other side of a socket, as people write them.
#pragma once
#include <sys/socket.h>

#include <string>

namespace rw {

/// “127.0.0.1:4711”, “[::1]:4711”.
std::string socketAddressText(const sockaddr_storage& address);

}  // namespace rw
