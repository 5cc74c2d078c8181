#include "tests/simulate/promises.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace rw::simulated {

namespace {

constexpr std::string_view kBetween = " | ";

/// A row's last cell, and what stands before it.
std::pair<std::string, std::string> cutLast(const std::string& row) {
    const std::size_t at = row.rfind(kBetween);
    return at == std::string::npos ? std::pair(std::string(), row)
                                   : std::pair(row.substr(0, at), row.substr(at + kBetween.size()));
}

/// The columns of the table that is changed; a row that met nothing has NULL in both.
struct Met {
    std::string row, version, twice;
    explicit Met(const std::string& whole) {
        std::string rest;
        std::tie(rest, twice) = cutLast(whole);
        std::tie(row, version) = cutLast(rest);
    }
    bool anything() const { return version != "NULL"; }
    int number() const { return std::atoi(version.c_str()); }
    bool ofOneVersion() const {
        return anything() ? std::atoi(twice.c_str()) == 2 * number() : twice == "NULL";
    }
};

const std::vector<std::string>& rowsOf(const Outputs& outputs, const char* table) {
    static const std::vector<std::string> kNone;
    const auto found = outputs.find(table);
    return found == outputs.end() ? kNone : found->second;
}

void sortRows(Outputs& outputs, const char* table) {
    const auto found = outputs.find(table);
    if (found != outputs.end()) std::sort(found->second.begin(), found->second.end());
}

}  // namespace

Outputs promised(Outputs outputs) {
    const auto watched = outputs.find(kWatched);
    if (watched != outputs.end()) {
        for (std::string& row : watched->second) row = Met(row).row;
    }
    return replayable(std::move(outputs));
}

Outputs replayable(Outputs outputs) {
    outputs.erase(kPairs);
    sortRows(outputs, kWatched);
    return outputs;
}

std::string brokenPromise(const Outputs& whole, const Outputs& found, int newest, bool inOrder) {
    const std::vector<std::string>&pairs = rowsOf(found, kPairs), &all = rowsOf(whole, kPairs);
    if (!std::includes(all.begin(), all.end(), pairs.begin(), pairs.end()))
        return "a join that forgets has pairs that are none, or one of them twice";
    int before = 0;
    for (const std::string& row : rowsOf(found, kWatched)) {
        const Met met(row);
        if (!met.ofOneVersion()) return fmt::format("a row has met two versions of a table at once: {}", row);
        if (!met.anything()) continue;
        if (met.number() > newest)
            return fmt::format("a row has met a version that was never there: {}", row);
        if (inOrder && met.number() < before)
            return fmt::format("a row has met an older table than the row before it: {}", row);
        before = met.number();
    }
    return {};
}

int metAfter(const Outputs& outputs, int version) {
    std::set<int> met;
    for (const std::string& row : rowsOf(outputs, kWatched)) {
        if (const int number = Met(row).number(); number > version) met.insert(number);
    }
    return static_cast<int>(met.size());
}

long long stillCounted(const Outputs& outputs) {
    long long rows = 0;
    for (const std::string& row : rowsOf(outputs, kRecent)) rows += std::atoll(cutLast(row).second.c_str());
    return rows;
}

}  // namespace rw::simulated
