// Reads a tape: its blocks, and their places.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/connect/files/tape_layout.h"
#include "core/tape/tape_about.h"

namespace rw {

/// Immutable once it was opened; any thread. The file is read when its blocks are.
class TapeFile {
 public:
    struct Block {
        std::uint64_t offset = 0;  ///< of the payload in the file
        tape_layout::BlockHeader header{};
        std::size_t part = 0;  ///< of a tape of several: in which of them
    };
    /// The rows of one source.
    struct Track {
        std::vector<Block> blocks{};  ///< in their order, without a gap
        std::uint64_t pieces = 0, rows = 0;
    };

    /// A table that a lookup read.
    struct Table {
        std::vector<Block> blocks{};  ///< with its rows
        std::uint64_t rows = 0;
        Instant readAt = kMinTimestamp;  ///< wall time
        bool whole = false;              ///< only the last one may be not: the tape was cut there
    };
    /// The tables that one lookup read.
    struct Lookup {
        std::vector<Table> tables{};
        LookupMoments moments{};  ///< which of them rows met; whole ones
        Status failed{};          ///< why the next one could not be read
    };

    /// The answers that one node got.
    struct Asking {
        std::vector<Block> blocks{};  ///< in their order, without a gap
        std::uint64_t rows = 0;
    };

    /// Reads all of the file, to see which blocks are whole. An error where it is no tape, of a newer
    /// version, was cut before it says anything of its run, or has times from before that. `files` null: the
    /// machine's. `stop` is asked before each block; once it says so, ErrorCode::Cancelled.
    static Result<std::shared_ptr<const TapeFile>> open(const std::string& path,
                                                        std::shared_ptr<const Files> files = nullptr,
                                                        const std::function<bool()>& stop = nullptr);

    /// The parts that a tape which rolls has now, as one tape.
    struct Parts {
        std::vector<std::shared_ptr<const TapeFile>> parts{};  ///< at least one; in their order
        std::shared_ptr<const TapeFile> tables{};     ///< whose lookups are taken; null: none has any
        std::shared_ptr<const StateSnapshot> from{};  ///< as from()
        std::vector<std::map<std::string, std::int64_t>> rowsBefore{};
        Instant since = 0;
        std::shared_ptr<const void> kept{};  ///< as long as this tape is there
    };
    static std::shared_ptr<const TapeFile> join(Parts parts);

    /// The state of the run where the tape begins; null: it begins as the run did.
    const std::shared_ptr<const StateSnapshot>& from() const { return m_joined.from; }
    /// The rows that the source (by its place in TapeStart::sources) had given before, by partition.
    std::map<std::string, std::int64_t> rowsBefore(std::size_t source) const;
    Instant since() const {
        return m_joined.since;
    }  ///< wall time at which a tape that rolls begins; 0: another

    const std::string& path() const { return m_path; }
    const TapeHead& head() const { return m_head; }
    const std::vector<Track>& tracks() const { return m_tracks; }     ///< as TapeStart::sources
    const std::vector<Lookup>& lookups() const { return m_lookups; }  ///< as TapeStart::lookups
    const std::vector<Asking>& asking() const { return m_asking; }    ///< as TapeStart::asking
    /// The tape ends as its run did; otherwise the recording was cut off, by a crash or a full disk, and
    /// end() says nothing.
    bool whole() const { return m_whole; }
    /// It is not whole, and not because the file ends: bytes behind goodBytes() are wrong.
    bool damaged() const { return m_damaged; }
    /// There is something to replay: a whole block of a source.
    bool hasPieces() const;
    const TapeEnd& end() const { return m_end; }
    std::uint64_t bytes() const { return m_state.size; }  ///< of the file
    std::uint64_t goodBytes() const { return m_good; }    ///< of them, up to the last whole block
    Millis span() const;                                  ///< from the start of the run to the last piece

    /// When event time had come to `moment`: as TapePiece::at, the first time at which each source that has a
    /// watermark had one of at least that, or had given all that it gave. An error where none has event time.
    Result<Millis> whenReached(Instant moment) const;
    /// The same of one source, a track with blocks.
    Result<Millis> whenReached(Instant moment, const Track& track) const;

    /// The file has not changed since it was opened, as far as its name, size and time tell. Looks at the disk.
    bool unchanged() const;
    /// The payload of a block.
    Result<std::string> read(const Block& block) const;

 private:
    class Scan;
    void addPart(std::size_t number);
    std::string m_path;
    std::shared_ptr<const Files> m_files;
    TapeHead m_head;
    TapeEnd m_end;
    std::vector<Track> m_tracks;
    std::vector<Lookup> m_lookups;
    std::vector<Asking> m_asking;
    bool m_whole = false, m_damaged = false;
    Parts m_joined{};  ///< without parts: it is one file
    FileState m_state;
    std::uint64_t m_good = 0;
};

using TapeFileRef = std::shared_ptr<const TapeFile>;

}  // namespace rw
