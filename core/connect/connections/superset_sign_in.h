// Signs in to a Superset: for a test of its connection, and for those who publish there.
#pragma once
#include "core/connect/connections/connection_tester.h"
#include "core/net/http_client.h"

namespace rw {

/// A user of a Superset.
struct SupersetUser {
    std::string name{};
    Secret password{};
    std::string provider{};  ///< where Superset looks the user up: “db”
};

/// The token with which further requests are let in, for about a quarter of an hour; the password goes
/// nowhere over a network that is not encrypted. `client` has no token of its own.
Result<Secret> supersetToken(HttpClient& client, const SupersetUser& user);

/// With user and password of the connection; not over a network that is not encrypted. `server`: where it is,
/// without any of them. Says who was let in. Where waiting is allowed.
Result<Text> signInToSuperset(TestedConnection& tested, HttpServer server);

}  // namespace rw
