#include "core/connect/csv/survey.h"

#include <algorithm>

#include "core/connect/csv/header.h"
#include "core/connect/csv/index.h"
#include "core/connect/csv/plain.h"
#include "core/connect/files/file_reader.h"

namespace rw {

namespace {

class CsvSurveyor {
 public:
    explicit CsvSurveyor(const CsvSurveyOptions& options) : m_options(options), m_rows(options.format) {
        if (options.columns) m_out.columns.resize(options.schema->fields.size());
    }

    Result<CsvSurvey> run() {
        FileReader reader({.path = m_options.path, .files = m_options.files}, m_rows);
        RW_TRY(reader.open());
        for (;;) {
            if (m_options.cancelled && m_options.cancelled())
                return Status(ErrorCode::Cancelled,
                              RW_TEXT("csv", "Reading “%1” was cancelled.").with(m_options.path));
            FilePiece piece;
            RW_TRY_ASSIGN(const FileReader::Next next, reader.next(piece));
            if (next != FileReader::Next::Piece) return std::move(m_out);
            m_file = &reader.file();
            RW_TRY(take(piece));
        }
    }

 private:
    CsvPlace place(std::uint64_t row, Text reason = {}) const {
        return {*m_file, row, std::move(reason), {}};
    }
    CsvPlace placeOf(std::uint64_t row, std::size_t field) const {
        return {*m_file, row, {}, m_options.schema->fields[field].name};
    }

    void misfit(std::uint64_t row, Text reason) {
        if (m_out.misfits++ == 0) m_out.misfit = place(row, std::move(reason));
    }

    void emptyLines(std::uint64_t lines, std::uint64_t before) {
        if (lines == 0 || m_layout.fields == 1) return;
        if (m_out.emptyLines == 0) m_out.emptyLine = place(before);
        m_out.emptyLines += lines;
    }

    Status take(FilePiece& piece) {
        if (piece.firstOfFile) {
            ++m_out.files;
            m_row = 0;
            m_awaitsHeader = m_options.format.header;
            if (!m_awaitsHeader) takeLayout(layoutByPosition(*m_options.schema, m_options.arrival));
            if (piece.origin + piece.begin > 0 && !m_out.byteOrderMark) m_out.byteOrderMark = place(0);
        }
        while (m_awaitsHeader && piece.begin < piece.end) {
            const std::string_view row = piece.view().substr(0, m_rows.firstRow(piece.view(), true));
            const std::string_view line = withoutLineEnd(row);
            if (line.empty()) {
                m_layout.fields = 0;
                emptyLines(1, 0);
            } else {
                RW_TRY(takeHeader(line));
            }
            piece.begin += row.size();
        }
        if (piece.overlong) {
            misfit(++m_row, RW_TEXT("csv", "The row is longer than 16 MiB."));
        } else if (piece.begin < piece.end) {
            takeRows(piece.view());
        }
        return {};
    }

    void takeLayout(CsvLayout layout) {
        m_layout = std::move(layout);
        if (!m_options.format.header) m_out.places = m_layout.places;
        m_fieldAt.assign(m_layout.fields, std::nullopt);
        for (std::size_t i = 0; i < m_layout.places.size(); ++i) {
            const bool behindArrival =
                m_options.arrival >= 0 && i >= static_cast<std::size_t>(m_options.arrival);
            m_fieldAt[m_layout.places[i]] = behindArrival ? i + 1 : i;
        }
    }

    Status takeHeader(std::string_view line) {
        RW_TRY_ASSIGN(const std::vector<CsvField> fields, headerFields(line, m_options.format, *m_file));
        RW_TRY_ASSIGN(CsvLayout layout,
                      layoutByName(headerNames(fields), *m_options.schema, m_options.arrival, *m_file));
        takeLayout(std::move(layout));
        m_awaitsHeader = false;
        std::vector<std::string> cells;
        for (const CsvField& field : fields) cells.push_back(field.text);
        if (m_out.header.empty()) {
            m_out.header = std::move(cells);
            m_out.headerFile = *m_file;
            m_out.places = m_layout.places;
        } else if (cells != m_out.header && !m_out.otherHeader) {
            m_out.otherHeader = place(0);
        }
        return {};
    }

    void takeRows(std::string_view bytes) {
        indexCsv(bytes, m_options.format, m_rows.limits(), m_layout.fields, m_index);
        for (CsvIndex::Broken& broken : m_index.broken)
            misfit(m_row + broken.number + 1, std::move(broken.reason));
        // To others a CR ends a row, and CR LF as well.
        const bool carriage = bytes.find('\r') != std::string_view::npos;
        for (std::size_t row = 0; row < m_index.rows && (m_index.quoted || carriage || m_options.columns);
             ++row) {
            for (std::size_t cell = 0; cell < m_layout.fields; ++cell) takeCell(bytes, row, cell);
        }
        if (m_index.broken.empty()) countEmptyLines(bytes);
        m_row += m_index.rowsRead;
        m_out.rows += m_index.rowsRead;
    }

    std::uint64_t numberOf(std::size_t row) const {
        return m_row + 1 + (m_index.numbers.empty() ? row : m_index.numbers[row]);
    }

    void takeCell(std::string_view bytes, std::size_t row, std::size_t number) {
        const std::uint32_t* const ends = m_index.ends + row * m_index.stride + number;
        const std::uint32_t begin = ends[0] + 1;
        std::string_view cell = bytes.substr(begin, ends[1] - begin);
        if (number + 1 == m_layout.fields && cell.ends_with('\r')) cell.remove_suffix(1);
        const bool quoted = m_options.format.quoting() && cell.starts_with(m_options.format.quote);
        if (!quoted && cell.find('\r') != std::string_view::npos)
            misfit(numberOf(row), RW_TEXT("csv", "A carriage return stands in a cell without quotes."));
        const bool quotedEmpty = quoted && cell.size() == 2;
        if (!m_options.columns && (!quotedEmpty || m_out.quotedEmpty)) return;
        const std::optional<std::size_t> field = m_fieldAt[number];
        if (!field) return;  // it is not read
        if (quotedEmpty && !m_out.quotedEmpty) m_out.quotedEmpty = placeOf(numberOf(row), *field);
        if (!m_options.columns) return;
        CsvColumnSurvey& column = m_out.columns[*field];
        if (quoted) cell = cell.substr(1, cell.size() - 2);
        std::optional<CsvPlace>& first = cell.empty() ? column.empty : column.notPlain;
        if (!first && (cell.empty() || !isPlainCell(cell, m_options.schema->fields[*field].type)))
            first = placeOf(numberOf(row), *field);
    }

    /// Lines that are no row: those between the ends and the beginnings of good ones.
    void countEmptyLines(std::string_view bytes) {
        std::size_t from = 0;
        const auto lines = [&bytes](std::size_t begin, std::size_t end) {
            return static_cast<std::uint64_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                                                         bytes.begin() + static_cast<std::ptrdiff_t>(end),
                                                         '\n'));
        };
        for (std::size_t row = 0; row < m_index.rows; ++row) {
            const std::uint32_t* const ends = m_index.ends + row * m_index.stride;
            const std::uint32_t begin = ends[0] + 1, end = ends[m_layout.fields];
            if (begin > from) emptyLines(lines(from, begin), m_row + row);
            from = std::min(bytes.size(), bytes.find('\n', end) + 1);
        }
        if (from < bytes.size()) emptyLines(lines(from, bytes.size()), m_row + m_index.rows);
    }

    const CsvSurveyOptions& m_options;
    const CsvFraming m_rows;
    const std::string* m_file = nullptr;
    CsvLayout m_layout{};
    std::vector<std::optional<std::size_t>> m_fieldAt{};  ///< the column that reads the cell of a place
    CsvIndex m_index{};
    CsvSurvey m_out{};
    std::uint64_t m_row = 0;  ///< rows of the file so far
    bool m_awaitsHeader = false;
};

}  // namespace

Result<CsvSurvey> surveyCsv(const CsvSurveyOptions& options) {
    return CsvSurveyor(options).run();
}

}  // namespace rw
