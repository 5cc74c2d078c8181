// Where a row goes: what becomes of it at each node below, with the cause.
#include "core/look/row_path.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kGraz =
    R"json({ "id": "graz", "type": "filter", "params": { "condition": "shop = 'graz'" } })json";
constexpr const char* kPathSums =
    R"json({ "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
        "keys": ["shop"], "aggregates": ["COUNT(*) AS n"] } })json";
constexpr const char* kPathOut =
    R"json({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json";

QString pathFate(RowStop::Fate fate) {
    switch (fate) {
        case RowStop::Fate::Passed:
            return QStringLiteral("passed");
        case RowStop::Fate::Filtered:
            return QStringLiteral("filtered");
        case RowStop::Fate::Rejected:
            return QStringLiteral("rejected");
        case RowStop::Fate::Late:
            return QStringLiteral("late");
        case RowStop::Fate::Waiting:
            return QStringLiteral("waiting");
        case RowStop::Fate::Contributed:
            return QStringLiteral("made");
        case RowStop::Fate::Alone:
            return QStringLiteral("alone");
        case RowStop::Fate::Displaced:
            return QStringLiteral("displaced");
        case RowStop::Fate::Arrived:
            return QStringLiteral("arrived");
        case RowStop::Fate::NotLooked:
            return QStringLiteral("not looked");
        case RowStop::Fate::Behind:
            return QStringLiteral("behind");
        case RowStop::Fate::Used:
            break;
    }
    return QStringLiteral("used");
}

/// Row `number` of the orders, on its way to `to`.
RowPath pathOf(const LookFixture& fixture, std::size_t number, const NodeId& to, bool closes = true) {
    const LookResult look = fixture.look(to);
    LookRequest request = fixture.request({});
    request.closeOpenWindows = closes;
    request.at = look.at;
    FollowedRow followed{look.inputs.at(0).from, to, number, {}};
    std::size_t first = 0;
    for (const Batch& batch : look.inputs.at(0).batches) {
        if (number >= first && number < first + batch.rows) followed.row = batch.slice(number - first, 1);
        first += batch.rows;
    }
    return followRow(request, followed);
}

QString textOfPath(const RowPath& path) {
    QStringList all;
    for (const RowStop& stop : path.stops)
        all << QString::fromStdString(stop.node) + QLatin1Char(' ') + pathFate(stop.fate);
    if (!path.failed.ok()) all << QString::fromStdString(english(path.failed.error()));
    return all.join(QStringLiteral(", "));
}

}  // namespace

class TestRowPath : public QObject {
    Q_OBJECT

    static void setOrders(LookFixture& fixture, const std::string& more = {}) {
        fixture.write("orders.csv", kOrders + more);
        fixture.setPipeline(std::string(kOrdersSource) + "," + kGraz + "," + kPathSums + "," + kPathOut,
                            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "sums" },
                { "from": "sums", "to": "out" })json");
    }

 private Q_SLOTS:
    /// Their times count from the moment of the look.
    void generatedRowsAreFollowed() {
        LookFixture fixture;
        fixture.setPipeline(
            R"json({ "id": "numbers", "type": "generator", "params": { "rate": 100, "event_time": "ts",
                "columns": ["ts TIMESTAMP(3)", "shop STRING = PICK('graz', 'linz')"] } },)json" +
                std::string(kPathSums),
            R"json({ "from": "numbers", "to": "sums" })json");
        const LookResult look = fixture.look("sums");
        LookRequest request = fixture.request({});
        const FollowedRow followed{look.inputs.at(0).from, "sums", 0,
                                   look.inputs.at(0).batches.at(0).slice(0, 1)};
        QTest::qSleep(20);  // now is later
        QVERIFY(!followRow(request, followed).failed.ok());
        request.at = look.at;
        QCOMPARE(textOfPath(followRow(request, followed)), QStringLiteral("sums made"));
    }

    void aRowIsFollowedToItsResult() {
        LookFixture fixture;
        setOrders(fixture);
        const RowPath path = pathOf(fixture, 2, "graz");
        QCOMPARE(textOfPath(path), QStringLiteral("graz passed, sums made, out arrived"));
        QCOMPARE(path.stops[1].count, std::uint64_t{1});
        QVERIFY(path.stops[1].windowStart && path.stops[1].windowEnd);
        QCOMPARE(*path.stops[1].windowEnd - *path.stops[1].windowStart, Millis{10'000});
        // The result has the rows of the window: those of 09:00:01 and 09:00:03.
        const std::string result = rowText(path.stops[2].row, 0);
        QVERIFY2(result.find("n=2") != std::string::npos, result.c_str());
        QVERIFY(!std::filesystem::exists(fixture.path("out.csv")));
    }

    void aFilteredRowHasTheConditionsValues() {
        LookFixture fixture;
        setOrders(fixture);
        const RowPath path = pathOf(fixture, 1, "graz");
        QCOMPARE(textOfPath(path), QStringLiteral("graz filtered"));
        const std::string why = english(path.stops[0].why);
        QVERIFY2(why.find("wien") != std::string::npos, why.c_str());
    }

    void aRejectedRowHasItsReason() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) + "," + kAmounts + "," + kPathOut,
            R"json({ "from": "orders", "to": "amounts" }, { "from": "amounts", "to": "out" })json");
        const RowPath path = pathOf(fixture, 3, "amounts");
        QCOMPARE(textOfPath(path), QStringLiteral("amounts rejected"));
        const std::string why = english(path.stops[0].why);
        QVERIFY2(why.find("n/a") != std::string::npos, why.c_str());
        QCOMPARE(textOfPath(pathOf(fixture, 0, "amounts")), QStringLiteral("amounts passed, out arrived"));
    }

    void aLateRowHasTheWindowThatItMissed() {
        LookFixture fixture;
        setOrders(fixture, "6,2024-03-01 09:00:05,graz,1\n");
        const RowPath path = pathOf(fixture, 5, "graz");
        QCOMPARE(textOfPath(path), QStringLiteral("graz passed, sums late"));
        QVERIFY(path.stops[1].lateBy > 0);
        QVERIFY(path.stops[1].windowEnd);
    }

    void aResultIsFollowedThroughAFilter() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) + "," + kGraz + "," + kPathSums +
                R"json(, { "id": "busy", "type": "filter", "params": { "condition": "n > 1" } }, )json" +
                kPathOut,
            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "sums" },
                { "from": "sums", "to": "busy" }, { "from": "busy", "to": "out" })json");
        QCOMPARE(textOfPath(pathOf(fixture, 0, "graz")),
                 QStringLiteral("graz passed, sums made, busy passed, out arrived"));
        const RowPath alone = pathOf(fixture, 4, "graz");
        QCOMPARE(textOfPath(alone), QStringLiteral("graz passed, sums made, busy filtered"));
        QVERIFY(english(alone.stops[2].why).find("n = 1") != std::string::npos);
    }

    void anOpenWindowIsTold() {
        LookFixture fixture;
        setOrders(fixture);
        QCOMPARE(textOfPath(pathOf(fixture, 4, "graz", false)), QStringLiteral("graz passed, sums waiting"));
        QCOMPARE(textOfPath(pathOf(fixture, 0, "graz", false)),
                 QStringLiteral("graz passed, sums made, out arrived"));
    }

    void aBrokenNodeEndsTheWay() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) + "," + kGraz +
                R"json(, { "id": "broken", "type": "filter", "params": { "condition": "nowhere = 1" } })json" +
                "," + kPathSums,
            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "broken" },
                { "from": "graz", "to": "sums" })json");
        const RowPath path = pathOf(fixture, 0, "graz");
        QCOMPARE(path.stops.size(), std::size_t{3});
        QVERIFY2(textOfPath(path).contains(QLatin1String("broken not looked")) &&
                     textOfPath(path).contains(QLatin1String("sums made")),
                 qPrintable(textOfPath(path)));
        for (const RowStop& stop : path.stops) {
            if (stop.node == "broken") QVERIFY(!stop.why.empty());
        }
    }

    void oneSideOfAJoin() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + kGraz +
                                R"json(, { "id": "j", "type": "interval_join", "params": {
                    "on": "left.shop = right.shop", "lower": "-2s", "upper": "2s", "kind": "inner" } })json",
                            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "j.right" },
                { "from": "orders", "to": "j.left" })json");
        // The first two of Graz are within two seconds of each other, and each is its own partner.
        const RowPath path = pathOf(fixture, 0, "graz");
        QCOMPARE(textOfPath(path), QStringLiteral("graz passed, j made"));
        QCOMPARE(path.stops[1].count, std::uint64_t{2});
    }

    void aRowThatIsNotThereIsAnError() {
        LookFixture fixture;
        setOrders(fixture);
        const RowPath path = followRow(fixture.request({}), {{"orders", "out"}, "graz", 99, {}});
        QVERIFY(!path.failed.ok());
        QVERIFY(path.stops.empty());
        const RowPath gone = followRow(fixture.request({}), {{"orders", "out"}, "nowhere", 0, {}});
        QVERIFY(!gone.failed.ok());
    }

    void aCancelledLookSaysSo() {
        LookFixture fixture;
        setOrders(fixture);
        LookRequest request = fixture.request({});
        request.isCancelled = [] { return true; };
        const RowPath path = followRow(request, {{"orders", "out"}, "graz", 0, {}});
        QVERIFY(!path.failed.ok());
        QVERIFY(path.failed.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRowPath)
#include "test_row_path.moc"
