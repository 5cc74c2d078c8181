#include "core/connect/csv/source.h"

#include <algorithm>

#include "core/connect/csv/header.h"
#include "core/data/text.h"

namespace rw {

namespace {
constexpr std::int64_t kFollowMillis = 50;   // between two looks at a file that did not grow
constexpr std::int64_t kPaceMillis = 10;     // rows due within are sent together
constexpr std::int64_t kStaleMillis = 1000;  // a line without an end that is no longer being written
}  // namespace

/// Part of a piece of a file; the header of that file gave the layout.
struct CsvSource::CsvChunk : Chunk {
    FilePiece piece;
    std::shared_ptr<const CsvLayout> layout;
};

CsvSource::CsvSource(CsvSourceOptions options)
    : m_options(std::move(options)),
      m_rows(m_options.parser.format, m_options.parser.limits),
      m_parser(m_options.parser),
      m_reader(m_options.files, m_rows),
      m_pacer(Pace{.rate = m_options.rate, .replaySpeed = m_options.replaySpeed}) {}

Status CsvSource::open() {
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

Status CsvSource::snapshot(StateWriter& out) const {
    FilePosition place = m_reader.position(m_piece);
    if (m_needsHeader) {  // nothing but empty lines stood there so far
        place.offset = 0;
        place.checksum = FileTail().checksum();
    }
    place.save(out);
    if (const auto largest = m_pacer.largest()) out.i64("largest_paced", *largest);
    return {};
}

Status CsvSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_from, FilePosition::load(state));
    if (!state.has("largest_paced")) return {};
    RW_TRY_ASSIGN(const Instant largest, state.i64("largest_paced"));
    m_pacer.resumeFrom(largest);
    return {};
}

Result<Poll> CsvSource::poll(std::unique_ptr<Chunk>& chunk) {
    if (m_piece.begin == m_piece.end) {
        RW_TRY_ASSIGN(const FileReader::Next next, nextPiece());
        if (next == FileReader::Next::End) return Poll{Poll::Kind::End};
        if (next == FileReader::Next::Nothing) {
            const std::int64_t now = m_options.clock->steadyMillis();
            if (std::exchange(m_doneThen, m_reader.done()) != m_reader.done()) m_grewAt = now;
            return Poll{Poll::Kind::Wait, now + kFollowMillis};
        }
    }
    if (!m_pacer.unpaced() && !m_piece.overlong) return pollPaced(chunk);
    chunk = chunkUpTo(m_piece.end);
    return Poll{};
}

void CsvSource::finish() {
    m_reader.finish(m_options.clock->steadyMillis() - m_grewAt >= kStaleMillis);
}

Result<FileReader::Next> CsvSource::nextPiece() {
    do {
        RW_TRY_ASSIGN(const FileReader::Next next, m_reader.next(m_piece));
        if (next != FileReader::Next::Piece) return next;
        if (m_piece.firstOfFile) {
            m_needsHeader = m_options.parser.format.header;
            if (!m_needsHeader) {
                m_layout = std::make_shared<CsvLayout>(
                    layoutByPosition(*m_options.parser.schema, m_options.parser.arrival));
            }
        }
        if (m_needsHeader) RW_TRY(readHeader());
    } while (m_piece.begin == m_piece.end);
    return FileReader::Next::Piece;
}

/// Takes the first row that is not an empty line off m_piece.
Status CsvSource::readHeader() {
    while (m_needsHeader && m_piece.begin < m_piece.end) {
        const std::string_view row = m_piece.view().substr(0, m_rows.firstRow(m_piece.view(), true));
        if (!withoutLineEnd(row).empty()) {
            if (m_piece.overlong) {
                return {
                    ErrorCode::Invalid,
                    RW_TEXT("csv", "The first line of “%1” is too long for a header.").with(m_reader.file()),
                    RW_TEXT("csv", "Is it a CSV file, and does it have a header?")};
            }
            RW_TRY_ASSIGN(const auto fields,
                          headerFields(withoutLineEnd(row), m_options.parser.format, m_reader.file()));
            RW_TRY_ASSIGN(CsvLayout layout, layoutByName(headerNames(fields), *m_options.parser.schema,
                                                         m_options.parser.arrival, m_reader.file()));
            m_layout = std::make_shared<CsvLayout>(std::move(layout));
            m_needsHeader = false;
        }
        m_piece.begin += row.size();
    }
    return {};
}

std::unique_ptr<Chunk> CsvSource::chunkUpTo(std::size_t end) {
    auto chunk = std::make_unique<CsvChunk>();
    chunk->arrived = m_options.clock->now();
    chunk->piece = m_piece;
    chunk->piece.end = end;
    chunk->layout = m_layout;
    m_piece.begin = end;
    return chunk;
}

std::optional<Instant> CsvSource::eventTimeOf(std::string_view row) const {
    const auto fields = splitRow(row, m_options.parser.format);
    const int before =
        m_options.parser.arrival >= 0 && m_options.parser.arrival < m_options.eventTime ? 1 : 0;
    const std::size_t place = m_layout->places[static_cast<std::size_t>(m_options.eventTime - before)];
    if (!fields || place >= fields->size()) return std::nullopt;
    return parseTimestamp((*fields)[place].text);
}

Poll CsvSource::pollPaced(std::unique_ptr<Chunk>& chunk) {
    const std::int64_t now = m_options.clock->steadyMillis();
    std::size_t end = m_piece.begin;
    while (end < m_piece.end) {
        const std::string_view rest = m_piece.buffer->view(end, m_piece.end);
        const std::string_view row = rest.substr(0, m_rows.firstRow(rest, true));
        const std::optional<Instant> time = m_pacer.byEventTime() ? eventTimeOf(row) : std::nullopt;
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

Status CsvSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& csv = static_cast<const CsvChunk&>(chunk);
    if (csv.piece.overlong) {
        const std::size_t mebibytes = std::max<std::size_t>(m_rows.longestRow() >> 20, 1);
        out.reject(0, RW_TEXT("csv", "The row is longer than %1 MiB.").with(mebibytes), csv.piece.view());
        out.rowsRead = 1;
        return {};
    }
    const BytesRef bytes(csv.piece.buffer, csv.piece.buffer->capacity());
    out = m_parser.parse(csv.piece.view(), *csv.layout, csv.arrived, bytes);
    return {};
}

}  // namespace rw
