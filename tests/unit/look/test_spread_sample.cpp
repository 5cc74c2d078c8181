// A sample that is spread over its files: rows of all parts, each a row of the file and none twice.
#include <random>
#include <set>

#include "core/base/time.h"
#include "tests/support/random_cases.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kNumbers =
    R"json({ "id": "numbers", "type": "csv_source", "params": { "path": "%1", "columns": ["n BIGINT", "text STRING"] } })json";

std::string numbersFrom(const std::string& path) {
    std::string text = kNumbers;
    return text.replace(text.find("%1"), 2, path);
}

LookResult spreadLook(const LookFixture& fixture, SampleLimits limits = {}) {
    LookRequest request = fixture.request("numbers");
    request.limits = limits;
    request.limits.spread = true;
    request.kept.rows = 100'000;
    return look(request);
}

std::vector<std::int64_t> numbersOf(const LookedPort& port) {
    std::vector<std::int64_t> numbers;
    for (const Batch& batch : port.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row)
            numbers.push_back(batch.columns[0]->at<std::int64_t>(row));
    }
    return numbers;
}

/// Rows that are numbered, so that each is known by its first column.
std::string numberedCsv(std::mt19937& random, std::size_t rows, bool quotes) {
    static const std::vector<std::string> kTexts{
        "graz", "\"a\nb\"", "\"x, y\"", "\"say \"\"hi\"\"\"", "\"1,one\n2,two\n\"", ""};
    std::string all = "n,text\n";
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t text = quotes ? random() % kTexts.size() : 0;
        all += std::to_string(row) + ',' + kTexts[text] + std::string(quotes ? 0 : random() % 20, 'z') + '\n';
    }
    return all;
}

}  // namespace

class TestSpreadSample : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsComeFromAllPartsOfTheFile() {
        LookFixture fixture;
        std::mt19937 random(1);
        const std::size_t rows = 600'000;
        fixture.write("many.csv", numberedCsv(random, rows, false));
        fixture.setPipeline(numbersFrom("many.csv"), "");
        const LookResult result = spreadLook(fixture);
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        const std::vector<std::int64_t> numbers = numbersOf(result.outputs.at(0));
        QCOMPARE(numbers.size(), std::size_t{10'000});
        QVERIFY(std::is_sorted(numbers.begin(), numbers.end()));
        QCOMPARE(std::set<std::int64_t>(numbers.begin(), numbers.end()).size(), numbers.size());
        QCOMPARE(numbers.front(), std::int64_t{0});
        QVERIFY(numbers.back() > static_cast<std::int64_t>(rows) * 15 / 17);
        const std::vector<SampledBlock>& blocks = result.sources.at(0).blocks;
        QCOMPARE(blocks.size(), std::size_t{16});
        QVERIFY(!result.sources[0].whole);
        // Offsets are those of the rows: the first row of each block stands there.
        QFile file(QString::fromStdString(fixture.path("many.csv")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        std::size_t row = 0;
        for (const SampledBlock& block : blocks) {
            QVERIFY(file.seek(static_cast<qint64>(block.offset)));
            QVERIFY(
                file.readLine().startsWith(QByteArray::number(static_cast<qlonglong>(numbers[row])) + ','));
            row += block.rows;
        }
    }

    void aSmallFileIsReadFromItsStart() {
        LookFixture fixture;
        std::mt19937 random(1);
        fixture.write("few.csv", numberedCsv(random, 100, true));
        fixture.setPipeline(numbersFrom("few.csv"), "");
        const LookResult result = spreadLook(fixture);
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{100});
        QVERIFY(result.sources.at(0).blocks.empty());
        QVERIFY(result.sources[0].whole);
    }

    void aCompressedFileSaysThatItCannotBeSpread() {
        LookFixture fixture;
        // The smallest gzip: of nothing. Its rows are read as before, which are none.
        fixture.write("none.csv.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", 20));
        fixture.setPipeline(numbersFrom("none.csv.gz"), "");
        const LookResult result = spreadLook(fixture);
        QVERIFY(std::any_of(result.notes.begin(), result.notes.end(), [](const Text& note) {
            return english(note).find("is compressed") != std::string::npos;
        }));
    }

    void severalFilesAreOneInput() {
        LookFixture fixture;
        std::mt19937 random(3);
        fixture.write("in/a.csv", numberedCsv(random, 20'000, true));
        fixture.write(
            "in/b.csv", "text,n\n" + []() {
                std::string rows;
                for (int row = 100'000; row < 140'000; ++row) rows += "graz," + std::to_string(row) + '\n';
                return rows;
            }());
        fixture.setPipeline(numbersFrom("in"), "");
        SampleLimits limits;
        limits.bytes = 64 << 10;
        const LookResult result = spreadLook(fixture, limits);
        const std::vector<std::int64_t> numbers = numbersOf(result.outputs.at(0));
        QVERIFY2(!numbers.empty(), faultsOf(result).constData());
        QVERIFY(numbers.front() == 0 && numbers.back() > 130'000);
        QCOMPARE(result.outputs.at(1).count, std::uint64_t{0});  // each file has its own head
    }

    void rowsEndInCarriageReturnsToo() {
        LookFixture fixture;
        std::string all = "n,text\r\n";
        for (int row = 0; row < 5'000; ++row)
            all += std::to_string(row) + (row % 3 == 0 ? ",\"a\r\nb\"\r\n" : ",graz\r\n");
        fixture.write("windows.csv", all);
        fixture.setPipeline(numbersFrom("windows.csv"), "");
        SampleLimits limits;
        limits.bytes = 8'000;
        const LookResult result = spreadLook(fixture, limits);
        const std::vector<std::int64_t> numbers = numbersOf(result.outputs.at(0));
        QVERIFY2(numbers.size() > 100 && numbers.back() > 4'500, faultsOf(result).constData());
        QCOMPARE(result.outputs.at(1).count, std::uint64_t{0});
        QVERIFY(result.outputs[0].batches.front().columns[1]->string(0) == "a\r\nb");
    }

    // Places that can't be told are left out, and no more of the file is read for them than a look may.
    void oneEndlessLineIsOneRowThatIsTooLong() {
        LookFixture fixture;
        fixture.write("line.csv", "n,text\n1," + std::string(std::size_t{100} << 20, 'x'));
        fixture.setPipeline(numbersFrom("line.csv"), "");
        const LookResult result = spreadLook(fixture);
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{0});
        QVERIFY(std::any_of(result.notes.begin(), result.notes.end(), [](const Text& note) {
            return english(note).find("left out") != std::string::npos;
        }));
    }

    void aFileThatShrinksIsSaid() {
        LookFixture fixture;
        std::mt19937 random(5);
        fixture.write("log.csv", numberedCsv(random, 100'000, false));
        fixture.setPipeline(numbersFrom("log.csv"), "");
        LookRequest request = fixture.request("numbers");
        request.limits.spread = true;
        request.limits.bytes = 64 << 10;
        int asked = 0;
        request.isCancelled = [&] {
            if (++asked == 30) std::filesystem::resize_file(fixture.path("log.csv"), 400'000);
            return false;
        };
        const LookResult result = look(request);
        QVERIFY(asked > 30);
        QVERIFY2(std::any_of(result.notes.begin(), result.notes.end(),
                             [](const Text& note) {
                                 return english(note).find("became shorter") != std::string::npos;
                             }),
                 faultsOf(result).constData());
        const std::vector<std::int64_t> numbers = numbersOf(result.outputs.at(0));
        QVERIFY(!numbers.empty() && std::is_sorted(numbers.begin(), numbers.end()));
    }

    void whatIsNoTextOfOursIsSaid() {
        LookFixture fixture;
        std::string wide = "\xff\xfe";
        for (int row = 0; row < 300'000; ++row) {
            for (const char c : std::to_string(row) + ",graz\n") wide += std::string{c, '\0'};
        }
        fixture.write("wide.csv", wide);
        fixture.setPipeline(numbersFrom("wide.csv"), "");
        const LookResult result = spreadLook(fixture);
        QVERIFY(!result.sources.at(0).missing.empty() || !result.failed.ok());
        fixture.write("empty.csv", "");
        fixture.setPipeline(numbersFrom("empty.csv"), "");
        const LookResult empty = spreadLook(fixture);
        QCOMPARE(empty.sources.at(0).rows, std::size_t{0});
    }

    void randomFilesGiveRowsOfTheFileAndNoneTwice() {
        for (const std::uint32_t seed : seedsOf(suites::SpreadSamples)) {
            std::mt19937 random(seed);
            LookFixture fixture;
            const std::size_t rows = 200 + random() % 3'000;
            fixture.write("random.csv", numberedCsv(random, rows, true));
            fixture.setPipeline(numbersFrom("random.csv"), "");
            SampleLimits limits;
            limits.bytes = 512 + random() % 8'000;
            limits.rows = 16 + random() % 1'000;
            const LookResult result = spreadLook(fixture, limits);
            const QByteArray name = QByteArray("case ") + QByteArray::number(seed) + ' ' + faultsOf(result);
            QVERIFY2(result.end == LookResult::End::Whole, name.constData());
            const std::vector<std::int64_t> numbers = numbersOf(result.outputs.at(0));
            QVERIFY2(!numbers.empty() && numbers.size() <= limits.rows + 16, name.constData());
            QCOMPARE(result.outputs.at(1).count, std::uint64_t{0});  // no part of a row is read as one
            for (std::size_t row = 1; row < numbers.size(); ++row)
                QVERIFY2(numbers[row] > numbers[row - 1], name.constData());
            QVERIFY2(numbers.back() < static_cast<std::int64_t>(rows), name.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestSpreadSample)
#include "test_spread_sample.moc"
