#include "core/connect/csv/text_columns.h"

#include <algorithm>
#include <optional>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/csv/header.h"
#include "core/connect/files/first_rows.h"
#include "core/data/text.h"
#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::size_t kExampleBytes = 40;
constexpr std::uint64_t kRowsBetweenLooks = 1'024;

/// A number with a decimal comma as one with a point.
struct CommaNumber {
    std::string text{};
    /// “1,234” may as well be a thousand and some; “12,50” is nothing else.
    bool certain = false;
};

/// The digits before the comma may stand in groups of three with points or blanks between them.
std::optional<CommaNumber> commaNumber(std::string_view value) {
    value = trimmed(value);
    const std::size_t comma = value.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const std::string_view fraction = value.substr(comma + 1);
    std::string_view whole = value.substr(0, comma);
    CommaNumber number;
    if (whole.starts_with('-')) number.text = "-";
    if (whole.starts_with('-') || whole.starts_with('+')) whole.remove_prefix(1);
    const auto digits = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), isAsciiDigit);
    };
    const std::size_t group = whole.find_first_of(". ");
    if (group != std::string_view::npos) {
        if (group == 0 || group > 3 || !digits(whole.substr(0, group))) return std::nullopt;
        number.text += whole.substr(0, group);
        for (std::string_view rest = whole.substr(group); !rest.empty(); rest.remove_prefix(4)) {
            if (rest.size() < 4 || rest[0] != whole[group] || !digits(rest.substr(1, 3))) return std::nullopt;
            number.text += rest.substr(1, 3);
        }
    } else if (digits(whole)) {
        number.text += whole;
    } else {
        return std::nullopt;
    }
    if (!digits(fraction)) return std::nullopt;
    number.text.append(".").append(fraction);
    number.certain = group != std::string_view::npos || fraction.size() != 3 || whole.size() > 3;
    return number;
}

class ColumnLook {
 public:
    explicit ColumnLook(std::string name) { m_column.name = std::move(name); }

    void see(const CsvField& field) {
        if (field.text.empty() && !field.quoted) return;
        ++m_column.values;
        m_code = m_code || isDigitCode(field.text);
        if (m_code) return;
        if (parseValue(field.text, Type::of(TypeId::Double))) {
            ++m_numbers;
            m_guess.see([&](Type type) { return parseValue(field.text, type).has_value(); });
            return;
        }
        ++m_column.odd;
        keepExample(field.text);
        const std::optional<CommaNumber> number = commaNumber(field.text);
        if (!number) return;
        ++m_commas;
        m_certain = m_certain || number->certain;
    }

    /// Nothing: it is no text, or its values say what it is.
    std::optional<CsvTextColumn> end() && {
        const bool mostly = m_numbers + m_commas > 0 && (m_numbers + m_commas) * 2 >= m_column.values;
        if (m_code || m_column.odd == 0 || !mostly) return std::nullopt;
        m_column.decimalComma = m_commas == m_column.odd && m_certain;
        const bool fraction = m_column.decimalComma || m_numbers == 0;
        m_column.numbers = fraction ? Type::of(TypeId::Double) : m_guess.type();
        return std::move(m_column);
    }

 private:
    void keepExample(const std::string& value) {
        std::vector<std::string>& kept = m_column.examples;
        if (kept.size() == CsvTextColumn::kExamples) return;
        std::string shown = shortened(value, kExampleBytes);
        if (std::find(kept.begin(), kept.end(), shown) == kept.end()) kept.push_back(std::move(shown));
    }

    CsvTextColumn m_column{};
    TypeGuess m_guess{};  ///< of the numbers among the values
    std::uint64_t m_numbers = 0, m_commas = 0;
    bool m_certain = false;
    bool m_code = false;  ///< there is a name in digits
};

}  // namespace

Text CsvTextColumn::text() const {
    std::string listed;
    for (const std::string& example : examples) listed += (listed.empty() ? "" : "; ") + example;
    if (odd > examples.size()) listed += " …";
    return RW_TEXT("csv", "%1 is text: %2 of %3 values are no numbers (%4).")
        .with(name, grouped(std::to_string(odd)), grouped(std::to_string(values)), listed);
}

Result<CsvTextColumns> csvTextColumns(const std::string& path, const CsvFormat& format,
                                      std::uint64_t mostRows, const std::atomic<bool>* cancel) {
    CsvTextColumns found;
    std::vector<ColumnLook> looks;
    bool begun = false;
    const auto begin = [&](const std::vector<CsvField>& header) {
        for (std::string& name : headerNames(header)) looks.emplace_back(std::move(name));
        begun = true;
    };
    const auto take = [&](std::string_view row, const std::string& file) -> Result<bool> {
        if (!begun && format.header) {
            RW_TRY_ASSIGN(const std::vector<CsvField> header,
                          headerFields(withoutLineEnd(row), format, file));
            begin(header);
            return true;
        }
        if (found.rows == mostRows) {
            found.whole = false;
            return false;
        }
        if (cancel != nullptr && found.rows % kRowsBetweenLooks == 0 && *cancel)
            return Status(ErrorCode::Cancelled, RW_TEXT("csv", "Reading was cancelled."));
        const auto fields = splitRow(row, format);
        if (!fields) return true;  // the run rejects it
        if (!begun) begin(std::vector<CsvField>(fields->size()));
        ++found.rows;
        if (fields->size() != looks.size()) return true;
        for (std::size_t i = 0; i < looks.size(); ++i) looks[i].see((*fields)[i]);
        return true;
    };
    RW_TRY(readFirstRows(path, CsvRows(format), take));
    for (ColumnLook& look : looks) {
        if (auto column = std::move(look).end()) found.columns.push_back(*std::move(column));
    }
    return found;
}

}  // namespace rw
