// Cryptographic digests of texts.
#include <openssl/evp.h>

#include <array>

#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"

namespace rw::sql {

namespace {

/// One algorithm, looked up once a batch: the look-up costs more than a digest.
class Digest {
 public:
    explicit Digest(const char* algorithm)
        : m_algorithm(EVP_MD_fetch(nullptr, algorithm, nullptr)), m_context(EVP_MD_CTX_new()) {}
    ~Digest() {
        EVP_MD_CTX_free(m_context);
        EVP_MD_free(m_algorithm);
    }
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    /// Appends the digest of `text` in hexadecimal digits; false when OpenSSL does not offer the algorithm.
    bool append(std::string& out, std::string_view text) const {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        const bool made = m_algorithm != nullptr && m_context != nullptr &&
                          EVP_DigestInit_ex2(m_context, m_algorithm, nullptr) == 1 &&
                          EVP_DigestUpdate(m_context, text.data(), text.size()) == 1 &&
                          EVP_DigestFinal_ex(m_context, digest.data(), &size) == 1;
        constexpr std::string_view kDigits = "0123456789abcdef";
        for (unsigned int i = 0; i < size; ++i) {
            out += kDigits[digest[i] >> 4];
            out += kDigits[digest[i] & 0xFU];
        }
        return made;
    }

 private:
    EVP_MD* m_algorithm;
    EVP_MD_CTX* m_context;
};

Vector evaluateDigest(const CallArgs& call, const char* algorithm) {
    const Digest digest(algorithm);
    return mapText<std::string_view>(
        call,
        [&digest](std::string& out, std::string_view text) {
            return digest.append(out, text) ? Made::Value : Made::Error;
        },
        [algorithm](std::string_view) {
            return RW_TEXT("sql", "OpenSSL on this computer does not offer %1.").with(algorithm);
        });
}

Vector evaluateMd5(const CallArgs& call) {
    return evaluateDigest(call, "MD5");
}
Vector evaluateSha256(const CallArgs& call) {
    return evaluateDigest(call, "SHA256");
}

}  // namespace

void addHashFunctions(std::vector<ScalarFunction>& functions) {
    // An OpenSSL in FIPS mode has no MD5.
    functions.push_back({"MD5", "MD5(s)", RW_TEXT("sql", "The MD5 digest in 32 hexadecimal digits."), "text",
                         1, 1, accepts("MD5", {stringType()}, stringType()), evaluateMd5, true});
    functions.push_back({"SHA256", "SHA256(s)",
                         RW_TEXT("sql", "The SHA-256 digest in 64 hexadecimal digits."), "text", 1, 1,
                         accepts("SHA256", {stringType()}, stringType()), evaluateSha256, true});
}

}  // namespace rw::sql
