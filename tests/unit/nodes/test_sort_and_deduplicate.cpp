// sort and deduplicate against their definitions, over one wire and two, and the issues of binding.
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

#include "core/stream/stamper.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kRows = 60;
constexpr std::size_t kEventTime = 4;

const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

/// A row as its wire brings it.
struct Placed {
    Row row{};
    int wire = 0;
    std::size_t position = 0;
    bool late = false;
    Instant time() const { return std::get<Instant>(row[kEventTime]); }
    auto order() const { return std::make_tuple(time(), wire, position); }
};

struct Case {
    std::vector<Feed> feeds{};
    std::vector<Placed> rows{};
};

Case makeCase(unsigned seed, int wires, std::size_t size) {
    Case made;
    std::mt19937 random(seed);
    for (int wire = 0; wire < wires; ++wire) {
        std::vector<Row> rows = sampleRows(kRows, seed * 7 + static_cast<unsigned>(wire));
        for (Row& row : rows) {  // ties, also across wires
            row[kEventTime] = std::get<Instant>(row[kEventTime]) / 1'000 * 1'000;
            row[0] = std::string(1, static_cast<char>('a' + random() % 4));
        }
        for (Batch& batch : batches(sampleStream(), rows, size)) {
            batch.wire = wire;
            made.feeds.push_back({0, batch});
        }
        // In batches of one row every row that is not clean has its stamp.
        const auto single = batches(sampleStream(), rows, 1);
        std::size_t position = 0;
        for (const Batch& batch : single) {
            if (batch.rows == 0) continue;
            Placed placed{rows[position], wire, position, false};
            placed.late = batch.stamps && placed.time() <= batch.stamps->front();
            made.rows.push_back(std::move(placed));
            ++position;
        }
    }
    // Each wire keeps its order.
    std::vector<int> turns;
    for (const Feed& feed : made.feeds) turns.push_back(static_cast<int>(feed.batch.wire));
    std::shuffle(turns.begin(), turns.end(), random);
    std::vector<Feed> mixed;
    std::vector<std::size_t> next(static_cast<std::size_t>(wires));
    for (const int turn : turns) {
        std::size_t& at = next[static_cast<std::size_t>(turn)];
        while (made.feeds[at].batch.wire != turn) ++at;
        mixed.push_back(made.feeds[at++]);
    }
    made.feeds = std::move(mixed);
    return made;
}

Driven driven(const char* type, const Json& params, const Case& tested, int wires) {
    const NodeKind& kind = *kinds().find(type);
    const std::vector<std::vector<StreamType>> inputs{{sampleStream()}};
    const BoundForTest bound = bindNode(kind, params, inputs);
    DriveOptions options;
    options.wires = wires;
    options.batchRows = 16;
    return drive(kind, bound.node, {sampleStream()}, tested.feeds, options);
}

/// As the logs write rows: by sending them through a filter that lets all pass.
std::vector<std::string> linesOf(const std::vector<Placed>& rows) {
    std::vector<Row> plain;
    for (const Placed& placed : rows) plain.push_back(placed.row);
    StreamType timeless = sampleStream();
    timeless.eventTime = -1;
    const NodeKind& filter = *kinds().find("filter");
    const BoundForTest bound = bindNode(filter, {{"condition", "TRUE"}}, {{timeless}});
    return drive(filter, bound.node, {timeless}, batches(timeless, plain, kRows)).ports[0].rows;
}

std::vector<Placed> inTime(std::vector<Placed> rows) {
    std::erase_if(rows, [](const Placed& placed) { return placed.late; });
    std::sort(rows.begin(), rows.end(),
              [](const Placed& a, const Placed& b) { return a.order() < b.order(); });
    return rows;
}

/// The first, or the last, of each key.
std::vector<Placed> oneOfEach(const std::vector<Placed>& sorted, bool last) {
    std::map<std::string, Placed> chosen;
    for (const Placed& placed : sorted) {
        const std::string& key = std::get<std::string>(placed.row[0]);
        if (last) {
            chosen.insert_or_assign(key, placed);
        } else {
            chosen.emplace(key, placed);
        }
    }
    std::vector<Placed> rows;
    for (auto& [key, placed] : chosen) rows.push_back(std::move(placed));
    return rows;
}

std::vector<std::string> sorted(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

class TestSortAndDeduplicate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void sortGivesTheOrderOfTime_data() { wires(); }
    void sortGivesTheOrderOfTime() {
        forEachCase([](const Case& tested, int wires) {
            const Driven out = driven("sort", Json::object(), tested, wires);
            const auto late = static_cast<std::size_t>(std::count_if(
                tested.rows.begin(), tested.rows.end(), [](const Placed& row) { return row.late; }));
            return out.problems.empty() && out.ports[0].rows == linesOf(inTime(tested.rows)) &&
                   out.ports[1].rows.size() == late;
        });
    }

    void theFirstOfAKey_data() { wires(); }
    void theFirstOfAKey() {
        forEachCase([](const Case& tested, int wires) {
            const Driven out = driven("deduplicate", {{"keys", {"k"}}}, tested, wires);
            return out.problems.empty() &&
                   sorted(out.ports[0].rows) == sorted(linesOf(oneOfEach(inTime(tested.rows), false)));
        });
    }

    void theLastOfAKey_data() { wires(); }
    void theLastOfAKey() {
        forEachCase([](const Case& tested, int wires) {
            std::vector<Placed> all = tested.rows;
            for (Placed& placed : all) placed.late = false;  // an updating stream takes every row
            const Driven out = driven("deduplicate", {{"keys", {"k"}}, {"keep", "last"}}, tested, wires);
            StreamType stream = sampleStream();
            stream.updating = true;
            stream.key = {0};
            std::vector<std::string> expected = linesOf(oneOfEach(inTime(all), true));
            for (std::string& line : expected) line = line.substr(3);  // a table has no “+I ”
            return out.problems.empty() && out.ports[1].rows.empty() &&
                   out.ports[0].result(stream) == sorted(std::move(expected));
        });
    }

    void keysKnownAreNotForgotten() {
        std::vector<Row> rows;
        for (int i = 0; i < 100; ++i)
            rows.push_back(
                {std::string("same"), i, Value{}, Value{}, Instant{1'700'000'000'000 + i * 60'000}});
        const NodeKind& kind = *kinds().find("deduplicate");
        const BoundForTest bound = bindNode(kind, {{"keys", {"k"}}}, {{sampleStream()}});
        const Driven out = drive(kind, bound.node, {sampleStream()}, batches(sampleStream(), rows, 1));
        QCOMPARE(out.ports[0].rows.size(), std::size_t{1});
        QVERIFY(out.ports[0].rows[0].find("v=0") != std::string::npos);
    }

    void streamsBehindThem() {
        const auto bound = [](const char* type, const Json& params) {
            return bindNode(*kinds().find(type), params, {{sampleStream()}}).node;
        };
        const BoundNodeRef sort = bound("sort", Json::object());
        StreamType ofOneRow = sampleStream();
        ofOneRow.sharedPositions = true;
        const BoundNodeRef apart = bindNode(*kinds().find("sort"), Json::object(), {{ofOneRow}}).node;
        QVERIFY(!apart->outputs[0].sharedPositions);
        const ColumnSet some(sampleStream().schema->size()), late(some.size() + 2);
        QCOMPARE(apart->reads({some, late}, {ofOneRow}).front(), ColumnSet(some.size(), true));
        QVERIFY(sort->reads({some, late}, {sampleStream()}).front() != ColumnSet(some.size(), true));
        QVERIFY(sort->outputs[0].sourceOrder && !sort->outputs[0].made && sort->outputs[0].eventTime == 4);
        QVERIFY(sort->distribution.kind == Distribution::Kind::Single);
        const BoundNodeRef first = bound("deduplicate", {{"keys", {"k"}}});
        QVERIFY(first->outputs[0].made && !first->outputs[0].updating && first->outputs[0].eventTime == 4);
        const BoundNodeRef last = bound("deduplicate", {{"keys", {"b", "k"}}, {"keep", "last"}});
        QVERIFY(last->outputs[0].updating && last->outputs[0].eventTime == -1);
        QCOMPARE(last->outputs[0].key, (std::vector<int>{3, 0}));
    }

    void whatIsRefused_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<bool>("updating");
        QTest::addColumn<bool>("timed");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* type, const char* params, bool updating, bool timed,
                            const char* said) {
            QTest::newRow(name) << type << params << updating << timed << QString::fromUtf8(said);
        };
        row("sort of changes", "sort", "{}", true, true, "Sort the rows before they are aggregated.");
        row("sort without time", "sort", "{}", false, false, "has none marked");
        row("deduplicate of changes", "deduplicate", R"({"keys":["k"]})", true, true,
            "before the rows are aggregated");
        row("deduplicate without time", "deduplicate", R"({"keys":["k"]})", false, false, "has none marked");
        row("an unknown key", "deduplicate", R"({"keys":["kk"]})", false, true, "There is no column “kk”.");
        row("a key twice", "deduplicate", R"({"keys":["k","k"]})", false, true, "stands twice");
        row("no key", "deduplicate", R"({"keys":[]})", false, true, "No column says");
    }
    void whatIsRefused() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(bool, updating);
        QFETCH(bool, timed);
        QFETCH(QString, said);
        StreamType stream = sampleStream();
        if (updating) {
            stream.updating = true;
            stream.key = {0};
        }
        if (!timed) stream.eventTime = -1;
        const BoundForTest bound =
            bindNode(*kinds().find(type.toStdString()), Json::parse(params.toStdString()), {{stream}});
        QVERIFY(!bound.node);
        QVERIFY2(QString::fromStdString(bound.said()).contains(said), bound.said().c_str());
    }

 private:
    static void wires() {
        QTest::addColumn<int>("wires");
        QTest::newRow("one wire") << 1;
        QTest::newRow("two wires") << 2;
    }
    template <class Holds>
    static void forEachCase(Holds holds) {
        QFETCH(int, wires);
        for (const unsigned seed : seedsOf(suites::SortsAndDeduplicates)) {
            for (const std::size_t size : {std::size_t{1}, std::size_t{7}, kRows})
                QVERIFY2(holds(makeCase(seed, wires, size), wires), qPrintable(QString::number(seed)));
        }
    }
};

QTEST_APPLESS_MAIN(TestSortAndDeduplicate)
#include "test_sort_and_deduplicate.moc"
