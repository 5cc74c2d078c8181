// The headers of requests and answers.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rw {

struct HttpHeader {
    std::string name{}, value{};
};

/// Letters, digits and the few signs that a header's name may have.
bool isHeaderName(std::string_view name);
/// Names are compared without case.
bool holdsHeader(const std::vector<HttpHeader>& headers, std::string_view name);
/// One a line: “X-Team: shop”. A line without a colon is none.
std::vector<HttpHeader> headersOfLines(std::string_view lines);

/// Whether its value seems to be a secret, which no file of ours holds: by its name (“X-Api-Key”, “Cookie”,
/// “X-Auth-Token”), or by the looks of the value, which is that of a token.
bool isSecretHeader(std::string_view name, std::string_view value);

}  // namespace rw
