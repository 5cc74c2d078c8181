// A source of messages that can't be read twice.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "core/connect/formats/message_decoder.h"
#include "core/connect/journal/journal_reader.h"
#include "core/stream/kept_epochs.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

struct JournalledOptions {
    std::unique_ptr<const MessageDecoder> decoder{};
    /// As JournalReading has them.
    std::optional<NodeConnection> registry{};
    std::shared_ptr<WriterSchemas> schemas{};
    /// Messages outlive the program where the run takes checkpoints; otherwise those that are in no
    /// checkpoint are gone with it.
    bool journal = true;
};

/// Its position is that in its journal. A source derives from it and makes a JournalReader; one with more to
/// remember overrides snapshot(), restore() and given() and calls these.
class JournalledSource : public BlockingSource {
 public:
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;

 protected:
    /// The context is that of the call that makes the source.
    JournalledSource(const MakeContext& context, JournalledOptions options, ReadLimits limits = {});

    /// As BlockingSource::makeReader().
    virtual Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading reading) = 0;
    void given(const Chunk& chunk, int partition) override;

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() final;
    void counts(Epoch number) final { m_newest = number; }
    Result<std::function<Status()>> acknowledgement(const StateReader& position) final;
    std::uint64_t neededFrom() const;

    const JournalledOptions m_options;
    JournalOptions m_journal{};
    const std::shared_ptr<KeptEpochs> m_kept;
    std::optional<JournalPosition> m_restored{};
    JournalPosition m_position{};  ///< behind the messages that were given
    std::shared_ptr<JournalReader> m_reader{};
    Epoch m_newest = 0;                            ///< checkpoint that was told last
    std::map<Epoch, std::uint64_t> m_positions{};  ///< in the journal, of the checkpoints that were told
};

}  // namespace rw
