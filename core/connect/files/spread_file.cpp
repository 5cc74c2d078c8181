// Rows of files from blocks at even distances.
#include <algorithm>
#include <array>

#include "core/connect/files/compressed_file.h"
#include "core/connect/files/file_source.h"
#include "core/connect/files/input_files.h"
#include "core/connect/files/system_files.h"

namespace rw {

namespace {

constexpr std::size_t kRead = std::size_t{64} << 10;  ///< bytes at once
/// Bytes in which a row's start must be told, by one step after the other. Behind the longest quoted field of
/// CSV, 1 MiB, a file without quotes is certain.
constexpr std::array<std::size_t, 4> kSearched{kRead, 4 * kRead, 17 * kRead, 40 * kRead};

/// One of the files, and the part of all of their bytes that it has.
struct SpreadFile {
    std::string name{};
    std::uint64_t before = 0, size = 0;
};

class SpreadReader {
 public:
    SpreadReader(RowFormat& format, const Files& files, const SpreadLimits& limits,
                 const std::function<bool()>& stops)
        : m_format(format), m_files(files), m_limits(limits), m_stops(stops) {}

    Result<Spread> read(const std::string& path) {
        RW_TRY(find(path));
        Spread spread;
        spread.refused = std::move(m_refused);
        spread.whole = m_total <= m_limits.bytes;
        if (spread.whole || !spread.refused.empty()) return spread;
        std::size_t open = m_all.size();
        for (int block = 0; block < m_limits.blocks; ++block) {
            const std::uint64_t place =
                m_total / static_cast<std::uint64_t>(m_limits.blocks) * static_cast<std::uint64_t>(block);
            std::size_t file = 0;
            while (file + 1 < m_all.size() && m_all[file + 1].before <= place) ++file;
            if (file != open) {
                open = file;
                RW_TRY(openFile(m_all[file]));
            }
            RW_TRY_ASSIGN(const bool found, goTo(place - m_all[file].before));
            if (found) {
                SpreadBlock made{m_all[file].name, m_at, {}};
                RW_TRY(readBlock(made));
                if (!made.rows.empty()) spread.blocks.push_back(std::move(made));
            } else {
                ++spread.unclear;
            }
            RW_TRY_ASSIGN(const FileState now, m_file->state());
            spread.shrank = spread.shrank || now.size < m_size;
        }
        return spread;
    }

 private:
    Status find(const std::string& path) {
        RW_TRY_ASSIGN(const std::vector<std::string> names, inputFiles(path, m_files));
        for (const std::string& name : names) {
            if (compressionOf(name) != Compression::None) {
                m_refused =
                    RW_TEXT("files", "“%1” is compressed: the rows are those from its start.").with(name);
                return {};
            }
            RW_TRY_ASSIGN(const FileState state, m_files.state(name));
            m_all.push_back({name, m_total, state.size});
            m_total += state.size;
        }
        return {};
    }

    /// Takes over its head; the first row is at m_first then.
    Status openFile(const SpreadFile& file) {
        RW_TRY_ASSIGN(m_file, m_files.open(file.name));
        m_size = file.size;
        RowCutter cutter(m_format.framing(), kRead);
        cutter.begin();
        bool atEnd = false;
        for (m_first = 0;;) {
            FilePiece piece;
            if (cutter.cut(atEnd, piece)) {
                RW_TRY(m_format.takeHead(piece, file.name));
                m_first = piece.origin + piece.begin;
                if (!m_format.awaitsHead()) break;
                continue;
            }
            if (atEnd) break;
            RW_TRY_ASSIGN(atEnd, readInto(cutter));
        }
        m_reached = m_first;
        return {};
    }

    /// Whether the file ends there.
    Result<bool> readInto(RowCutter& cutter) {
        if (m_stops()) return Status(ErrorCode::Cancelled, RW_TEXT("files", "It was cancelled."));
        RW_TRY_ASSIGN(const std::size_t bytes, m_file->read(cutter.offset(), cutter.room()));
        cutter.hold(bytes);
        return bytes == 0;
    }

    /// Sets m_at to the first row that begins behind byte `place` and was not read yet; false: that can't be
    /// told.
    Result<bool> goTo(std::uint64_t place) {
        m_at = m_reached;
        if (place <= m_reached) return true;
        std::string bytes;
        for (const std::size_t window : kSearched) {
            if (m_stops()) return Status(ErrorCode::Cancelled, RW_TEXT("files", "It was cancelled."));
            RW_TRY(readWindow(place, window, bytes));
            const bool atEnd = place + bytes.size() >= m_size;
            const RowStart start = m_format.rowStart(bytes, atEnd);
            if (start.kind == RowStart::Kind::Found) {
                m_at = std::max(m_reached, place + start.at);
                return true;
            }
            if (start.kind == RowStart::Kind::Unknown || atEnd) break;
        }
        return false;
    }

    Status readWindow(std::uint64_t place, std::size_t window, std::string& bytes) {
        std::size_t have = bytes.size();
        bytes.resize(window);
        while (have < window) {
            RW_TRY_ASSIGN(const std::size_t more, m_file->read(place + have, std::span(bytes).subspan(have)));
            if (more == 0) break;
            have += more;
        }
        bytes.resize(have);
        return {};
    }

    /// The rows from m_at on.
    Status readBlock(SpreadBlock& block) {
        const auto blocks = static_cast<std::size_t>(m_limits.blocks);
        const std::uint64_t until = m_at + std::max<std::uint64_t>(1, m_limits.bytes / blocks);
        const std::size_t most = std::max<std::size_t>(1, m_limits.rows / blocks);
        RowCutter cutter(m_format.framing(), kRead);
        cutter.begin(m_at);
        bool atEnd = false;
        for (std::size_t rows = 0; rows < most && m_reached < until;) {
            FilePiece piece;
            if (!cutter.cut(atEnd, piece)) {
                if (atEnd) break;
                RW_TRY_ASSIGN(atEnd, readInto(cutter));
                continue;
            }
            takeRows(piece, most - rows, until, block, rows);
            if (piece.overlong) break;  // what is behind may be far away
        }
        return {};
    }

    /// Row by row: the next block goes on behind the last one that was taken.
    void takeRows(FilePiece& piece, std::size_t most, std::uint64_t until, SpreadBlock& block,
                  std::size_t& rows) {
        std::size_t end = piece.begin;
        const Framing& framing = m_format.framing();
        for (std::size_t row = 0; row < most && end < piece.end && piece.origin + end < until; ++row) {
            const std::string_view rest = piece.buffer->view(end, piece.end);
            const std::size_t size = piece.overlong ? 0 : framing.firstRow(rest, true);
            end += size == 0 ? rest.size() : size;
        }
        m_reached = piece.origin + end;
        const std::unique_ptr<Chunk> chunk = takeChunk(m_format, piece, end, 0);
        ParsedChunk parsed = parseChunk(m_format, *chunk);
        rows += parsed.rowsRead;
        if (parsed.rowsRead > 0) block.rows.push_back(std::move(parsed));
    }

    RowFormat& m_format;
    const Files& m_files;
    const SpreadLimits& m_limits;
    const std::function<bool()>& m_stops;
    Text m_refused{};
    std::vector<SpreadFile> m_all{};
    std::uint64_t m_total = 0;
    std::unique_ptr<InputFile> m_file{};  ///< the one that is being read
    std::uint64_t m_size = 0;
    std::uint64_t m_first = 0;    ///< of its rows
    std::uint64_t m_reached = 0;  ///< all before was read, or passed over
    std::uint64_t m_at = 0;       ///< where the next block begins
};

}  // namespace

Result<Spread> FileSource::readSpread(const SpreadLimits& limits, const std::function<bool()>& stops) {
    const std::shared_ptr<const Files> files = m_files ? m_files : systemFiles();
    return SpreadReader(*m_format, *files, limits, stops).read(m_path);
}

}  // namespace rw
