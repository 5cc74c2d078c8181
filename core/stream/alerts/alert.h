// Alerts as people and outside systems are told of them: plain data.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// 32 letters and digits that stand for any bytes; the same on every machine.
std::string hexDigest(std::string_view bytes);
/// Adds a part to a name, so that no two lists of texts give the same one.
void addNamePart(std::string& name, const std::string& part);

/// Where alerts of a rule are told.
struct AlertTarget {
    enum class Kind : std::uint8_t {
        Panel,    ///< the list in the window; of every rule
        Desktop,  ///< a notification of the desktop; none where there is no session bus
        Webhook,  ///< a request to a connection of kind http
        Mail      ///< a mail by a connection of kind smtp
    } kind = Kind::Panel;
    std::string connection{};  ///< Webhook, Mail: its name
    bool operator==(const AlertTarget&) const = default;
};

/// A rule of a run: an alert node. Texts are as in the pipeline.
struct AlertRule {
    NodeId node{};
    std::string title{};  ///< as the canvas shows the node
    std::string condition{};
    std::string clear{};  ///< empty: as soon as the condition does not hold
    std::string value{};  ///< whose peak is kept; empty: none
    Millis hold = 0;      ///< the condition has to hold for so long (event time)
    Millis clearHold = 0;
    Millis noData = 0;  ///< 0: never
    Millis oncePer = 0;
    std::vector<std::string> keys{};     ///< key columns; empty: the rule has one alert
    std::vector<AlertTarget> targets{};  ///< Panel first
};

enum class AlertKind : std::uint8_t {
    Condition,
    NoData,  ///< no rows came: an alert of its own, beside one of the condition
    Test     ///< somebody asked for it, to see whether deliveries arrive
};

enum class AlertStage : std::uint8_t {
    Waiting,  ///< the condition holds, but not for as long as the rule asks for
    Open,     ///< raised, and not over
    Cleared,  ///< it was raised, and is over
    Spared    ///< it never was raised: the condition held for a shorter time
};

/// A value of a key column.
struct AlertKeyPart {
    std::string column{}, value{};  ///< as text; NULL is “NULL”
    auto operator<=>(const AlertKeyPart&) const = default;
};

/// An alert of one key. `node`, `key`, `kind` and `start` name it, also after a restart and in a replay:
/// nobody is told twice of the same where that can be known. Where no row ever came `raised` names it, too.
struct Alert {
    NodeId node{};
    std::vector<AlertKeyPart> key{};
    AlertKind kind = AlertKind::Condition;
    AlertStage stage = AlertStage::Waiting;
    // Event time; kMinTimestamp: not yet. Of kind Test: wall time.
    Instant start = kMinTimestamp;   ///< since when the condition holds; NoData: of the last row
    Instant raised = kMinTimestamp;  ///< when it had held long enough
    Instant ended = kMinTimestamp;   ///< when it was cleared, or spared
    std::optional<double> value{};   ///< of AlertRule::value, when it was raised
    std::optional<double> peak{};    ///< the largest since `start`; the smallest where the rule says so
    std::string message{};           ///< when it was raised; empty: not yet
    /// A provisional value of a window raised it, and no final one has: it goes on until the window closes,
    /// or the final value has not raised it.
    bool provisional = false;

    /// Names it as a short text of letters and digits: for idempotency keys, and to find it again.
    std::string id() const;
    bool ongoing() const { return stage == AlertStage::Waiting || stage == AlertStage::Open; }
};

/// How it goes with telling one target of one alert.
struct AlertDelivery {
    enum class About : std::uint8_t { Raised, Ended } about = About::Raised;
    enum class State : std::uint8_t {
        Waiting,   ///< for its turn
        Retrying,  ///< the last try failed; the next is at nextTry
        Done,
        Failed,     ///< all tries failed, or the target refuses for good: nobody was told
        Silenced,   ///< not told, for the rule is silenced
        TooSoon,    ///< not told, for another alert of its key was told of shortly before
        Impossible  ///< there is no way to tell: no session bus, no such connection
    } state = State::Waiting;
    AlertTarget target{};
    int tries = 0;           ///< that were made
    int most = 0;            ///< tries, at most
    Instant nextTry = 0;     ///< wall time; 0: none is planned
    Millis took = 0;         ///< Done: the last try
    std::string answer{};    ///< of the last try, in a few characters: “204”, “503”; empty: none came
    Text trouble{};          ///< Retrying, Failed, Impossible: why
    std::uint64_t more = 0;  ///< Done: the notification or mail also was about so many others
};

}  // namespace rw
