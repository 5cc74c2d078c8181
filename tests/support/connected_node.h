// A source whose parameter names a connection, and the service in memory that it leads to.
#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "core/pipeline/node_kind.h"

namespace rw {
class Connections;
}

namespace rw::test {

/// The service that all connected nodes talk to. It requires the password. Any thread.
class GreetingService {
 public:
    static GreetingService& instance();
    static constexpr const char* kPassword = "open sesame";
    void clear() { asked = busy = 0; }

    std::atomic<int> asked{0};  ///< calls, with those that were turned away
    std::atomic<int> busy{0};   ///< so many further calls fail, though the next one may not
};

/// “greeted”: rows of `greeting STRING`, one for each of `rows`, `every` so many milliseconds. Its
/// `connection` is of the kind “greeter”: a field `address`, which each row repeats (“closed”: the service
/// answers that it never will), and a secret `password`.
NodeKind greetedKind();
/// “promises_nothing” does not say what it guarantees; “tells_of_others” says how far a partition is that it
/// does not have. Otherwise they are as “greeted”.
NodeKind silentGreetedKind();
NodeKind gossipingGreetedKind();
/// The connection of that name to the service, with the right password.
std::shared_ptr<const Connections> greeterConnections(const std::string& name);
Catalogue withGreetedNode(const Catalogue& kinds);

}  // namespace rw::test
