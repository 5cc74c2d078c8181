// Windows over updating streams: a row that is taken back is as if it had never come, with any changes between;
// the cost is that of the change, not of the window.
#include <QtTest/QtTest>
#include <random>

#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

/// The output of a window of 10 ms with allowed lateness: its result `v` of key `k`, and a text.
StreamType changing() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"window_start", Type::of(TypeId::Timestamp)},
                                                         {"window_end", Type::of(TypeId::Timestamp)},
                                                         {"window_time", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::Bigint)},
                                                         {"v", Type::of(TypeId::Bigint)},
                                                         {"d", Type::of(TypeId::Double)},
                                                         {"t", Type::of(TypeId::String)}}});
    type.eventTime = 2;
    type.updating = type.made = type.windowed = true;
    type.key = {0, 1, 3};
    return type;
}

struct Row {
    Instant start = 0;
    std::int64_t key = 0;
    std::optional<std::int64_t> value;
    double number = 0;
    std::string text;
};

struct Change {
    RowKind kind;
    Row row;
};

Batch textBatch(const std::vector<Change>& changes) {
    const SchemaRef schema = changing().schema;
    std::vector<ColumnBuilder> columns;
    for (const Field& field : schema->fields) columns.emplace_back(field.type);
    std::vector<RowKind> kinds;
    for (const auto& [kind, row] : changes) {
        columns[0].append(row.start);
        columns[1].append(row.start + 10);
        columns[2].append(row.start + 9);
        columns[3].append(row.key);
        if (row.value) {
            columns[4].append(*row.value);
        } else {
            columns[4].appendNull();
        }
        columns[5].append(row.number);
        columns[6].appendString(row.text);
        kinds.push_back(kind);
    }
    Batch batch;
    batch.schema = schema;
    batch.rows = changes.size();
    for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    return batch;
}

std::unique_ptr<OperatorHarness> window(const Json& params, const StreamType& input,
                                        std::size_t batchRows = 4096) {
    const BoundForTest bound = bindNode(node(), params, {input});
    if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
    return std::make_unique<OperatorHarness>(node(), *bound.bound, contextFor(input, 1, batchRows));
}

/// A changelog and the rows that are left of it.
class Case {
 public:
    explicit Case(std::uint64_t seed) : m_random(seed) {}

    /// The difference from the valid rows having come alone, or an empty text. `restarts`: instances are
    /// stopped now and then, and others resume from their states. `spills`: state of theirs is in files.
    std::string run(bool restarts, bool spills = false) {
        const Json params = windowParams();
        const BoundForTest bound = bindNode(node(), params, {changing()});
        if (!bound.bound) return english(bound.issues.front());
        const bool keyed = !params["keys"].empty();
        const auto instances = [&] { return keyed && restarts ? static_cast<int>(pick(1, 5)) : 1; };
        const auto tried = window(params, changing(), pick(1, 5));
        MakeContext context = contextFor(changing(), 1, pick(1, 5));
        if (spills) context = spilling(context, chance(50) ? 1 : pick(1'000, 20'000));
        OperatorGroup group(node(), *bound.bound, context, instances());
        for (std::size_t i = pick(0, 60); i > 0; --i) {
            std::vector<Change> changes;
            for (std::size_t n = pick(0, 6); n > 0; --n) change(changes);
            if (restarts && chance(20)) group.restart(instances(), pick(1, 5));
            if (!changes.empty()) tried->send(textBatch(changes));
            if (!changes.empty() && restarts) group.send(textBatch(changes));
            if (!chance(30)) continue;
            m_watermark += static_cast<Instant>(pick(1, 25));
            tried->advance(m_watermark);
            if (restarts) group.advance(m_watermark);
        }
        tried->end();
        group.end();
        std::vector<Change> standing;
        for (const Row& row : m_rows) standing.push_back({RowKind::Insert, row});
        const auto alone = window(params, changing());
        alone->send(textBatch(standing));
        alone->end();
        std::string wrong;
        const auto compare = [&](const Lines& expected, const Lines& found) {
            if (expected == found) return;
            for (const std::string& line : expected) wrong += "expected " + line + "\n";
            for (const std::string& line : found) wrong += "found    " + line + "\n";
        };
        compare(alone->table(0), tried->table(0));
        if (restarts) compare(tried->table(0), group.table(0));
        for (const std::string& breach : group.breaches()) wrong += "group: " + breach + "\n";
        for (const std::string& breach : tried->breaches()) wrong += breach + "\n";
        if (tried->rejected().size() > 0) wrong += tried->rejected().front() + "\n";
        if (tried->tested().stateSize().keys != 0) wrong += "state is left at the end\n";
        return wrong.empty() ? wrong : params.dump() + "\n" + wrong;
    }

 private:
    std::size_t pick(std::size_t low, std::size_t high) {
        return std::uniform_int_distribution<std::size_t>(low, high)(m_random);
    }
    bool chance(std::size_t percent) { return pick(0, 99) < percent; }

    Json windowParams() {
        Json params = {
            {"keys", Json::array()},
            {"aggregates",
             {"COUNT(*) AS n", "COUNT(v) AS c", "SUM(v) AS s", "SUM(d) AS sd", "AVG(d) AS ad", "MIN(v) AS lo",
              "MAX(t) AS hi", "VAR_SAMP(d) AS vs", "FIRST_VALUE(t) AS f", "LAST_VALUE(v) AS l",
              "LISTAGG(t) AS list", "PERCENTILE(d, 0.5) AS p", "COUNT(DISTINCT v) AS dv",
              "APPROX_COUNT_DISTINCT(t) AS ac", "SUM(v) FILTER (WHERE v > 1) AS fs"}}};
        if (chance(60)) params["keys"] = {"v"};  // a change may move a row to another group
        switch (pick(0, 4)) {
            case 0:
                params["window"] = "input";
                return params;
            case 1:
                params["window"] = "hop";
                params["slide"] = "10ms";
                params["size"] = chance(50) ? "30ms" : "170ms";
                break;
            case 2:
                params["window"] = "hop";  // so many slides that blocks of them are used
                params["slide"] = "3ms";
                params["size"] = "100ms";
                break;
            case 3:
                params["window"] = "cumulate";
                params["step"] = "10ms";
                params["size"] = "40ms";
                break;
            default:
                params["window"] = "tumble";
                params["size"] = "20ms";
        }
        if (chance(30)) params["early"] = "7ms";
        if (chance(30)) params["allowed_lateness"] = "15ms";
        return params;
    }

    void randomise(Row& row) {
        row.value = static_cast<std::int64_t>(pick(0, 3));
        if (chance(15)) row.value.reset();
        const double numbers[] = {0.1, 1e17, -1e17, 3, -0.0, 1e300};
        row.number = numbers[pick(0, 5)];
        row.text = std::string(pick(0, 30), static_cast<char>('a' + pick(0, 2)));
    }

    /// A row comes, changes or goes. A window is not touched once the watermark is near its end: rows of
    /// updating streams are clean.
    void change(std::vector<Change>& changes) {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            if (m_rows[i].start + 9 >= m_watermark + 2) open.push_back(i);
        }
        if (open.empty() || chance(40)) {
            Row row;
            row.start = (m_watermark / 10 + static_cast<Instant>(pick(1, 6))) * 10;
            row.key = m_next++;
            randomise(row);
            changes.push_back({RowKind::Insert, row});
            m_rows.push_back(row);
            return;
        }
        const std::size_t place = open[pick(0, open.size() - 1)];
        if (chance(50)) {
            changes.push_back({RowKind::Delete, m_rows[place]});
            m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(place));
            return;
        }
        changes.push_back({RowKind::UpdateBefore, m_rows[place]});
        randomise(m_rows[place]);
        changes.push_back({RowKind::UpdateAfter, m_rows[place]});
    }

    std::mt19937_64 m_random;
    std::vector<Row> m_rows;  ///< that stand
    std::int64_t m_next = 0;
    Instant m_watermark = 0;
};

}  // namespace

class TestWindowUpdates : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatWasTakenBackLeavesNothing() {
        for (const std::uint64_t seed : seedsOf(suites::WindowUpdates)) {
            const std::string wrong = Case(seed).run(false);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }
    void norAcrossRestarts() {
        for (const std::uint64_t seed : seedsOf(suites::WindowUpdatesRestarted)) {
            const std::string wrong = Case(seed).run(true);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }

    void norWhereItIsInFiles() {
        for (const std::uint64_t seed : seedsOf(suites::WindowUpdatesRestarted)) {
            const std::string wrong = Case(seed).run(true, true);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }

    /// Fifty thousand rows of one window, then a hundred changes of one row, each shown.
    void aChangeCostsNoLookAtTheOtherRows() {
        const auto tried = window({{"window", "tumble"},
                                   {"size", "1000000ms"},
                                   {"early", "1ms"},
                                   {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s", "MAX(v) AS m"}}},
                                  changing());
        std::vector<Change> rows;
        for (std::int64_t i = 0; i < 50'000; ++i) {
            rows.push_back({RowKind::Insert, {900'000, i, i, 0, std::string(100, 'x')}});
            if (rows.size() < 2'000) continue;
            tried->send(textBatch(rows));
            rows.clear();
        }
        Row row{900'000, 7, 7, 0, std::string(100, 'x')};
        for (Instant time = 1; time <= 100; ++time) {
            std::vector<Change> change = {{RowKind::UpdateBefore, row}};
            row.value = 1'000'000 + time;
            change.push_back({RowKind::UpdateAfter, row});
            tried->send(textBatch(change));
            tried->advance(time);
        }
        QCOMPARE(tried->lines(0).size(), std::size_t{199});
        QVERIFY(tried->lines(0).back().ends_with("|50000|1250975093|1000100"));
        QCOMPARE(tried->calls() - tried->sent(), std::size_t{0});
        QCOMPARE(tried->breaches(), Lines{});
    }

    void rowsThatAreAddedUpAreNotKept() {
        const auto tried =
            window({{"window", "tumble"}, {"size", "1000ms"}, {"aggregates", {"SUM(v) AS s"}}}, changing());
        std::vector<Change> rows;
        for (std::int64_t i = 0; i < 1'000; ++i)
            rows.push_back({RowKind::Insert, {900, i, i, 0, std::string(1'000, 'x')}});
        tried->send(textBatch(rows));
        const std::size_t bytes = tried->tested().stateSize().bytes;
        QVERIFY2(bytes > 0 && bytes < 100'000, std::to_string(bytes).c_str());
        tried->end();
        QCOMPARE(tried->lines(0).size(), std::size_t{1});
        QVERIFY2(tried->lines(0).front().ends_with("|499500"), tried->lines(0).front().c_str());
    }

    void groupsThatAreGoneAreForgotten() {
        const auto tried = window(
            {{"window", "tumble"}, {"size", "1000ms"}, {"keys", {"v"}}, {"aggregates", {"COUNT(*) AS n"}}},
            changing());
        Row row{900, 1, 0, 0, ""};
        tried->send(textBatch({{RowKind::Insert, row}}));
        std::size_t largest = 0;
        for (int round = 0; round < 50; ++round) {
            std::vector<Change> changes;
            for (int i = 0; i < 1'000; ++i) {
                changes.push_back({RowKind::UpdateBefore, row});
                row.value = *row.value + 1;
                changes.push_back({RowKind::UpdateAfter, row});
            }
            tried->send(textBatch(changes));
            largest = std::max(largest, tried->tested().stateSize().keys);
        }
        QVERIFY2(largest < 10'000, std::to_string(largest).c_str());
        tried->end();
        QCOMPARE(tried->lines(0).size(), std::size_t{1});
        QVERIFY(tried->lines(0).front().ends_with("|50000|1"));
    }

    void differentValuesAreCountedExactly() {
        const auto tried = window(
            {{"window", "tumble"}, {"size", "1000ms"}, {"aggregates", {"APPROX_COUNT_DISTINCT(v) AS n"}}},
            changing());
        std::vector<Change> rows, back;
        for (std::int64_t i = 0; i < 20'000; ++i) {
            const Row row{900, i, i % 10'000, 0, ""};
            rows.push_back({RowKind::Insert, row});
            // Of the last 777 values both rows, of those before one at most.
            if (i % 10'000 >= 9'223 || i % 3 == 0) back.push_back({RowKind::Delete, row});
        }
        tried->send(textBatch(rows));
        tried->send(textBatch(back));
        tried->end();
        QVERIFY2(tried->lines(0).front().ends_with("|9223"), tried->lines(0).front().c_str());
    }
};

QTEST_APPLESS_MAIN(TestWindowUpdates)
#include "test_window_updates.moc"
