#include "core/connect/csv/preview.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/csv/header.h"
#include "core/connect/csv/values.h"
#include "core/connect/files/first_rows.h"
#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::size_t kExampleBytes = 40, kShownBytes = 200, kRowsForFormat = 100;
constexpr std::uint64_t kRowsBetweenAsks = 1'024;
constexpr int kUsualPrecision = 18, kUsualScale = 2;
// From 2000 to 2100: smaller numbers are counts, larger ones are names.
constexpr Instant kFirstLikely = 946'684'800'000, kEndOfLikely = 4'102'444'800'000;
constexpr std::string_view kTimeWords[] = {"time", "date", "ts", "epoch", "when", "created", "_at", "stamp"};
constexpr Millis kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute;
constexpr std::array<Millis, 5> kRoundDelays = {kSecond, 10 * kSecond, kMinute, 10 * kMinute, kHour};
constexpr Millis kStepsOfDelay = 3;
const Type kWidestDecimal = Type::decimal(kMaxPrecision, kMaxPrecision / 2);

constexpr TypeId kTypes[] = {TypeId::Boolean, TypeId::Int,  TypeId::Bigint,   TypeId::Double,
                             TypeId::Decimal, TypeId::Date, TypeId::Timestamp};
constexpr std::size_t kTimestampPlace = 6;  // then the same with seconds, and with milliseconds

std::size_t placeOf(Type type, CsvFormat::Epoch epoch) {
    if (type.is(TypeId::Timestamp)) return kTimestampPlace + static_cast<std::size_t>(epoch);
    return static_cast<std::size_t>(std::find(std::begin(kTypes), std::end(kTypes), type.id) -
                                    std::begin(kTypes));
}

bool isTimeName(const std::string& name) {
    const std::string small = inAsciiSmall(name);
    return std::any_of(std::begin(kTimeWords), std::end(kTimeWords),
                       [&small](std::string_view word) { return small.find(word) != std::string::npos; });
}

/// A point that can't stand between groups of three digits.
bool hasDecimalPoint(std::string_view text) {
    return text.find('.') != std::string_view::npos && !csvDouble(text, CsvFormat::Decimal::Comma);
}

class ColumnLook {
 public:
    ColumnLook(std::string name, const CsvFormat& format) : m_format(format) {
        m_column.name = std::move(name);
        for (std::size_t i = 0; i < m_times.size(); ++i) {
            m_times[i].format = format;
            m_times[i].format.epoch = static_cast<CsvFormat::Epoch>(i);
        }
    }

    void see(const CsvField& field) {
        const std::string& text = field.text;
        if (text.empty() && !field.quoted) return;
        ++m_column.values;
        const bool name = isDigitCode(text);
        if (name) ++m_column.names;
        unsigned fits = 1U << static_cast<unsigned>(TypeId::String);
        for (std::size_t i = 0; i < std::size(kTypes); ++i) {
            if (look(kTypes[i], text)) {
                fits |= 1U << static_cast<unsigned>(kTypes[i]);
            } else {
                m_column.others[i].add(text);
            }
        }
        const auto isOne = [fits](TypeId id) { return (fits >> static_cast<unsigned>(id) & 1U) != 0; };
        seeTime(text, isOne(TypeId::Timestamp));
        if (!name) seeNumber(text);
        m_guess.see([&](Type type) { return isOne(type.id) && !(type.isNumeric() && name); });
    }

    CsvPreviewColumn end() && {
        m_column.type = m_guess.type();
        for (const Times& times : m_times) {
            if (times.likely * 2 > m_column.values) m_column.epoch = times.format.epoch;
        }
        return std::move(m_column);
    }

 private:
    bool look(TypeId id, const std::string& text) const {
        if (id == TypeId::Timestamp) return parseTimestamp(text).has_value();
        return isCsvValue(text, id == TypeId::Decimal ? kWidestDecimal : Type::of(id), m_format);
    }

    void seeTime(const std::string& text, bool written) {
        for (Times& times : m_times) {
            const auto place = static_cast<std::size_t>(times.format.epoch);
            const bool counts = times.format.epoch != CsvFormat::Epoch::None;
            const auto time = counts || written ? csvTimestamp(text, times.format) : std::nullopt;
            if (!time) {
                if (counts) m_column.others[kTimestampPlace + place].add(text);
                continue;
            }
            if (counts && !written && *time >= kFirstLikely && *time < kEndOfLikely) ++times.likely;
            if (*time == times.newest) m_column.ties[place] = true;
            times.newest = std::max(times.newest, *time);
            m_column.disorder[place] = std::max(m_column.disorder[place], times.newest - *time);
        }
    }

    /// Semicolons stand between fields where commas stand before decimals.
    bool hasComma(const std::string& text) const {
        if (text.find(',') == std::string::npos) return false;
        return m_format.delimiter == ';' ? csvDouble(text, CsvFormat::Decimal::Either).has_value()
                                         : hasDecimalComma(text);
    }

    void seeNumber(const std::string& text) {
        const bool comma = hasComma(text);
        if (!comma && !csvDouble(text, m_format.decimal)) return;
        ++m_column.numbers;
        if (comma) ++m_column.commas;
        if (hasDecimalPoint(text)) ++m_column.points;
        const std::size_t mark =
            text.find_last_of(m_format.decimal == CsvFormat::Decimal::Point ? "." : ",.");
        const auto digitsOf = [](std::string_view part) {
            return static_cast<int>(std::count_if(part.begin(), part.end(), isAsciiDigit));
        };
        m_column.digits = std::max(m_column.digits, digitsOf(std::string_view(text).substr(0, mark)));
        if (mark != std::string::npos)
            m_column.decimals = std::max(m_column.decimals, digitsOf(std::string_view(text).substr(mark)));
    }

    /// The values as times, where numbers count as `format` says.
    struct Times {
        CsvFormat format{};
        std::uint64_t likely = 0;
        Instant newest = kMinTimestamp;
    };

    CsvFormat m_format;
    CsvPreviewColumn m_column{};
    TypeGuess m_guess{};
    std::array<Times, 3> m_times{};  // by CsvFormat::Epoch
};

Text reasonOf(std::string_view row, const std::optional<std::vector<CsvField>>& fields, std::size_t wanted) {
    if (Text reason = unsoundReason(row); !reason.empty()) return reason;
    if (!fields) return RW_TEXT("csv", "Its quotes do not match.");
    if (fields->size() == wanted) return {};
    return RW_TEXT("csv", "Fields: %1 instead of %2.").with(fields->size(), wanted);
}

std::vector<std::string> shownCells(std::string_view row,
                                    const std::optional<std::vector<CsvField>>& fields) {
    std::vector<std::string> cells;
    if (!fields) return {excerpt(row, kShownBytes)};
    for (const CsvField& field : *fields) cells.push_back(excerpt(field.text, kShownBytes));
    return cells;
}

/// Takes the rows of a file one by one.
class Looker {
 public:
    Looker(const CsvFormat& format, const CsvPreviewOptions& options) : m_options(options) {
        m_out.format = format;
    }

    /// Before each block of the file: whether it is looked at, too.
    Result<bool> more(std::uint64_t bytes) {
        if (m_options.cancelled && m_options.cancelled())
            return Status(ErrorCode::Cancelled, RW_TEXT("csv", "Reading was cancelled."));
        m_out.whole = bytes <= m_options.mostBytes;
        return m_out.whole;
    }

    /// Whether there is more to be looked at.
    Result<bool> take(std::string_view row, const std::string& file) {
        const std::string_view line = withoutLineEnd(row);
        if (!m_begun && m_out.format.header) {
            RW_TRY_ASSIGN(const auto header, headerFields(line, m_out.format, file));
            begin(header);
            return true;
        }
        m_bytes += row.size();
        const bool asks = m_out.rows % kRowsBetweenAsks == 0 && m_out.rows > 0;
        if (asks && m_options.cancelled && m_options.cancelled())
            return Status(ErrorCode::Cancelled, RW_TEXT("csv", "Reading was cancelled."));
        if (m_out.rows == m_options.mostRows || m_bytes > m_options.mostBytes ||
            (asks && m_options.enough && m_options.enough())) {
            m_out.whole = false;
            return false;
        }
        const auto fields = splitRow(line, m_out.format);
        if (!m_begun) {
            // Bytes that are no text keep a file without a header from being read, as they do one with a header.
            if (!fields || !unsoundReason(line).empty()) {
                RW_TRY(headerFields(line, m_out.format, file).status());
            }
            begin(std::vector<CsvField>(fields ? fields->size() : 1));
        }
        see(line, fields);
        return true;
    }

    Result<CsvPreview> end(const std::string& path) && {
        if (!m_begun) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("csv", "“%1” is empty: its columns can't be guessed.").with(path),
                          RW_TEXT("csv", "Write the columns by hand, or choose another file."));
        }
        for (ColumnLook& look : m_looks) m_out.columns.push_back(std::move(look).end());
        return std::move(m_out);
    }

 private:
    void begin(const std::vector<CsvField>& header) {
        for (std::string& name : headerNames(header)) m_looks.emplace_back(std::move(name), m_out.format);
        m_begun = true;
    }

    void see(std::string_view line, const std::optional<std::vector<CsvField>>& fields) {
        ++m_out.rows;
        Text reason = reasonOf(line, fields, m_looks.size());
        if (m_out.first.size() < CsvPreview::kShownRows)
            m_out.first.push_back({shownCells(line, fields), reason});
        if (reason.empty()) {
            for (std::size_t i = 0; i < m_looks.size(); ++i) m_looks[i].see((*fields)[i]);
        } else if (m_out.rejected++ == 0) {
            m_out.firstRejected = m_out.rows;
            m_out.reason = std::move(reason);
        }
    }

    const CsvPreviewOptions& m_options;
    CsvPreview m_out{};
    std::vector<ColumnLook> m_looks;
    std::uint64_t m_bytes = 0;
    bool m_begun = false;
};

using Rows = std::vector<std::vector<CsvField>>;

/// The first rows with whole quotes.
Result<Rows> someRows(const std::string& path, const CsvFormat& format, const CsvPreviewOptions& options) {
    Rows rows;
    std::size_t seen = 0;
    const auto take = [&](std::string_view row, const std::string&) -> Result<bool> {
        if (auto fields = splitRow(withoutLineEnd(row), format)) rows.push_back(*std::move(fields));
        return ++seen < kRowsForFormat;
    };
    const auto more = [&options](std::uint64_t bytes) -> Result<bool> {
        if (options.cancelled && options.cancelled())
            return Status(ErrorCode::Cancelled, RW_TEXT("csv", "Reading was cancelled."));
        return bytes <= options.mostBytes;
    };
    RW_TRY(readFirstRows(path, CsvFraming(format), take, more));
    return rows;
}

/// How well a delimiter divides rows: the more of them have as many fields as the first, and the more fields,
/// the better; 0 where there is only one.
std::size_t scoreOf(const Rows& rows) {
    const std::size_t fields = rows.empty() ? 0 : rows.front().size();
    const auto alike = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [fields](const auto& row) { return row.size() == fields; }));
    return fields > 1 ? alike * alike * fields : 0;
}

/// The types of the columns of `rows` from number `from` on.
std::vector<Type> typesFrom(const Rows& rows, std::size_t from) {
    std::vector<TypeGuess> guesses(rows.front().size());
    for (std::size_t row = from; row < rows.size(); ++row) {
        if (rows[row].size() != guesses.size()) continue;
        for (std::size_t i = 0; i < guesses.size(); ++i) {
            const CsvField& field = rows[row][i];
            if (field.text.empty() && !field.quoted) continue;
            guesses[i].see([&field](Type type) { return parseValue(field.text, type).has_value(); });
        }
    }
    std::vector<Type> types;
    for (const TypeGuess& guess : guesses) types.push_back(guess.type());
    return types;
}

/// Whether the first row holds data as the others do: a number where they have numbers.
bool firstRowIsData(const Rows& rows) {
    if (rows.empty()) return false;
    bool alike = false;
    const std::vector<Type> types = typesFrom(rows, rows.size() > 1 ? 1 : 0);
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i].is(TypeId::String)) continue;
        if (!parseValue(rows.front()[i].text, types[i])) return false;
        alike = true;
    }
    return alike;
}

}  // namespace

void CsvMisfits::add(std::string_view value) {
    ++count;
    if (examples.size() == kExamples) return;
    std::string shown = shortened(value, kExampleBytes);
    if (std::find(examples.begin(), examples.end(), shown) == examples.end())
        examples.push_back(std::move(shown));
}

const CsvMisfits& CsvPreviewColumn::misfits(Type as, CsvFormat::Epoch count) const {
    static const CsvMisfits kNone;
    return as.is(TypeId::String) ? kNone : others[placeOf(as, count)];
}

Type CsvPreviewColumn::decimal() const {
    const int scale = std::min(decimals > 0 ? decimals : kUsualScale, kUsualPrecision);
    return Type::decimal(digits + scale > kUsualPrecision ? kMaxPrecision : kUsualPrecision, scale);
}

std::optional<Type> CsvPreviewColumn::mostly() const {
    if (!type.is(TypeId::String) || values == 0) return std::nullopt;
    if (names == 0 && numbers * 2 >= values) return Type::of(TypeId::Double);
    const Type time = Type::of(TypeId::Timestamp);
    if (misfits(time, CsvFormat::Epoch::None).count * 2 <= values) return time;
    return std::nullopt;
}

Text CsvPreviewColumn::whyText() const {
    const std::optional<Type> most = mostly();
    if (!most) return {};
    const CsvMisfits& odd = misfits(*most, CsvFormat::Epoch::None);
    std::string listed;
    for (const std::string& example : odd.examples) listed += (listed.empty() ? "" : "; ") + example;
    if (odd.count > odd.examples.size()) listed += " …";
    Text told = most->is(TypeId::Double) ? RW_TEXT("csv", "%1 is text: %2 of %3 values are no numbers (%4).")
                                         : RW_TEXT("csv", "%1 is text: %2 of %3 values are no times (%4).");
    return std::move(told).with(name, grouped(std::to_string(odd.count)), grouped(std::to_string(values)),
                                listed);
}

Millis likelyDelay(Millis disorder, bool ties) {
    if (disorder == 0) return ties ? 1 : 0;
    Millis step = kRoundDelays.front();
    for (const Millis each : kRoundDelays) {
        if (disorder >= kStepsOfDelay * each) step = each;
    }
    return (disorder / step + 1) * step;  // more than the disorder: a row at the watermark may be late
}

std::optional<CsvFormat::Decimal> CsvPreview::betterDecimal() const {
    if (format.decimal != CsvFormat::Decimal::Point) return std::nullopt;
    bool commas = false, points = false;
    for (const CsvPreviewColumn& column : columns) {
        if (column.names > 0 || column.numbers * 2 < column.values) continue;
        commas = commas || column.commas > 0;
        points = points || column.points > 0;
    }
    if (!commas) return std::nullopt;
    return points ? CsvFormat::Decimal::Either : CsvFormat::Decimal::Comma;
}

int CsvPreview::likelyEventTime() const {
    const auto place = [this](const auto& fits) {
        const auto found = std::find_if(columns.begin(), columns.end(), fits);
        return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
    };
    const int written =
        place([](const CsvPreviewColumn& column) { return column.type.is(TypeId::Timestamp); });
    if (written >= 0) return written;
    return place([](const CsvPreviewColumn& column) {
        return column.epoch != CsvFormat::Epoch::None && isTimeName(column.name);
    });
}

Result<CsvFormat> likelyCsvFormat(const std::string& path, CsvFormat known, bool guessDelimiter,
                                  const CsvPreviewOptions& options) {
    CsvFormat best = known;
    RW_TRY_ASSIGN(Rows bestRows, someRows(path, known, options));
    std::size_t most = scoreOf(bestRows);
    for (const char delimiter : {',', ';', '\t', '|'}) {
        if (!guessDelimiter) break;
        CsvFormat format = known;
        format.delimiter = delimiter;
        RW_TRY_ASSIGN(Rows rows, someRows(path, format, options));
        const std::size_t score = scoreOf(rows);
        if (score <= most) continue;
        best = format;
        bestRows = std::move(rows);
        most = score;
    }
    best.header = !firstRowIsData(bestRows);
    return best;
}

Result<CsvPreview> previewCsv(const std::string& path, const CsvFormat& format,
                              const CsvPreviewOptions& options) {
    Looker looker(format, options);
    const auto take = [&looker](std::string_view row, const std::string& file) {
        return looker.take(row, file);
    };
    const auto more = [&looker](std::uint64_t bytes) { return looker.more(bytes); };
    RW_TRY(readFirstRows(path, CsvFraming(format), take, more));
    return std::move(looker).end(path);
}

}  // namespace rw
