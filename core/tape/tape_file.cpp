#include "core/tape/tape_file.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "core/connect/files/system_files.h"
#include "core/tape/tape_piece.h"
#include "core/tape/tape_table.h"

namespace rw {

using namespace tape_layout;

namespace {

/// Fewer than `size` bytes: the file ends there. Memory is asked for as they come.
Result<std::string> readAt(InputFile& file, std::uint64_t offset, std::size_t size) {
    constexpr std::size_t kStep = std::size_t{1} << 20;
    std::string bytes;
    std::size_t have = 0;
    while (have < size) {
        if (have == bytes.size()) bytes.resize(std::min(size, have + std::max(kStep, have)));
        RW_TRY_ASSIGN(const std::size_t read, file.read(offset + have, std::span(bytes).subspan(have)));
        if (read == 0) break;
        have += read;
    }
    bytes.resize(have);
    return bytes;
}

Status noTape(const std::string& path) {
    return {ErrorCode::Invalid, RW_TEXT("tape", "“%1” is no tape.").with(path),
            RW_TEXT("tape", "Give a file that a run was recorded into, with --record.")};
}

Status cutAtOnce(const std::string& path) {
    return {ErrorCode::Invalid,
            RW_TEXT("tape", "“%1” was cut before it says anything of its run.").with(path),
            RW_TEXT("tape", "Record the run again.")};
}

Status beforeItsRun(const std::string& path) {
    return {ErrorCode::Invalid,
            RW_TEXT("tape", "“%1” says that rows were read before its run began.").with(path),
            RW_TEXT("tape", "Record the run again.")};
}

}  // namespace

/// Goes through a file from its start, block by block.
class TapeFile::Scan {
 public:
    Scan(TapeFile& tape, InputFile& file, std::uint64_t size, const std::function<bool()>& stop)
        : m_tape(tape), m_file(file), m_size(size), m_stop(stop) {}

    Status run() {
        RW_TRY_ASSIGN(const std::string start, readAt(m_file, 0, kFileHeaderSize));
        const std::string_view known = std::string_view(kMagic).substr(0, start.size());
        if (start.empty() || start.substr(0, known.size()) != known) return noTape(m_tape.m_path);
        if (start.size() < kFileHeaderSize) return cutAtOnce(m_tape.m_path);
        std::uint32_t version = 0;
        std::memcpy(&version, start.data() + kMagic.size(), sizeof version);
        if (version > kVersion) {
            return {ErrorCode::Invalid,
                    RW_TEXT("tape", "“%1” is a tape of version %2; this program reads up to version %3.")
                        .with(m_tape.m_path, version, kVersion),
                    RW_TEXT("tape", "Use the program that wrote it, or a newer one.")};
        }
        m_tape.m_good = kFileHeaderSize;
        for (bool more = true; more && !m_tape.m_whole;) {
            if (m_stop && m_stop())
                return {ErrorCode::Cancelled, RW_TEXT("tape", "Reading the tape was stopped.")};
            RW_TRY_ASSIGN(more, next());
        }
        // Bytes behind the end do not belong to the tape.
        if (m_tape.m_whole && m_tape.m_good != m_size) {
            m_tape.m_whole = false;
            m_tape.m_damaged = true;
        }
        return m_headSeen ? Status() : cutAtOnce(m_tape.m_path);
    }

 private:
    /// The next block, if it is whole.
    Result<bool> next() {
        const std::uint64_t at = m_tape.m_good;
        RW_TRY_ASSIGN(const std::string header, readAt(m_file, at, kBlockHeaderSize));
        Block block{at + kBlockHeaderSize, {}};
        if (header.size() < kBlockHeaderSize) return false;
        if (!readHeader(header, block.header)) return damaged();
        if (block.header.stored > m_size - at) return false;
        RW_TRY_ASSIGN(const std::string stored, readAt(m_file, block.offset, block.header.stored));
        if (stored.size() < block.header.stored) return false;
        if (!isWhole(header, stored)) return damaged();
        RW_TRY_ASSIGN(const bool known, take(block, stored));
        if (!known) return damaged();
        m_tape.m_good = block.offset + stored.size();
        return true;
    }

    bool damaged() {
        m_tape.m_damaged = true;
        return false;
    }

    Result<bool> take(const Block& block, std::string_view stored) {
        const BlockHeader& header = block.header;
        if ((header.kind == BlockKind::Head) == m_headSeen || header.kind == BlockKind::Messages)
            return false;
        if (header.kind == BlockKind::Pieces) {
            if (header.source >= m_tape.m_tracks.size()) return false;
            Track& track = m_tape.m_tracks[header.source];
            if (header.firstPiece != track.pieces) return false;
            // Not that they come in order: a piece that was read while the run paused counts the pause.
            if (header.firstAt < 0 || header.lastAt < 0) return beforeItsRun(m_tape.m_path);
            track.blocks.push_back(block);
            track.pieces += header.pieces;
            track.rows += header.rows;
            return true;
        }
        if (header.kind == BlockKind::TableRows || header.kind == BlockKind::Table)
            return takeTable(block, stored);
        if (header.kind == BlockKind::Answers) {
            if (header.source >= m_tape.m_asking.size()) return false;
            Asking& asking = m_tape.m_asking[header.source];
            if (header.firstPiece != asking.rows) return false;
            asking.blocks.push_back(block);
            asking.rows += header.rows;
            return true;
        }
        RW_TRY_ASSIGN(const std::string payload, unpacked(header, stored));
        if (header.kind == BlockKind::Head) {
            RW_TRY_ASSIGN(m_tape.m_head, loadHead(payload));
            m_tape.m_tracks.resize(m_tape.m_head.start.sources.size());
            m_tape.m_lookups.resize(m_tape.m_head.start.lookups.size());
            m_tape.m_asking.resize(m_tape.m_head.start.asking.size());
            m_headSeen = true;
        } else {
            RW_TRY_ASSIGN(m_tape.m_end, loadEnd(payload));
            m_tape.m_whole = true;
        }
        return true;
    }

    Result<bool> takeTable(const Block& block, std::string_view stored) {
        const BlockHeader& header = block.header;
        if (header.source >= m_tape.m_lookups.size()) return false;
        Lookup& lookup = m_tape.m_lookups[header.source];
        const std::uint64_t number = header.firstPiece;
        if (number > lookup.tables.size()) return false;
        TapeTable what;
        if (header.kind == BlockKind::Table) {
            RW_TRY_ASSIGN(const std::string payload, unpacked(header, stored));
            RW_TRY_ASSIGN(what, loadTable(payload));
        }
        if (what.kind == TapeTable::Kind::Failed) {
            lookup.failed = std::move(what.failed);
            return true;
        }
        if (what.kind == TapeTable::Kind::Alone) {
            if (number == lookup.tables.size() || !lookup.tables[number].whole) return false;
            lookup.moments.only(what.from, number);
            return true;
        }
        if (number == lookup.tables.size()) {
            if (number > 0 && !lookup.tables.back().whole) return false;
            lookup.tables.emplace_back();
        }
        Table& table = lookup.tables[number];
        if (table.whole) return false;
        if (what.kind == TapeTable::Kind::Rows) {
            table.blocks.push_back(block);
            table.rows += header.rows;
            return true;
        }
        table.whole = true;
        table.readAt = what.readAt;
        lookup.moments.from(what.from, number);
        return true;
    }

    TapeFile& m_tape;
    InputFile& m_file;
    const std::uint64_t m_size;
    const std::function<bool()>& m_stop;
    bool m_headSeen = false;
};

Result<std::shared_ptr<const TapeFile>> TapeFile::open(const std::string& path,
                                                       std::shared_ptr<const Files> files,
                                                       const std::function<bool()>& stop) {
    auto tape = std::make_shared<TapeFile>();
    tape->m_path = path;
    tape->m_files = files ? std::move(files) : systemFiles();
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, tape->m_files->open(path));
    RW_TRY_ASSIGN(tape->m_state, file->state());
    RW_TRY(Scan(*tape, *file, tape->m_state.size, stop).run());
    return std::shared_ptr<const TapeFile>(std::move(tape));
}

std::shared_ptr<const TapeFile> TapeFile::join(Parts parts) {
    auto tape = std::make_shared<TapeFile>();
    const TapeFile& first = *parts.parts.front();
    tape->m_path = first.m_path;
    tape->m_head = first.m_head;
    tape->m_end = parts.parts.back()->m_end;
    tape->m_whole = parts.parts.back()->m_whole;
    tape->m_asking = first.m_asking;
    tape->m_tracks.resize(first.m_tracks.size());
    tape->m_joined = std::move(parts);
    for (std::size_t number = 0; number < tape->m_joined.parts.size(); ++number) tape->addPart(number);
    if (const auto tables = tape->m_joined.tables) {
        tape->m_lookups = tables->m_lookups;
        for (Lookup& lookup : tape->m_lookups) {
            for (Table& table : lookup.tables) {
                for (Block& block : table.blocks) block.part = tape->m_joined.parts.size();
            }
        }
        tape->m_joined.parts.push_back(tables);
    }
    return tape;
}

void TapeFile::addPart(std::size_t number) {
    const TapeFile& part = *m_joined.parts[number];
    for (std::size_t source = 0; source < m_tracks.size(); ++source) {
        Track& track = m_tracks[source];
        const Track& more = part.m_tracks[source];
        for (Block block : more.blocks) {
            block.header.firstPiece += track.pieces;
            block.part = number;
            track.blocks.push_back(block);
        }
        track.pieces += more.pieces;
        track.rows += more.rows;
    }
    m_good += part.m_good;
    m_state.size += part.m_state.size;
}

std::map<std::string, std::int64_t> TapeFile::rowsBefore(std::size_t source) const {
    return source < m_joined.rowsBefore.size() ? m_joined.rowsBefore[source]
                                               : std::map<std::string, std::int64_t>();
}

bool TapeFile::hasPieces() const {
    return std::any_of(m_tracks.begin(), m_tracks.end(), [](const Track& track) { return track.pieces > 0; });
}

Millis TapeFile::span() const {
    Millis last = 0;
    for (const Track& track : m_tracks) {
        if (!track.blocks.empty()) last = std::max(last, track.blocks.back().header.lastAt);
    }
    return last;
}

Result<Millis> TapeFile::whenReached(Instant moment) const {
    Millis at = -1;
    for (const Track& track : m_tracks) {
        const bool timed = std::any_of(track.blocks.begin(), track.blocks.end(), [](const Block& block) {
            return block.header.watermark != kMinTimestamp;
        });
        if (!timed) continue;
        RW_TRY_ASSIGN(const Millis reached, whenReached(moment, track));
        at = std::max(at, reached);
    }
    if (at >= 0) return at;
    return Status(ErrorCode::Invalid, RW_TEXT("tape", "No source of the tape has an event time of its own."),
                  RW_TEXT("tape", "Replay the tape from its start to its end."));
}

Result<Millis> TapeFile::whenReached(Instant moment, const Track& track) const {
    for (const Block& block : track.blocks) {
        if (block.header.watermark < moment) continue;
        RW_TRY_ASSIGN(const std::string payload, read(block));
        RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
        for (const SavedPiece& saved : pieces) {
            if (saved.piece.watermark >= moment) return saved.piece.at;
        }
    }
    return track.blocks.back().header.lastAt;
}

bool TapeFile::unchanged() const {
    if (!m_joined.parts.empty()) {
        return std::all_of(m_joined.parts.begin(), m_joined.parts.end(),
                           [](const auto& part) { return part->unchanged(); });
    }
    const Result<FileState> now = m_files->state(m_path);
    return now.ok() && *now == m_state;
}

Result<std::string> TapeFile::read(const Block& block) const {
    if (!m_joined.parts.empty()) return m_joined.parts[block.part]->read(block);
    RW_TRY_ASSIGN(const std::unique_ptr<InputFile> file, m_files->open(m_path));
    const std::uint64_t start = block.offset - kBlockHeaderSize;
    RW_TRY_ASSIGN(const std::string bytes, readAt(*file, start, kBlockHeaderSize + block.header.stored));
    const std::string_view all = bytes;
    if (all.size() < kBlockHeaderSize + block.header.stored ||
        !isWhole(all.substr(0, kBlockHeaderSize), all.substr(kBlockHeaderSize))) {
        return Status(ErrorCode::Io, RW_TEXT("tape", "“%1” has changed since it was opened.").with(m_path),
                      RW_TEXT("tape", "Start the replay anew."));
    }
    return unpacked(block.header, all.substr(kBlockHeaderSize));
}

}  // namespace rw
