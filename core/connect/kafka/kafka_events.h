// What a client tells by itself: faults of its connections and lines of its log.
#pragma once
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/connect/kafka/kafka_error.h"

namespace rw {

/// Any thread: librdkafka's own threads call it, too.
class KafkaEvents {
 public:
    void fail(rd_kafka_resp_err_t code, std::string_view said);
    /// A message for that topic was given up.
    void loseMessage(rd_kafka_resp_err_t code, std::string_view topic);
    void log(int level, std::string_view facility, std::string_view line);

    /// The first fault that time does not mend; none: there was none. Calls that wait never say that: a wrong
    /// password looks like a time-out to them.
    std::optional<KafkaFault> lasting() const;
    /// The newest fault of a connection since the last call.
    std::optional<KafkaFault> takeTrouble();
    /// The same, and it stays.
    std::optional<KafkaFault> trouble() const;
    /// No broker could be reached, at least once since the client was made. A name may have several
    /// addresses, of which the next one is tried.
    bool allWereDown() const;
    /// Why the first message was given up; none: none was.
    std::optional<KafkaFault> lostMessage() const;
    /// Warnings of the log, each once.
    std::vector<Text> takeNotes();

 private:
    mutable std::mutex m_mutex;  ///< guards the members below
    std::optional<KafkaFault> m_lasting{};
    std::optional<KafkaFault> m_newest{};
    std::optional<KafkaFault> m_lostMessage{};
    bool m_isNew = false, m_allWereDown = false;
    std::set<std::string, std::less<>> m_told{};
    std::vector<Text> m_notes{};
};

}  // namespace rw
