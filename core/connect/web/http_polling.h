// What a source asks a service for, how often, and what it takes of the answers. Plain data.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/web/http_items.h"

namespace rw {

struct HttpPolling {
    std::string url{};   ///< of a source without a connection; else empty
    std::string path{};  ///< below the connection's address
    Millis every = 10'000;
    HttpItems items{};
    std::vector<int> key{};  ///< columns: rows whose key was met are left out; none: all are given
    std::size_t remembered = 100'000;
    enum class Pages {
        One,
        Number,  ///< the parameter `pageParam` counts from `firstPage` until an answer has no messages
        Link     ///< the header “Link: <…>; rel="next"” of an answer leads to the next
    } pages = Pages::One;
    std::string pageParam{};
    std::int64_t firstPage = 1;
    std::optional<Millis> giveUpAfter{};  ///< after so long without an answer the run ends
};

}  // namespace rw
