#include "core/connect/csv/parser.h"

#include <algorithm>

#include "core/connect/csv/rows.h"

namespace rw {

namespace {

std::string_view rowAt(std::string_view bytes, std::uint32_t begin, std::uint32_t end) {
    return withoutLineEnd(bytes.substr(begin, end - begin));
}

}  // namespace

/// The arguments of parse(), and the places of its rows.
struct CsvParser::Piece {
    std::string_view bytes;
    const CsvLayout& layout;
    const BytesRef& owner;
    const CsvIndex& index;

    /// A good row, as it stands there. A CR before that of the line end is of the last field.
    std::string_view row(std::size_t number) const {
        const std::uint32_t* ends = index.ends + number * index.stride;
        const std::uint32_t begin = ends[0] + 1, end = ends[layout.fields];
        return index.mayEndWithCr ? rowAt(bytes, begin, end) : bytes.substr(begin, end - begin);
    }
};

ParsedChunk CsvParser::parse(std::string_view bytes, const CsvLayout& layout, const BytesRef& owner) const {
    ParsedChunk out;
    const CsvIndexPool::Ref index = m_indexes.take();
    indexCsv(bytes, m_options.format, m_options.limits, layout.fields, *index);
    const Piece piece{bytes, layout, owner, *index};
    out.rowsRead = piece.index.rowsRead;
    for (CsvIndex::Broken& row : index->broken) {
        out.reject(row.number, std::move(row.reason), rowAt(bytes, row.begin, row.end));
    }
    // equal parts rather than full batches and a small rest
    const std::size_t rows = piece.index.rows;
    const std::size_t parts = (rows + m_options.batchRows - 1) / m_options.batchRows;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t from = rows * part / parts;
        readBatch(piece, {from, rows * (part + 1) / parts - from}, out);
    }
    std::sort(out.bad.begin(), out.bad.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
    return out;
}

void CsvParser::readBatch(const Piece& piece, CsvRange range, ParsedChunk& out) const {
    Batch batch;
    batch.schema = m_options.schema;
    batch.rows = range.count;
    batch.columns.resize(m_options.schema->size());
    sql::RowErrors bad;  // by columns: a row's first complaint is that of its first bad column
    for (std::size_t i = 0, place = 0; i < batch.columns.size(); ++i) {
        const Field& field = m_options.schema->fields[i];
        if (!m_options.inMessage(i)) continue;
        const CsvColumn column{field.name, field.type, piece.layout.places[place++], m_options.wants(i)};
        if (!column.wanted && field.type.is(TypeId::String)) continue;  // any text is a string
        batch.columns[i] =
            readCsvColumn(piece.bytes, piece.index, m_options.format, range, column, piece.owner, bad);
    }

    batch.positions.first = piece.index.numbers.empty() ? static_cast<std::int64_t>(range.from) : 0;
    if (!piece.index.numbers.empty()) {
        const auto first = piece.index.numbers.begin() + static_cast<std::ptrdiff_t>(range.from);
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(
            first, first + static_cast<std::ptrdiff_t>(range.count));
    }
    if (m_options.nullOnError) bad.clear();
    out.add(std::move(batch), bad,
            [&](std::uint32_t row) { return std::string(piece.row(range.from + row)); });
}

}  // namespace rw
