#include "core/connect/csv/row_format.h"

#include "core/connect/csv/header.h"
#include "core/connect/csv/row_start.h"
#include "core/connect/csv/values.h"

namespace rw {

/// Part of a piece of a file; the header of that file gave the layout.
struct CsvRowFormat::CsvChunk : RowsChunk {
    std::shared_ptr<const CsvLayout> layout;
};

CsvRowFormat::CsvRowFormat(CsvParserOptions options)
    : m_options(std::move(options)), m_rows(m_options.format, m_options.limits), m_parser(m_options) {}

Status CsvRowFormat::takeHead(FilePiece& piece, const std::string& file) {
    if (piece.firstOfFile) {
        m_needsHeader = m_options.format.header;
        if (!m_needsHeader) {
            m_layout = std::make_shared<CsvLayout>(layoutByPosition(*m_options.schema, m_options.arrival));
        }
    }
    // The first row that is not an empty line.
    while (m_needsHeader && piece.begin < piece.end) {
        const std::string_view row = piece.view().substr(0, m_rows.firstRow(piece.view(), true));
        if (!withoutLineEnd(row).empty()) {
            if (piece.overlong) {
                return {ErrorCode::Invalid,
                        RW_TEXT("csv", "The first line of “%1” is too long for a header.").with(file),
                        RW_TEXT("csv", "Is it a CSV file, and does it have a header?")};
            }
            RW_TRY(readHeader(withoutLineEnd(row), file));
        }
        piece.begin += row.size();
    }
    return {};
}

Status CsvRowFormat::readHeader(std::string_view row, const std::string& file) {
    RW_TRY_ASSIGN(const auto fields, headerFields(row, m_options.format, file));
    RW_TRY_ASSIGN(CsvLayout layout,
                  layoutByName(headerNames(fields), *m_options.schema, m_options.arrival, file));
    m_layout = std::make_shared<CsvLayout>(std::move(layout));
    m_header = row;
    m_needsHeader = false;
    return {};
}

Status CsvRowFormat::resume(const std::string& head, const std::string& file) {
    if (m_options.format.header) return readHeader(head, file);
    m_layout = std::make_shared<CsvLayout>(layoutByPosition(*m_options.schema, m_options.arrival));
    return {};
}

RowStart CsvRowFormat::rowStart(std::string_view bytes, bool atEnd) const {
    return csvRowStart(bytes, m_options.format, m_options.limits, atEnd);
}

std::unique_ptr<RowsChunk> CsvRowFormat::chunk() const {
    auto chunk = std::make_unique<CsvChunk>();
    chunk->layout = m_layout;
    return chunk;
}

std::optional<Instant> CsvRowFormat::eventTimeOf(std::string_view row) const {
    const auto fields = splitRow(row, m_options.format);
    const int before = m_options.arrival >= 0 && m_options.arrival < m_options.eventTime ? 1 : 0;
    const std::size_t place = m_layout->places[static_cast<std::size_t>(m_options.eventTime - before)];
    if (!fields || place >= fields->size()) return std::nullopt;
    return csvTimestamp((*fields)[place].text, m_options.format);
}

ParsedChunk CsvRowFormat::parse(const RowsChunk& chunk) const {
    const auto& csv = static_cast<const CsvChunk&>(chunk);
    const BytesRef bytes(csv.piece.buffer, csv.piece.buffer->capacity());
    ParsedChunk rows = m_parser.parse(csv.piece.view(), *csv.layout, bytes);
    MessageBlock block;
    block.arrived = csv.arrived;
    m_options.addOutsideColumns(rows, block);
    return rows;
}

}  // namespace rw
