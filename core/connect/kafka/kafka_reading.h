// What a source reads of Kafka, and where it begins and ends. Plain data.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw {

struct KafkaReading {
    /// The name of a topic or, as a pattern, a regular expression that whole names match; topics that begin
    /// with “__” are the brokers' own, and match none.
    std::string topic{};
    bool isPattern = false;
    enum class Start {
        Earliest,  ///< the first row that is still there
        Latest,    ///< rows that come from now on
        Time,      ///< the first row of `from` or later, as the messages' times say
        Group      ///< behind what `group` has committed; where it has nothing, as Earliest
    } start = Start::Earliest;
    Instant from = 0;
    bool bounded = false;  ///< ends behind the rows that are there when it begins
    std::string group{};   ///< offsets are committed there; empty: nowhere
    /// A position to go on from that the topic does not have any more.
    enum class Lost { Fail, Earliest, Latest } lost = Lost::Fail;
    Millis findEvery = 30'000;            ///< new partitions, and new topics of a pattern
    /// So long a topic that was read may be unknown to the brokers, as when they have just started.
    Millis missingFor = 10'000;
    std::optional<Millis> giveUpAfter{};  ///< after so long without brokers the run ends
};

/// Whether a topic can have that name: letters, digits, dots, hyphens and underscores, at most 249.
bool isTopicName(std::string_view name);

/// Reads the name of a topic, or a regular expression between slashes, into `reading`. An error says what is
/// wrong with it.
Status readTopic(const std::string& text, KafkaReading& reading);

}  // namespace rw
