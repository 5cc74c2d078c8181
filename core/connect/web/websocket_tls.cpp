#include "core/connect/web/websocket_tls.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace rw {

namespace {

/// OpenSSL asks for it while it reads the key.
int givePassphrase(char* into, int size, int /*writing*/, void* secret) {
    return static_cast<const Secret*>(secret)->reveal([&](std::string_view text) {
        const std::size_t count = std::min(text.size(), static_cast<std::size_t>(std::max(size, 0)));
        std::memcpy(into, text.data(), count);
        return static_cast<int>(count);
    });
}

bool trust(SSL_CTX* settings, const std::string& caFile) {
    if (caFile.empty()) return SSL_CTX_set_default_verify_paths(settings) == 1;
    return SSL_CTX_load_verify_locations(settings, caFile.c_str(), nullptr) == 1;
}

bool show(SSL_CTX* settings, const ClientCertificate& certificate) {
    if (certificate.file.empty()) return true;
    SSL_CTX_set_default_passwd_cb(settings, &givePassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(settings, const_cast<Secret*>(&certificate.passphrase));
    const bool taken =
        SSL_CTX_use_certificate_chain_file(settings, certificate.file.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(settings, certificate.keyFile.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb_userdata(settings, nullptr);
    return taken;
}

}  // namespace

void TlsSettingsEnd::operator()(ssl_ctx_st* settings) const {
    SSL_CTX_free(settings);
}

Result<TlsSettings> websocketTls(const HttpServer& server) {
    TlsSettings settings(SSL_CTX_new(TLS_client_method()));
    if (settings && SSL_CTX_set_min_proto_version(settings.get(), TLS1_2_VERSION) == 1 &&
        trust(settings.get(), server.caFile) && show(settings.get(), server.certificate)) {
        SSL_CTX_set_verify(settings.get(), SSL_VERIFY_PEER, nullptr);
        return settings;
    }
    return Status(
        ErrorCode::Refused,
        RW_TEXT("websocket", "The certificates for %1 can't be used.").with(server.address),
        RW_TEXT("websocket", "They must be PEM: the CA file, and the client certificate with its key."));
}

}  // namespace rw
