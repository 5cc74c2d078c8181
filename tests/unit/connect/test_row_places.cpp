// Where rows stand in files: file, line and bytes as they were written, whatever the files look like.
#include <random>

#include "tests/support/csv_source.h"
#include "tests/support/random_cases.h"
#include "tests/unit/connect/fixtures/ndjson_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A row as it was written.
struct WrittenRow {
    std::string file{}, text{};
    std::uint64_t offset = 0, line = 0;
    bool rejected = false;
};

class Writer {
 public:
    Writer(std::uint32_t seed, bool csv) : m_random(seed), m_csv(csv) {
        const int files = 1 + below(3);
        for (int i = 0; i < files; ++i) writeFile(std::string(1, static_cast<char>('a' + i)));
    }

    std::unique_ptr<FileSource> source() {
        FileSourceOptions options;
        options.files.path = m_folder.path(m_csv ? "*.csv" : "*.ndjson");
        options.files.blockSize = static_cast<std::size_t>(1 + below(200));
        options.clock = std::make_shared<StandingClock>();
        if (!m_csv) {
            return std::make_unique<FileSource>(
                options,
                linesOf(std::make_unique<JsonDecoder>(ndjsonOptions({{"id", "INT"}, {"name", "STRING"}})),
                        kLongestRow));
        }
        CsvSourceOptions made;
        static_cast<FileSourceOptions&>(made) = options;
        const std::vector<std::pair<std::string, std::string>> columns{{"id", "INT"}, {"name", "STRING"}};
        made.parser.schema = std::make_shared<const Schema>(schemaOf(columns));
        return std::make_unique<CsvSource>(made);
    }

    std::vector<WrittenRow> rows{};

 private:
    int below(int most) { return static_cast<int>(m_random() % static_cast<unsigned>(most)); }

    std::string name() {
        static const std::vector<std::string> kParts{"a", "é", " ", "\\", "数", "'", ",", "\"", "\n", "\r\n"};
        std::string text;
        for (int i = below(5); i > 0; --i) text += kParts[static_cast<std::size_t>(below(10))];
        return text;
    }
    std::string rowOf(bool rejected) {
        const std::string id = rejected ? "no" : std::to_string(below(1'000));
        if (!m_csv) return Json({{"id", id}, {"name", name()}}).dump();
        std::string text = id + ",\"";
        for (const char c : name()) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        return text + '"';
    }
    void writeFile(const std::string& stem) {
        const std::string name = stem + (m_csv ? ".csv" : ".ndjson");
        std::string bytes = m_csv ? "id,name\n" : "";
        std::uint64_t line = m_csv ? 2 : 1;
        const int count = below(20);
        for (int i = 0; i < count; ++i) {
            const std::string end = below(4) == 0 ? "\r\n" : "\n";
            for (; below(5) == 0; ++line) bytes += end;  // an empty line
            WrittenRow row{m_folder.path(name), {}, bytes.size(), line, below(8) == 0};
            row.text = rowOf(row.rejected);
            bytes += row.text;
            if (i + 1 < count || below(2) == 0) bytes += end;
            line += static_cast<std::uint64_t>(std::count(row.text.begin(), row.text.end(), '\n')) + 1;
            rows.push_back(std::move(row));
        }
        m_folder.write(name, bytes);
    }

    std::mt19937 m_random;
    const bool m_csv;
    Folder m_folder;
};

/// What is wrong with the places of some of the rows; empty: nothing.
std::string faultOf(std::uint32_t seed, bool csv) {
    Writer writer(seed, csv);
    std::mt19937 picks(seed);
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < writer.rows.size(); ++i) {
        if (picks() % 3 != 0) numbers.push_back(static_cast<std::int64_t>(i));
    }
    const auto beyond = static_cast<std::int64_t>(writer.rows.size() + picks() % 3);
    numbers.push_back(beyond);
    const auto places = writer.source()->origins(numbers, [] { return false; });
    if (!places.ok()) return english(places.error());
    if (places->size() != numbers.size()) return "as many places as numbers are wanted";
    if (!places->back().file.empty()) return "there is no such row, but a place of it";
    for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
        const WrittenRow& row = writer.rows[static_cast<std::size_t>(numbers[i])];
        const PlaceInFile& place = (*places)[i];
        const std::string told = "row " + std::to_string(numbers[i]) + ": ";
        if (place.file != row.file) return told + "file " + place.file;
        if (place.text != row.text) return told + "bytes " + place.text + " of " + row.text;
        if (place.offset != row.offset) return told + "offset " + std::to_string(place.offset);
        if (place.line != row.line)
            return told + "line " + std::to_string(place.line) + " of " + std::to_string(row.line);
        if ((place.row.rows == 0) != row.rejected) return told + "whether it is rejected";
    }
    return {};
}

void tryAll(bool csv) {
    for (const std::uint32_t seed : seedsOf(suites::RowPlaces)) {
        const std::string fault = faultOf(seed, csv);
        QVERIFY2(fault.empty(), ("seed " + std::to_string(seed) + ": " + fault).c_str());
    }
}

}  // namespace

class TestRowPlaces : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void ofCsv() { tryAll(true); }
    void ofNdjson() { tryAll(false); }

    void whoAsksNoMoreGetsNone() {
        Writer writer(1, true);
        const auto places = writer.source()->origins({0}, [] { return true; });
        QVERIFY(!places.ok());
        QCOMPARE(places.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestRowPlaces)
#include "test_row_places.moc"
