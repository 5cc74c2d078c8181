// The client of a connection whose address is a URL: in one place, so that all nodes, registries and tests
// send the same.
#pragma once
#include "core/connect/connections/connections.h"
#include "core/net/http_client.h"

namespace rw {

/// Its address, certificates and headers, and what proves who asks: the secret `token`, else, of kind “http”,
/// `user` with the secret `password`; and `api_key` in the header `api_key_header`. Where waiting is allowed
/// (NodeConnection::secret).
Result<HttpServer> httpServer(const NodeConnection& connection);

}  // namespace rw
