// Addresses of servers that have no URL: “broker-1:9092, broker-2:9092”.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace rw {

struct HostPort {
    std::string host{};  ///< a name or a number; of IPv6 without brackets
    int port = 0;
    bool operator==(const HostPort&) const = default;
};

/// “host”, “host:port”, “[::1]:port”. `otherwise`: the port where the text has none; 0: it must have one.
Result<HostPort> parseHostPort(std::string_view text, int otherwise);
/// One or several with commas between.
Result<std::vector<HostPort>> parseHostPorts(std::string_view text, int otherwise);
/// Of “https://host:port/path”: the port of the protocol where it has none.
Result<HostPort> hostPortOfUrl(std::string_view url);

/// Whether it is this computer by its address alone, which no name server is asked for.
bool isOfThisComputer(const HostPort& at);

}  // namespace rw
