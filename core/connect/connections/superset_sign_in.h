// Signs in to a Superset, as far as a test of its connection needs it.
#pragma once
#include "core/connect/connections/connection_tester.h"
#include "core/net/http_client.h"

namespace rw {

/// With user and password of the connection; not over a network that is not encrypted. `server`: where it is,
/// without any of them. Says who was let in. Where waiting is allowed.
Result<Text> signInToSuperset(TestedConnection& tested, HttpServer server);

}  // namespace rw
