// The part of a source that takes messages from the outside world into its journal, and gives them from
// there.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "core/connect/formats/schema_registry.h"
#include "core/connect/journal/journal.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// Messages, and the position behind them.
struct JournalChunk final : Chunk {
    ReceivedMessages messages{};
    std::uint64_t behind = 0;  ///< as JournalPosition::next
};

/// What the reader of a source is made with.
struct JournalReading {
    std::shared_ptr<Journal> journal{};
    WantedParts wanted{};
    /// Of messages whose schemas are in a registry; else nothing, and null.
    std::optional<NodeConnection> registry{};
    std::shared_ptr<WriterSchemas> schemas{};
};

/// A source derives from it and writes receive(). Messages count once append() of the journal is a success:
/// not before that they may be acknowledged. Where it fails they are not: the source says so
/// (PartitionState:: Disconnected with the error's message and fix), and asks for them again.
class JournalReader : public SourceReader {
 public:
    explicit JournalReader(JournalReading reading) : m_reading(std::move(reading)) {}

    Result<Read> read(Millis within, ReadOutput& out) final;
    Journal& journal() const { return *m_reading.journal; }

 protected:
    /// Adds the messages that are there to the journal, or waits for some, but no longer than `within`. The
    /// rest is as in SourceReader::read(), but that it gives nothing. One whose messages are added by other
    /// threads waits by Journal::await().
    virtual Result<Read> receive(Millis within, ReadOutput& out) = 0;

 private:
    /// Whether there were any.
    Result<bool> giveAll(ReadOutput& out);
    /// Whether the schemas of the messages are known by now.
    Result<bool> learn(const ReceivedMessages& messages, ReadOutput& out);

    const JournalReading m_reading;
    std::unique_ptr<SchemaRegistry> m_registry{};
    std::unique_ptr<JournalChunk> m_kept{};  ///< whose schemas the registry has not told yet
    bool m_isCut = false;                    ///< the registry can't be reached, and that was told
};

}  // namespace rw
