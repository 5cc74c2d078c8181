// How a client's WebSocket speaks TLS.
#pragma once
#include <memory>

#include "core/net/http_client.h"

struct ssl_ctx_st;  // SSL_CTX of OpenSSL

namespace rw {

struct TlsSettingsEnd {
    void operator()(ssl_ctx_st* settings) const;
};
/// Of OpenSSL, and ours: libwebsockets 4.1 frees none that it made itself while another connection has one,
/// 700 KB for each time that one is made anew.
using TlsSettings = std::unique_ptr<ssl_ctx_st, TlsSettingsEnd>;

/// Servers must be certified by the CA file of `server`, or if it has none by those that the system trusts;
/// its client certificate is shown to them. Reads these files. Whether the name is that of the certificate is
/// up to who connects.
Result<TlsSettings> websocketTls(const HttpServer& server);

}  // namespace rw
