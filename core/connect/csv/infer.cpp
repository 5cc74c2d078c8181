#include "core/connect/csv/infer.h"

#include <algorithm>

#include "core/connect/csv/header.h"
#include "core/connect/files/file_reader.h"
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::size_t kRows = 1'000;

/// Whether the digits of `text` are a name rather than an amount: 00420, +49, or too many for a BIGINT.
bool isCode(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) return true;
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    return (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') ||
           (digits && !parseBigint(text));
}

/// The types that all values of a column so far are of, narrowest first.
class Guess {
 public:
    void see(const CsvField& field) {
        if (field.text.empty() && !field.quoted) return;
        m_seen = true;
        const bool code = isCode(field.text);
        std::erase_if(m_types, [&](TypeId id) {
            const Type type = Type::of(id);
            return (type.isNumeric() && code) || !parseValue(field.text, type);
        });
    }
    Type type() const { return Type::of(m_seen ? m_types.front() : TypeId::String); }

 private:
    std::vector<TypeId> m_types{TypeId::Boolean, TypeId::Int,       TypeId::Bigint, TypeId::Double,
                                TypeId::Date,    TypeId::Timestamp, TypeId::String};
    bool m_seen = false;
};

/// The first rows of the input that have whole quotes, header included.
Result<std::vector<std::vector<CsvField>>> firstRows(const std::string& path, const CsvFormat& format) {
    const CsvRows splitter(format);
    FileReader reader({.path = path}, splitter);
    RW_TRY(reader.open());
    std::vector<std::vector<CsvField>> rows;
    std::string first;
    for (;;) {
        FilePiece piece;
        RW_TRY_ASSIGN(const FileReader::Next next, reader.next(piece));
        if (first.empty()) first = reader.file();
        if (next != FileReader::Next::Piece || reader.file() != first) return rows;
        std::string_view rest = piece.overlong ? std::string_view() : piece.view();
        while (!rest.empty()) {
            const std::string_view row = rest.substr(0, splitter.firstRow(rest, true));
            rest.remove_prefix(row.size());
            if (withoutLineEnd(row).empty()) continue;
            if (rows.empty() && format.header) {
                RW_TRY_ASSIGN(rows.emplace_back(), headerFields(withoutLineEnd(row), format, first));
                continue;
            }
            if (auto fields = splitRow(row, format)) rows.push_back(*std::move(fields));
            if (rows.size() > kRows) return rows;
        }
    }
}

}  // namespace

Result<Schema> inferCsvSchema(const std::string& path, const CsvFormat& format) {
    RW_TRY_ASSIGN(auto rows, firstRows(path, format));
    if (rows.empty()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("csv", "“%1” is empty: its columns can't be guessed.").with(path),
                      RW_TEXT("csv", "Write the columns by hand, or choose another file."));
    }
    std::vector<CsvField> header = rows.front();
    if (format.header) {
        rows.erase(rows.begin());
    } else {
        std::fill(header.begin(), header.end(), CsvField{});  // so that places become names
    }
    const std::vector<std::string> names = headerNames(header);
    std::vector<Guess> guesses(names.size());
    for (const std::vector<CsvField>& row : rows) {
        if (row.size() != names.size()) continue;  // the run rejects it
        for (std::size_t i = 0; i < row.size(); ++i) guesses[i].see(row[i]);
    }
    Schema schema;
    for (std::size_t i = 0; i < names.size(); ++i) schema.fields.push_back({names[i], guesses[i].type()});
    return schema;
}

}  // namespace rw
