#include "core/cluster/job_words.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace rw {

namespace {

constexpr std::size_t kLongestId = 200;

}  // namespace

bool isJobId(std::string_view text) {
    return !text.empty() && text.size() <= kLongestId && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '_' || c == '-';
    });
}

bool isEndState(std::string_view state) {
    return state == "FINISHED" || state == "FAILED" || state == "CANCELED";
}

}  // namespace rw
