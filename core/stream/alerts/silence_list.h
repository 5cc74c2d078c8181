// Silences of alerts, found by their rule and key: there may be one for each of thousands of keys.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/stream/alerts/alert.h"

namespace rw {

/// That somebody asked for.
struct AlertSilence {
    NodeId node{};
    std::vector<AlertKeyPart> key{};  ///< empty: all of the rule
    Instant until = 0;                ///< wall time; kMaxTimestamp: until it is lifted
};

/// Single-threaded.
class SilenceList {
 public:
    static constexpr std::size_t kMost = 10'000;

    /// In place of one for the same; one that is over at `now` lifts it. Of more than kMost those that end
    /// first go.
    void set(AlertSilence silence, Instant now);
    void setAll(std::vector<AlertSilence> silences);
    /// The one that an alert of this rule and key is under for longest; null: none that lasts beyond `now`.
    const AlertSilence* find(const NodeId& node, const std::vector<AlertKeyPart>& key, Instant now) const;
    /// Those that hold, by rule and key.
    std::vector<AlertSilence> holding(Instant now) const;
    /// Takes those away that are over; false: none was.
    bool dropOver(Instant now);

 private:
    std::map<std::string, AlertSilence> m_all{};
};

}  // namespace rw
