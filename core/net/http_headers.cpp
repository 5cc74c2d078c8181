#include "core/net/http_headers.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"

namespace rw {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isAsciiBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back())) text.remove_suffix(1);
    return text;
}

bool namesSecret(std::string_view name) {
    static constexpr std::array<std::string_view, 9> kWords{"authorization", "cookie",    "token",
                                                            "secret",        "passw",     "apikey",
                                                            "credential",    "signature", "session"};
    if (std::any_of(kWords.begin(), kWords.end(),
                    [name](std::string_view word) { return holdsAsciiWord(name, word); }))
        return true;
    // A key that tells a repeated request is none.
    if (sameAsciiWord(name, "Idempotency-Key")) return false;
    const std::size_t last = name.find_last_of("-_");
    const std::string_view end = last == std::string_view::npos ? name : name.substr(last + 1);
    return sameAsciiWord(end, "key") || sameAsciiWord(end, "auth");
}

/// “550e8400-e29b-41d4-a716-446655440000”, which often is a name.
bool isUuid(std::string_view value) {
    constexpr std::size_t kLength = 36, kHyphens = 4;
    return value.size() == kLength && std::count(value.begin(), value.end(), '-') == kHyphens;
}

bool looksLikeToken(std::string_view value) {
    constexpr std::size_t kLongName = 24;
    static constexpr std::array<std::string_view, 11> kBegins{
        "Bearer ", "Basic ", "Token ", "eyJ", "sk-", "sk_", "ghp_", "github_pat_", "glpat-", "xox", "AKIA"};
    const bool begins = std::any_of(kBegins.begin(), kBegins.end(), [value](std::string_view word) {
        return value.size() > word.size() + 8 && value.starts_with(word);
    });
    if (begins) return true;
    if (value.size() < kLongName || isUuid(value)) return false;
    const auto letter = [](char c) { return isAsciiLetter(c); };
    const auto digit = [](char c) { return isAsciiDigit(c); };
    const bool word = std::all_of(value.begin(), value.end(), [&](char c) {
        return letter(c) || digit(c) || std::string_view("-_=+").find(c) != std::string_view::npos;
    });
    constexpr auto kDigits = 4;
    return word && std::any_of(value.begin(), value.end(), letter) &&
           std::count_if(value.begin(), value.end(), digit) >= kDigits;
}

}  // namespace

bool isHeaderName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool holdsHeader(const std::vector<HttpHeader>& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [name](const HttpHeader& header) { return sameAsciiWord(header.name, name); });
}

std::vector<HttpHeader> headersOfLines(std::string_view lines) {
    std::vector<HttpHeader> headers;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos)
            headers.push_back(
                {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return headers;
}

bool isSecretHeader(std::string_view name, std::string_view value) {
    return namesSecret(name) || looksLikeToken(trimmed(value));
}

}  // namespace rw
