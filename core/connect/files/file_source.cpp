#include "core/connect/files/file_source.h"

#include <algorithm>

namespace rw {

namespace {
constexpr std::int64_t kFollowMillis = 50;   // between two looks at a file that did not grow
constexpr std::int64_t kPaceMillis = 10;     // rows due within are sent together
constexpr std::int64_t kStaleMillis = 1000;  // a line without an end that is no longer being written
}  // namespace

FileSource::FileSource(FileSourceOptions options, std::unique_ptr<RowFormat> format)
    : m_clock(std::move(options.clock)),
      m_files(options.files.files),
      m_path(options.files.path),
      m_format(std::move(format)),
      m_reader(std::move(options.files), m_format->framing()),
      m_pacer(Pace{.rate = options.rate, .replaySpeed = options.replaySpeed}) {}

Status FileSource::open() {
    RW_TRY(m_reader.open(m_from ? &*m_from : nullptr));
    bool known = false;
    if (m_from) {
        RW_TRY_ASSIGN(known, m_reader.knows(*m_from));
    }
    const std::string opened = m_reader.file();
    // With its header, that of a file in whose middle it is going on, too.
    RW_TRY(nextPiece().status());
    if (!known || (m_from->offset == 0 && !m_from->done) || m_reader.file() != opened) return {};
    m_reader.goTo(*m_from);
    m_piece = {};
    return {};
}

Status FileSource::snapshot(StateWriter& out) const {
    FilePosition place = m_reader.position(m_piece);
    if (m_format->awaitsHead()) {  // nothing but empty lines stood there so far
        place.offset = 0;
        place.checksum = FileTail().checksum();
    }
    place.save(out);
    if (const auto largest = m_pacer.largest()) out.i64("largest_paced", *largest);
    return {};
}

Status FileSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_from, FilePosition::load(state));
    if (!state.has("largest_paced")) return {};
    RW_TRY_ASSIGN(const Instant largest, state.i64("largest_paced"));
    m_pacer.resumeFrom(largest);
    return {};
}

Result<Poll> FileSource::poll(std::unique_ptr<Chunk>& chunk) {
    if (m_piece.begin == m_piece.end) {
        RW_TRY_ASSIGN(const FileReader::Next next, nextPiece());
        noteAsked();
        if (next == FileReader::Next::End) return Poll{Poll::Kind::End};
        if (next == FileReader::Next::Nothing) {
            const std::int64_t now = m_clock->steadyMillis();
            if (std::exchange(m_doneThen, m_reader.done()) != m_reader.done()) m_grewAt = now;
            return Poll{Poll::Kind::Wait, now + kFollowMillis};
        }
    }
    if (!m_pacer.unpaced() && !m_piece.overlong) return pollPaced(chunk);
    chunk = chunkUpTo(m_piece.end);
    return Poll{};
}

/// While it asks, the watermark waits: the rows of the file are older than they seem.
void FileSource::noteAsked() {
    const bool asks = !m_reader.asked().empty();
    if (asks == m_asks) return;
    m_asks = asks;
    PartitionEvent& event = m_events.emplace_back();
    event.state = asks ? PartitionState::Blocked : PartitionState::Live;
    if (asks)
        event.reason = RW_TEXT("files",
                               "“%1” came when files with later names had been read. You end that, by “Files "
                               "that come late” or by a later name: it does not end with time.")
                           .with(m_reader.asked().front());
}

void FileSource::finish() {
    m_reader.finish(m_clock->steadyMillis() - m_grewAt >= kStaleMillis);
}

Result<FileReader::Next> FileSource::nextPiece() {
    do {
        RW_TRY_ASSIGN(const FileReader::Next next, m_reader.next(m_piece));
        if (next != FileReader::Next::Piece) return next;
        RW_TRY(m_format->takeHead(m_piece, m_reader.file()));
    } while (m_piece.begin == m_piece.end);
    return FileReader::Next::Piece;
}

std::unique_ptr<Chunk> FileSource::chunkUpTo(std::size_t end) {
    return takeChunk(*m_format, m_piece, end, m_clock->now());
}

Poll FileSource::pollPaced(std::unique_ptr<Chunk>& chunk) {
    const std::int64_t now = m_clock->steadyMillis();
    std::size_t end = m_piece.begin;
    while (end < m_piece.end) {
        const std::string_view rest = m_piece.buffer->view(end, m_piece.end);
        const std::string_view row = rest.substr(0, m_format->framing().firstRow(rest, true));
        const std::optional<Instant> time = m_pacer.byEventTime() ? m_format->eventTimeOf(row) : std::nullopt;
        if (const std::int64_t due = m_pacer.due(now, time); due > now) {
            if (end == m_piece.begin) return {Poll::Kind::Wait, std::max(due, now + kPaceMillis)};
            break;
        }
        m_pacer.sent(time);
        end += row.size();
    }
    chunk = chunkUpTo(end);
    return {};
}

Status FileSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    out = parseChunk(*m_format, chunk);
    return {};
}

}  // namespace rw
