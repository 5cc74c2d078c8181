#include "core/connect/connections/http_connection.h"

namespace rw {

Result<HttpServer> httpServer(const NodeConnection& connection) {
    HttpServer server;
    server.address = connection.field("address");
    server.caFile = connection.field("ca_file");
    server.certificate.file = connection.field("client_certificate");
    server.certificate.keyFile = connection.field("client_key");
    if (!server.certificate.file.empty()) {
        RW_TRY_ASSIGN(server.certificate.passphrase, connection.secret("key_passphrase"));
    }
    server.headers = headersOfLines(connection.field("headers"));
    server.keyHeader = connection.field("api_key_header");
    if (!server.keyHeader.empty()) {
        RW_TRY_ASSIGN(server.key, connection.secret("api_key"));
    }
    RW_TRY_ASSIGN(server.bearer, connection.secret("token"));
    // Other kinds sign in, or name a user, in ways of their own.
    if (connection.kind() == "http" && server.bearer.empty()) server.user = connection.field("user");
    if (!server.user.empty()) {
        RW_TRY_ASSIGN(server.password, connection.secret("password"));
    }
    return server;
}

}  // namespace rw
