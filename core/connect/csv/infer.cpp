#include "core/connect/csv/infer.h"

#include <algorithm>
#include <optional>

#include "core/connect/csv/header.h"
#include "core/connect/csv/values.h"
#include "core/connect/files/first_rows.h"

namespace rw {

namespace {

/// The type of one column while its values are looked at.
class CsvColumnGuess {
 public:
    explicit CsvColumnGuess(std::optional<Type> declared) : m_declared(declared) {}

    void see(const CsvField& field, const CsvFormat& written) {
        if (field.text.empty() && !field.quoted) return;
        ++m_values;
        if (m_declared && !isCsvValue(field.text, *m_declared, written)) ++m_others;
        // Numbers that may be times are numbers until the user says otherwise.
        CsvFormat format = written;
        format.epoch = CsvFormat::Epoch::None;
        const bool code = isDigitCode(field.text);
        m_guess.see(
            [&](Type type) { return !(type.isNumeric() && code) && isCsvValue(field.text, type, format); });
    }

    Type type() const {
        const Type guess = m_guess.type();
        const bool mostly = guess.is(TypeId::String) && m_others * 2 <= m_values;
        return m_declared && (m_others == 0 || mostly) ? *m_declared : guess;
    }

 private:
    std::optional<Type> m_declared;
    TypeGuess m_guess{};
    std::size_t m_values = 0, m_others = 0;  // others: values that are not of the declared type
};

/// The type that `declared` gives the column; text does not say what its values are.
std::optional<Type> declaredType(const Schema& declared, const std::string& name) {
    const auto column = declared.find(name);
    if (!column) return std::nullopt;
    const Type type = declared.fields[static_cast<std::size_t>(*column)].type;
    return type.is(TypeId::String) ? std::nullopt : std::optional<Type>(type);
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
    std::vector<CsvColumnGuess> guesses;
    for (const std::string& name : names) guesses.emplace_back(declaredType(declared, name));
    for (const std::vector<CsvField>& row : rows) {
        if (row.size() != names.size()) continue;  // the run rejects it
        for (std::size_t i = 0; i < row.size(); ++i) guesses[i].see(row[i], format);
    }
    Schema schema;
    for (std::size_t i = 0; i < names.size(); ++i) schema.fields.push_back({names[i], guesses[i].type()});
    return schema;
}

}  // namespace rw
