#include "tests/support/worlds/certificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>  // EVP_EC_gen() is a macro that needs it

namespace rw::test {

namespace {

constexpr long kHour = 3'600, kMinute = 60;  // seconds

}  // namespace

Certificate::Certificate(const std::string& name, CertificateTime time)
    : key(EVP_EC_gen("P-256"), &EVP_PKEY_free), certificate(X509_new(), &X509_free) {
    X509* const made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    const long from = time == CertificateTime::Past     ? -24 * kHour
                      : time == CertificateTime::Future ? kHour
                                                        : -kMinute;
    X509_gmtime_adj(X509_getm_notBefore(made), from);
    X509_gmtime_adj(X509_getm_notAfter(made), time == CertificateTime::Past ? -kHour : from + 2 * kHour);
    X509_set_pubkey(made, key.get());
    X509_NAME* const subject = X509_get_subject_name(made);
    const auto* const text = reinterpret_cast<const unsigned char*>(name.c_str());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(made, subject);
    const std::shared_ptr<X509_EXTENSION> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str()), &X509_EXTENSION_free);
    X509_add_ext(made, names.get(), -1);
    X509_sign(made, key.get(), EVP_sha256());
}

std::string Certificate::pem() const {
    const std::shared_ptr<BIO> memory(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(memory.get(), certificate.get());
    char* bytes = nullptr;
    const long count = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(count)};
}

}  // namespace rw::test
