// Files as a source, in any format: read in blocks by one thread, parsed by any.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/files/file_reader.h"
#include "core/connect/files/row_format.h"
#include "core/stream/gives_spread.h"
#include "core/stream/rows/row_pacer.h"
#include "core/stream/tells_origins.h"

namespace rw {

struct FileSourceOptions {
    FileReaderOptions files{};
    double rate = 0;         ///< rows a second; 0: as fast as possible
    double replaySpeed = 0;  ///< times as fast as event time; 0: not by event time
    std::shared_ptr<Clock> clock{};
};

class FileSource : public Source, public TellsOrigins, public GivesSpread {
 public:
    FileSource(FileSourceOptions options, std::unique_ptr<RowFormat> format);

    /// Reads the first header, too: a fault in it is an error before anything runs.
    Status open() override;
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override;
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override { return {m_reader.done(), m_reader.total(), true}; }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    void finish() override;
    std::vector<Text> takeNotes() override { return m_reader.takeNotes(); }
    std::vector<PartitionEvent> takePartitionEvents() override { return std::exchange(m_events, {}); }
    Result<std::vector<PlaceInFile>> origins(const std::vector<std::int64_t>& numbers,
                                             const std::function<bool()>& stops) override;
    Result<Spread> readSpread(const SpreadLimits& limits, const std::function<bool()>& stops) override;

 private:
    /// The next piece of data, header taken off, into m_piece.
    Result<FileReader::Next> nextPiece();
    std::unique_ptr<Chunk> chunkUpTo(std::size_t end);
    Poll pollPaced(std::unique_ptr<Chunk>& chunk);
    void noteAsked();

    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const Files> m_files;  ///< null: the machine's
    const std::string m_path;                    ///< as FileReaderOptions::path
    const std::unique_ptr<RowFormat> m_format;
    FileReader m_reader;
    RowPacer m_pacer;
    FilePiece m_piece{};
    std::int64_t m_grewAt = 0;  ///< steady milliseconds at which a followed file was last seen to have grown
    std::uint64_t m_doneThen = 0;
    std::optional<FilePosition> m_from;  ///< restored, until open()
    bool m_asks = false;                 ///< the user is to say what is to be done with a file
    std::vector<PartitionEvent> m_events{};
};

}  // namespace rw
