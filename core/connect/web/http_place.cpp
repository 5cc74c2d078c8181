#include "core/connect/web/http_place.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr std::size_t kShownWords = 120;  ///< bytes

std::string_view withoutEnds(std::string_view text) {
    while (!text.empty() && isAsciiBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back())) text.remove_suffix(1);
    return text;
}

/// A page without its tags, and every run of blanks as one; only as much as is shown.
std::string readableOf(std::string_view page) {
    std::string out;
    bool inTag = false;
    for (const char c : page) {
        if (out.size() > 2 * kShownWords) break;
        if (c == '<') inTag = true;
        const bool blank = inTag || isAsciiBlank(c) || isAsciiControl(c);
        if (c == '>') inTag = false;
        if (!blank) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    return out;
}

}  // namespace

std::string httpPath(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.front() == '?') return std::string(path);
    return "/" + std::string(path);
}

Status usableUrl(const std::string& url) {
    HttpServer server;
    server.address = url;
    return usableServer(server);
}

std::string originOf(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::size_t end = address.find_first_of("/?#", scheme + 3);
    return inAsciiSmall(address.substr(0, end));
}

bool isHtml(const HttpAnswer& answer) {
    const std::string_view body = withoutEnds(std::string_view(answer.body).substr(0, 512));
    const auto begins = [&body](std::string_view word) {
        return sameAsciiWord(body.substr(0, word.size()), word);
    };
    if (begins("<!doctype html") || begins("<html")) return true;
    const std::string_view type = headerOf(answer, "Content-Type").value_or("");
    return holdsAsciiWord(type, "text/html") && begins("<");
}

Status pageForPeople(const HttpServer& server, const HttpAnswer& answer) {
    return {ErrorCode::Refused,
            RW_TEXT("http", "%1 answers with a page for people: “%2”")
                .with(server.address, firstWords(answer.body)),
            RW_TEXT("http", "See whether the address is right; it may be a page to log in.")};
}

std::string firstWords(std::string_view body) {
    const std::string_view text = withoutEnds(body);
    if (!text.starts_with('<')) return firstLineOf(shortened(text, kShownWords));
    const std::string words = readableOf(text);
    return std::string(withoutEnds(words.empty() ? firstLineOf(text) : shortened(words, kShownWords)));
}

Status refusedWithWords(const HttpServer& server, const HttpAnswer& answer) {
    return refusedAnswer(server, answer.status, firstWords(answer.body));
}

}  // namespace rw
