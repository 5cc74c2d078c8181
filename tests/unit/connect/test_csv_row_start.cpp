// Where a row of CSV begins in bytes from the middle of a file: never at a wrong place of a well-formed one.
#include "core/connect/csv/row_start.h"

#include <QtTest/QtTest>
#include <random>
#include <set>

#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

using Kind = RowStart::Kind;

RowStart startIn(std::string_view bytes, bool atEnd = true, CsvLimits limits = {}) {
    return csvRowStart(bytes, CsvFormat(), limits, atEnd);
}

/// A well-formed file, and where its rows begin; its end is among them.
struct MadeCsv {
    std::string bytes{};
    std::set<std::size_t> starts{};
};

MadeCsv csvOf(std::mt19937& random) {
    static const std::vector<std::string> kParts{"a",    "b",        ",", "\n",  "\"", "1",
                                                 "\r\n", "x,y\n1,2", "",  ",\"", "\","};
    const auto below = [&random](std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
    };
    MadeCsv made;
    const std::size_t columns = 1 + below(3), rows = 2 + below(12);
    const bool allQuoted = below(3) == 0;
    for (std::size_t row = 0; row < rows; ++row) {
        made.starts.insert(made.bytes.size());
        for (std::size_t column = 0; column < columns; ++column) {
            std::string text;
            for (std::size_t part = below(4); part > 0; --part) text += kParts[below(kParts.size())];
            if (column > 0) made.bytes += ',';
            if (!allQuoted && text.find_first_of(",\n\"\r") == std::string::npos && below(4) != 0) {
                made.bytes += text;
                continue;
            }
            made.bytes += '"';
            for (const char c : text) made.bytes += c == '"' ? std::string("\"\"") : std::string(1, c);
            made.bytes += '"';
        }
        made.bytes += below(5) == 0 ? "\r\n" : "\n";
    }
    made.starts.insert(made.bytes.size());
    return made;
}

}  // namespace

class TestCsvRowStart : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowBeginsBehindALineEnd() {
        const RowStart start = startIn("45,graz\n6,wien\n");
        QCOMPARE(start.kind, Kind::Found);
        QCOMPARE(start.at, std::size_t{8});
    }

    void aLineEndInAFieldIsNone() {
        const std::string bytes = "second line\nthird line\",5\n7,\"a b\",6\n";
        const RowStart start = startIn(bytes);
        QCOMPARE(start.kind, Kind::Found);
        QCOMPARE(start.at, bytes.find("7,"));
    }

    void withoutQuotesItIsCertainOnceNoFieldCanBeSoLong() {
        std::string bytes;
        while (bytes.size() < 300) bytes += "1,graz\n";
        QCOMPARE(startIn(bytes, false).kind, Kind::More);
        CsvLimits limits;
        limits.quoted = 200;
        QCOMPARE(startIn(bytes, false, limits).kind, Kind::Found);
        QCOMPARE(startIn(bytes, true).kind, Kind::Found);
    }

    void whatCanBeReadBothWaysIsUnknown() {
        const std::string bytes = "x\n\",\"\n\",\"\n";
        CsvLimits limits;
        limits.quoted = 3;
        QCOMPARE(startIn(bytes, false, limits).kind, Kind::Unknown);
        QCOMPARE(startIn(bytes, false).kind, Kind::More);
    }

    void randomFilesAreNeverReadFromAWrongPlace() {
        std::size_t found = 0, asked = 0;
        for (const std::uint32_t seed : seedsOf(suites::CsvRowStarts)) {
            std::mt19937 random(seed);
            const MadeCsv made = csvOf(random);
            for (std::size_t place = 0; place < made.bytes.size(); ++place) {
                for (const std::size_t window : {std::size_t{8}, std::size_t{40}, made.bytes.size()}) {
                    const std::string_view bytes = std::string_view(made.bytes).substr(place, window);
                    const bool atEnd = place + bytes.size() == made.bytes.size();
                    const RowStart start = startIn(bytes, atEnd);
                    if (atEnd) ++asked;
                    if (start.kind != Kind::Found) continue;
                    if (atEnd) ++found;
                    if (made.starts.contains(place + start.at)) continue;
                    const QString told =
                        QStringLiteral("case %1, byte %2, window %3: %4 is no row's start of\n")
                            .arg(seed)
                            .arg(place)
                            .arg(window)
                            .arg(place + start.at);
                    QFAIL(qPrintable(told + QString::fromStdString(made.bytes)));
                }
            }
        }
        QVERIFY2(found * 2 > asked, qPrintable(QStringLiteral("%1 of %2").arg(found).arg(asked)));
    }
};

QTEST_APPLESS_MAIN(TestCsvRowStart)
#include "test_csv_row_start.moc"
