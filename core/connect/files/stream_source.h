// Standard input as a source, in any format.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/connect/files/row_cutter.h"
#include "core/connect/files/row_format.h"

namespace rw {

struct StreamSourceOptions {
    std::size_t blockSize = std::size_t{64} << 10;  ///< bytes read at once
    std::shared_ptr<const Files> files{};           ///< null: the machine's
    std::shared_ptr<Clock> clock{};
};

/// Ends where its input ends. It can't be read twice: a snapshot holds the bytes of a row whose end has not
/// come, and a run that resumes from it reads the bytes that come next, with a note.
class StreamSource final : public Source {
 public:
    StreamSource(StreamSourceOptions options, std::unique_ptr<RowFormat> format);

    Status open() override;
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override;
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override { return {m_done.load(std::memory_order_relaxed), 0, true}; }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }

 private:
    /// Keeps the bytes as if they had just been read.
    void keep(std::string_view bytes);

    const std::shared_ptr<const Files> m_files;
    const std::shared_ptr<Clock> m_clock;
    const std::unique_ptr<RowFormat> m_format;
    RowCutter m_cutter;
    std::unique_ptr<InputStream> m_stream;
    FilePiece m_piece{};
    bool m_ended = false;
    std::int64_t m_readAt = 0;  ///< steady milliseconds at which something came last
    std::atomic<std::uint64_t> m_done{0};
    std::vector<Text> m_notes{};
};

}  // namespace rw
