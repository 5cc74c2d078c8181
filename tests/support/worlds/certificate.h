// A self-signed certificate, for a server of a test.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace rw::test {

struct Certificate {
    /// For “IP:127.0.0.1” or “DNS:elsewhere.example”.
    explicit Certificate(const std::string& name);
    std::string pem() const;

    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;
};

}  // namespace rw::test
