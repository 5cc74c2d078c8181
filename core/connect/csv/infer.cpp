#include "core/connect/csv/infer.h"

#include <algorithm>

#include "core/connect/csv/header.h"
#include "core/connect/csv/values.h"
#include "core/connect/files/first_rows.h"

namespace rw {

namespace {

void seeCsvField(ColumnGuess& guess, const CsvField& field, const CsvFormat& written) {
    if (field.text.empty() && !field.quoted) return;
    // Numbers that may be times are numbers until the user says otherwise.
    CsvFormat format = written;
    format.epoch = CsvFormat::Epoch::None;
    const bool code = isDigitCode(field.text);
    guess.see([&](Type type) { return !(type.isNumeric() && code) && isCsvValue(field.text, type, format); },
              [&](Type type) { return isCsvValue(field.text, type, written); });
}

/// The first rows of the input that have whole quotes, header included.
Result<std::vector<std::vector<CsvField>>> firstRows(const std::string& path, const CsvFormat& format) {
    const CsvFraming framing(format);
    std::vector<std::vector<CsvField>> rows;
    const auto take = [&](std::string_view row, const std::string& file) -> Result<bool> {
        if (rows.empty() && format.header) {
            RW_TRY_ASSIGN(rows.emplace_back(), headerFields(withoutLineEnd(row), format, file));
        } else if (auto fields = splitRow(row, format)) {
            rows.push_back(*std::move(fields));
        }
        return rows.size() <= kFirstRows;
    };
    RW_TRY(readFirstRows(path, framing, take));
    return rows;
}

}  // namespace

Result<Schema> inferCsvSchema(const std::string& path, const CsvFormat& format, const Schema& declared) {
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
    const ColumnIndex places(declared);
    std::vector<ColumnGuess> guesses;
    for (const std::string& name : names) guesses.emplace_back(declared, places, name);
    for (const std::vector<CsvField>& row : rows) {
        if (row.size() != names.size()) continue;  // the run rejects it
        for (std::size_t i = 0; i < row.size(); ++i) seeCsvField(guesses[i], row[i], format);
    }
    Schema schema;
    for (std::size_t i = 0; i < names.size(); ++i) schema.fields.push_back({names[i], guesses[i].type()});
    return schema;
}

}  // namespace rw
