// A self-signed certificate, for a server of a test.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace rw::test {

/// When a certificate is valid.
enum class CertificateTime { Now, Past, Future };

struct Certificate {
    /// For “IP:127.0.0.1” or “DNS:elsewhere.example”, or several of them with commas between.
    explicit Certificate(const std::string& name, CertificateTime time = CertificateTime::Now);
    std::string pem() const;

    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;
};

}  // namespace rw::test
