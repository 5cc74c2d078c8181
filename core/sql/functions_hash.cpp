// Cryptographic digests of texts.
#include <openssl/evp.h>

#include <array>

#include "core/sql/families.h"
#include "core/sql/kernels.h"
#include "core/sql/signatures.h"

namespace rw::sql {

namespace {

/// Appends the digest of `text` in hexadecimal digits.
void appendDigest(std::string& out, std::string_view text, const EVP_MD* algorithm) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, algorithm, nullptr);
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (unsigned int i = 0; i < size; ++i) {
        out += kDigits[digest[i] >> 4];
        out += kDigits[digest[i] & 0xFU];
    }
}

template <const EVP_MD* (*algorithm)()>
Vector evaluateDigest(const CallArgs& call) {
    return mapText<std::string_view>(
        call, [](std::string& out, std::string_view text) { appendDigest(out, text, algorithm()); });
}

}  // namespace

void addHashFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"MD5", "MD5(s)", RW_TEXT("sql", "The MD5 digest in 32 hexadecimal digits."), "text",
                         1, 1, takes("MD5", {stringType()}, stringType()), evaluateDigest<EVP_md5>});
    functions.push_back({"SHA256", "SHA256(s)",
                         RW_TEXT("sql", "The SHA-256 digest in 64 hexadecimal digits."), "text", 1, 1,
                         takes("SHA256", {stringType()}, stringType()), evaluateDigest<EVP_sha256>});
}

}  // namespace rw::sql
