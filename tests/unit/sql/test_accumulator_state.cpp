// The state of an accumulator as bytes: put into other groups of a new one it goes on as if nothing had
// happened, and broken bytes are an error.
#include <QtTest/QtTest>
#include <random>

#include "core/data/state_layout.h"
#include "tests/unit/sql/accumulation.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::accumulation;

namespace {

constexpr std::uint32_t kGroups = 4;

std::vector<Row> someRows(std::mt19937_64& random, char column, std::int64_t firstOrder) {
    const std::vector<std::string> cells = pool(column);
    std::vector<Row> rows;
    for (std::size_t n = random() % 40; n > 0; --n) {
        rows.push_back({static_cast<std::uint32_t>(random() % (kGroups - 1)), cells[random() % cells.size()],
                        firstOrder + static_cast<std::int64_t>(random() % 5)});
    }
    return rows;
}

std::string snapshotOf(const Accumulator& accumulator, std::span<const std::uint32_t> groups) {
    StateWriter writer;
    accumulator.snapshot(groups, writer);
    return writer.finish();
}

}  // namespace

class TestAccumulatorState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void goesOn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<char>("column");
        QTest::addColumn<bool>("retracting");
        for (const auto& [call, column] : calls()) {
            const QString text = QString::fromStdString(call + " AS x");
            QTest::newRow(call.c_str()) << text << column << false;
            QTest::newRow((call + " of updates").c_str()) << text << column << true;
        }
    }
    void goesOn() {
        QFETCH(QString, text);
        QFETCH(char, column);
        QFETCH(bool, retracting);
        const BoundAggregate aggregate = bound(text.toStdString());
        for (std::uint64_t seed = 0; seed < 25; ++seed) {
            std::mt19937_64 random(seed);
            const auto accumulator = make(aggregate, retracting);
            accumulator->resize(kGroups);
            const std::vector<Row> before = someRows(random, column, 0);
            feed(*accumulator, aggregate, column, before);

            // Group 3 is empty. They get other numbers, among groups that were in use before.
            std::vector<std::uint32_t> from = {0, 1, 2, 3}, into = {1, 2, 3, 4, 5};
            std::shuffle(from.begin(), from.end(), random);
            std::shuffle(into.begin(), into.end(), random);
            into.resize(from.size());
            const auto restored = make(aggregate, retracting);
            restored->resize(6);
            for (const std::uint32_t group : into)
                feed(*restored, aggregate, column, {{group, pool(column).back(), 1}});
            restored->clear(into);
            const std::string bytes = snapshotOf(*accumulator, from);
            const Result<StateReader> reader = StateReader::open(bytes);
            QVERIFY(reader.ok());
            const Status status = restored->restore(into, *reader);
            QVERIFY2(status.ok(), "the state was refused");

            const auto same = [&](const char* when) {
                for (std::size_t i = 0; i < from.size(); ++i) {
                    const std::string expected = resultOf(*accumulator, from[i]),
                                      is = resultOf(*restored, into[i]);
                    QVERIFY2(is == expected, qPrintable(QString("seed %1, group %2, %3: %4, not %5")
                                                            .arg(seed)
                                                            .arg(from[i])
                                                            .arg(when)
                                                            .arg(is.c_str(), expected.c_str())));
                }
            };
            same("restored");
            if (QTest::currentTestFailed()) return;

            const auto both = [&](const std::vector<Row>& rows, bool retract) {
                feed(*accumulator, aggregate, column, rows, retract);
                std::vector<Row> moved;
                for (Row row : rows) {
                    const auto at = std::find(from.begin(), from.end(), row.group) - from.begin();
                    row.group = into[static_cast<std::size_t>(at)];
                    moved.push_back(row);
                }
                feed(*restored, aggregate, column, moved, retract);
            };
            both(someRows(random, column, 5), false);
            same("after more rows");
            if (!retracting || QTest::currentTestFailed()) continue;
            both(before, true);
            same("after rows were taken back");
        }
    }

    /// The others are gone: groups that come in their places are new.
    void keptGroupsGoOnUnderNewNumbers_data() { goesOn_data(); }
    void keptGroupsGoOnUnderNewNumbers() {
        QFETCH(QString, text);
        QFETCH(char, column);
        QFETCH(bool, retracting);
        const BoundAggregate aggregate = bound(text.toStdString());
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            std::mt19937_64 random(seed);
            const auto all = make(aggregate, retracting), kept = make(aggregate, retracting);
            for (const auto& one : {&all, &kept}) (*one)->resize(kGroups);
            const std::vector<Row> before = someRows(random, column, 0);
            for (const auto& one : {&all, &kept}) feed(**one, aggregate, column, before);
            const std::size_t room = kept->memoryBytes();
            const std::uint32_t groups[] = {static_cast<std::uint32_t>(random() % 2), 2};
            kept->keep(groups);
            QVERIFY(kept->memoryBytes() <= room);
            kept->resize(kGroups);
            const auto same = [&](const char* when) {
                for (std::uint32_t i = 0; i < kGroups; ++i) {
                    const std::string expected = resultOf(*all, i < 2 ? groups[i] : kGroups - 1),
                                      is = resultOf(*kept, i);
                    QVERIFY2(is == expected, qPrintable(QString("seed %1, group %2, %3: %4, not %5")
                                                            .arg(seed)
                                                            .arg(i)
                                                            .arg(when)
                                                            .arg(is.c_str(), expected.c_str())));
                }
            };
            same("kept");  // the last group of all is empty
            if (QTest::currentTestFailed()) return;
            const std::vector<std::string> cells = pool(column);
            for (std::uint32_t i = 0; i < 2; ++i) {
                const std::string& cell = cells[random() % cells.size()];
                feed(*all, aggregate, column, {{groups[i], cell, 6}});
                feed(*kept, aggregate, column, {{i, cell, 6}});
            }
            same("after more rows");
            if (QTest::currentTestFailed()) return;
            kept->keep({});
            kept->resize(1);
            QCOMPARE(resultOf(*kept, 0), resultOf(*all, kGroups - 1));
        }
    }

    /// Earlier versions kept VAR and STDDEV of integers and DECIMALs as those of DOUBLEs.
    void statesOfEarlierVersionsAreTakenOver() {
        const std::vector<std::string> before{"3", "-7", "", "12", "12"}, behind{"100", "-3", "12"};
        const auto rows = [](const std::vector<std::string>& cells) {
            std::vector<Row> made;
            for (const std::string& cell : cells) made.push_back({0, cell, 0});
            return made;
        };
        const std::uint32_t zero[] = {0};
        for (const char* const name : {"VAR_POP(", "VAR_SAMP(", "STDDEV_POP(", "STDDEV_SAMP(",
                                       "VAR_POP(DISTINCT ", "STDDEV_SAMP(DISTINCT "}) {
            for (const char column : {'i', 'b', 'p'}) {
                for (const bool retracting : {false, true}) {
                    const auto call = [name](char of) { return std::string(name) + of + ") AS x"; };
                    const BoundAggregate earlier = bound(call('d')), now = bound(call(column));
                    const auto old = make(earlier, retracting), restored = make(now, retracting),
                               whole = make(now, retracting);
                    for (const auto& one : {&old, &restored, &whole}) (*one)->resize(1);
                    feed(*old, earlier, 'd', rows(before));
                    const std::string bytes = snapshotOf(*old, zero);
                    const Result<StateReader> reader = StateReader::open(bytes);
                    QVERIFY(reader.ok() && restored->restore(zero, *reader).ok());
                    feed(*whole, now, column, rows(before));
                    QCOMPARE(resultOf(*restored, 0), resultOf(*whole, 0));
                    for (const auto& one : {&restored, &whole}) feed(**one, now, column, rows(behind));
                    QCOMPARE(resultOf(*restored, 0), resultOf(*whole, 0));
                }
            }
        }
    }

    /// The values that DISTINCT has seen are handed over in an order of its own, not in that of a table that is
    /// rebuilt from a state: these sums are infinite in many orders.
    void mergesAsBefore() {
        for (const char* const call : {"SUM(DISTINCT d)", "AVG(DISTINCT d)", "VAR_POP(DISTINCT d)"}) {
            const BoundAggregate aggregate = bound(std::string(call) + " AS x");
            for (int round = 0; round < 20; ++round) {
                std::vector<Row> rows{{0, "0", 0}};
                for (int i = 0; i < 8; ++i) {
                    const std::string size = "1." + std::to_string(100 + 31 * round + i) + "e308";
                    rows.push_back({0, size, 0});
                    rows.push_back({0, "-" + size, 0});
                }
                const auto accumulator = make(aggregate, false), restored = make(aggregate, false),
                           merged = make(aggregate, false), mergedAgain = make(aggregate, false);
                for (const auto& one : {&accumulator, &restored, &merged, &mergedAgain}) (*one)->resize(1);
                feed(*accumulator, aggregate, 'd', rows);
                const std::uint32_t zero[] = {0};
                const std::string bytes = snapshotOf(*accumulator, zero);
                const Result<StateReader> reader = StateReader::open(bytes);
                QVERIFY(reader.ok());
                QVERIFY(restored->restore(zero, *reader).ok());
                merged->merge(*accumulator, zero, zero);
                mergedAgain->merge(*restored, zero, zero);
                QCOMPARE(resultOf(*mergedAgain, 0), resultOf(*merged, 0));
            }
        }
    }

    void brokenBytesAreAnError_data() { goesOn_data(); }
    void brokenBytesAreAnError() {
        QFETCH(QString, text);
        QFETCH(char, column);
        QFETCH(bool, retracting);
        const BoundAggregate aggregate = bound(text.toStdString());
        std::mt19937_64 random(1);
        const auto accumulator = make(aggregate, retracting);
        accumulator->resize(kGroups);
        feed(*accumulator, aggregate, column, someRows(random, column, 0));
        const std::uint32_t groups[] = {0, 1, 2, 3}, fewer[] = {0, 1};
        const std::string sealed = snapshotOf(*accumulator, groups);
        const std::string bytes = sealed.substr(state_layout::kSealSize);
        const auto restore = [&](const std::string& record, std::span<const std::uint32_t> into) {
            const Result<StateReader> reader = StateReader::unsealed(record);
            if (!reader.ok()) return reader.status();
            const auto other = make(aggregate, retracting);
            other->resize(kGroups);
            return other->restore(into, *reader);
        };
        QVERIFY(restore(bytes, groups).ok());
        QVERIFY(!restore(bytes, fewer).ok());
        QVERIFY(!restore(snapshotOf(*accumulator, fewer).substr(state_layout::kSealSize), groups).ok());
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 200)
            QVERIFY(!restore(bytes.substr(0, size), groups).ok());
        // A wrong byte may be taken for another number (the seal finds it), but never crashes.
        for (int i = 0; i < 300; ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            (void)restore(wrong, groups).ok();
        }
    }
};

QTEST_APPLESS_MAIN(TestAccumulatorState)
#include "test_accumulator_state.moc"
