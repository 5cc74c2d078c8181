// Tests a connection to a broker for the person who set it up.
#pragma once
#include <memory>

#include "core/connect/connections/connection_tester.h"

namespace rw {

/// Reaches the broker, with TLS, and signs in.
std::shared_ptr<const ConnectionTester> mqttTester();

}  // namespace rw
