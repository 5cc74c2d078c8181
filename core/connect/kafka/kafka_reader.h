// Reads partitions of topics, on the thread of a source.
#pragma once
#include <re2/re2.h>

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/formats/schema_registry.h"
#include "core/connect/kafka/kafka_client.h"
#include "core/connect/kafka/kafka_partition.h"
#include "core/connect/kafka/kafka_reading.h"
#include "core/stream/waiting/progress_board.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// Messages of one partition, its position alone, or news of partitions that were found.
struct KafkaChunk final : Chunk {
    KafkaPartition behind{};  ///< the position behind the messages; there may be none
    ReceivedMessages messages{};
    /// Where they begin. All that are found together come in one piece: a run that resumed with some of them
    /// would look for the beginning of the others again, later than the first run did.
    std::vector<KafkaPartition> found{};
    std::size_t firstFound = 0;  ///< its number
    bool looked = false;         ///< all that is there at the start was found, which may be nothing
};

/// Partitions are numbered in the order of `partitions`, then in that in which they are found. One is drained
/// only where its end is the end of the topic, too, and the brokers answer: while a foreign transaction is
/// open, the rows that may be read end before that.
class KafkaReader final : public SourceReader {
 public:
    struct About {
        KafkaReading reading{};
        std::vector<KafkaPartition> partitions{};  ///< of the run that this one resumes from
        bool looked = false;                       ///< that run has looked for partitions: others came later
        WantedParts wanted{};
        std::shared_ptr<Clock> clock{};
        /// Of messages whose schemas are in a registry; else nothing, and null.
        std::optional<NodeConnection> registry{};
        std::shared_ptr<WriterSchemas> schemas{};
        /// Set when it has looked at its start and nothing was there: no partition is there to give a piece
        /// of.
        std::shared_ptr<std::atomic<bool>> foundNothing = std::make_shared<std::atomic<bool>>(false);
        /// Where partitions end, and the next try, are told from time to time.
        std::shared_ptr<ProgressBoard> board = std::make_shared<ProgressBoard>();
    };
    KafkaReader(NodeConnection connection, About about);
    ~KafkaReader() override;

    Result<Read> read(Millis within, ReadOutput& out) override;
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }
    /// Commits the positions in the group. What keeps it from that is a note: a later call commits them, too.
    Status commit(const std::vector<KafkaPartition>& positions);

 private:
    enum class Standing { Connecting, Live, Drained, Blocked, Disconnected, Ended };
    struct Partition {
        KafkaPartition at{};
        bool resumed = false;     ///< `at` goes on behind rows that were read
        bool fromStart = false;   ///< it was there when the reading began
        bool back = false;        ///< it had gone: its topic may be another one
        bool toldBack = false;    ///< the same, in this run
        bool seen = false;        ///< in the look that is under way
        bool untold = false;      ///< the run does not know yet where it begins
        bool placed = false;      ///< `at` is where the topic has rows, or will have
        bool outOfRange = false;  ///< the brokers have said so
        bool doubted = false;     ///< its broker may be away
        bool silent = false;      ///< its broker did not answer, and those of others do
        bool paused = false;      ///< it is not assigned: nothing of it is wanted by now
        Standing standing = Standing::Live;  ///< as it was told; one that is found is live
        std::int64_t eof = -1;               ///< where the end was met; less than 0: rows came since
        std::int64_t high = -1;              ///< the end of the topic, when it was asked for last
        std::int64_t openSince = -1;         ///< steady milliseconds: rows that may not be read were seen
        std::int64_t missingSince = -1;      ///< steady milliseconds: the brokers do not know it
        std::vector<std::unique_ptr<KafkaChunk>> chunks{};  ///< that are still to be given
    };

    // kafka_reader.cpp: from the first call to the assignment of all partitions.
    Status start();
    Status connect(Millis within, ReadOutput& out);
    Status find(Millis within);
    void foundAgain(Partition& partition, bool leads);
    Status awaitTopic(const Status& why, ReadOutput& out);
    bool isWanted(const std::string& topic) const;
    Status place(Partition& partition, Millis within);
    /// It can't be assigned: its beginning, or its end, is not known yet.
    bool isUnplaced(const Partition& partition) const;
    void leaveForLater(std::size_t first);
    Result<std::int64_t> beginOf(const Partition& partition, const KafkaRange& range, Millis within);
    Result<std::int64_t> committedOffset(const Partition& partition, Millis within);
    Status goOnElsewhere(Partition& partition, const KafkaRange& range);
    Status assign(ReadOutput& out);
    Status cutOff(const Status& why, ReadOutput& out);
    Status giveUp(const Status& why) const;

    // kafka_reader_rows.cpp: rows, and how partitions stand.
    Status consume(Millis within, ReadOutput& out);
    std::size_t fetch(Millis within);
    Status takeAll(std::size_t count);
    Status take(const rd_kafka_message_t& message);
    Status takeFault(const rd_kafka_message_t& message);
    /// Nothing: it is of none that is read.
    Partition* partitionOf(const rd_kafka_message_t& message);
    void receive(const rd_kafka_message_t& message, ReceivedMessage& received);
    Status giveAll(ReadOutput& out);
    void doubt();
    void pause(const ReadOutput& out);
    Status probe(Millis within, ReadOutput& out);
    Status measure(std::size_t partition, Millis within, ReadOutput& out);
    Status miss(std::size_t partition, const Status& why, ReadOutput& out);
    void givePosition(std::size_t partition, ReadOutput& out);
    void judge(ReadOutput& out);
    /// How far partitions go, from time to time.
    void postEnds();
    void noteCut(bool cut);
    void judgeEnd(std::size_t partition, ReadOutput& out);
    void tell(std::size_t partition, Standing standing, ReadOutput& out, const Text& reason = {});
    bool anyDoubted() const;
    bool allEnded() const;
    bool allTaken() const;

    const NodeConnection m_connection;
    const About m_about;
    const std::unique_ptr<const re2::RE2> m_pattern;  ///< of topics; null: one is named
    std::shared_ptr<KafkaClient> m_client{};
    std::unique_ptr<SchemaRegistry> m_registry{};
    std::vector<Partition> m_partitions{};
    std::map<std::pair<std::string, std::int32_t>, std::size_t> m_places{};  ///< in m_partitions
    std::size_t m_told = 0;  ///< partitions that the run knows, the first
    bool m_isFresh = true;   ///< all that is found is there from the start
    bool m_found = false, m_assigned = false;
    bool m_toldNone = false;                     ///< that no topic matches
    std::int64_t m_startedAt = 0, m_findAt = 0;  ///< steady milliseconds
    std::int64_t m_missingSince = -1;            ///< steady milliseconds; of the topic that is named
    std::int64_t m_probeAt = 0;                  ///< steady milliseconds
    std::size_t m_probed = 0;                    ///< the partition whose turn it is
    std::int64_t m_cutSince = -1;                ///< steady milliseconds; less than 0: the brokers answer
    std::set<std::string> m_toldCut{};           ///< why, as notes have said it since
    bool m_wholeCut = false;    ///< that was told of the source, before any partition was known
    std::int64_t m_postAt = 0;  ///< steady milliseconds
    rd_kafka_resp_err_t m_toldCommit = RD_KAFKA_RESP_ERR_NO_ERROR;  ///< why the newest commit failed
    std::vector<rd_kafka_message_t*> m_batch;
    std::vector<MessageHeader> m_headers{};         ///< of the message that is being received
    const rd_kafka_topic_t* m_lastTopic = nullptr;  ///< of the message that came last
    std::int32_t m_lastNumber = -1;
    std::size_t m_lastPlace = 0;
    std::vector<Text> m_notes{};
};

}  // namespace rw
