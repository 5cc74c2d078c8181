// What a row of a window would be with the rows that came too late for it: what the node gives when they come
// in time, by its own rules.
#include <QtTest/QtTest>
#include <atomic>

#include "core/data/text.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

using Told = WithLate::Told;

Node window(Json aggregates, Json more = Json::object()) {
    Json params{{"window", "tumble"},
                {"size", "10s"},
                {"keys", Json::array({"k"})},
                {"aggregates", std::move(aggregates)}};
    params.update(more);
    return node("sums", "window_aggregate", std::move(params));
}

Json totals() {
    return Json::array({"COUNT(*) AS n", "SUM(v) AS total", "MIN(v) AS least", "COUNT(DISTINCT v) AS kinds",
                        "LAST_VALUE(v) AS last"});
}

AskedPlan ofOrders(const std::vector<Given>& rows, Node sums, const char* where) {
    return askedInRow({givenRows("in", rows), std::move(sums)}, where);
}

/// Of the last step to the node that says something; null: none does.
const WithLate* withLate(const Lineage& lineage, const char* node = "sums") {
    const WithLate* found = nullptr;
    for (const LineageStep& step : lineage.steps) {
        if (step.to == node && step.withLate.told != Told::Nothing) found = &step.withLate;
    }
    return found;
}

std::string words(const WithLate& with) {
    return english(withLateWords(with));
}

/// Two rows of x in time, y closes their window, and a third of x comes too late.
const std::vector<Given> kOneLate{{"x", 1, 1}, {"x", 4, 3}, {"y", 7, 30}, {"x", 5, 2}};

}  // namespace

class TestWithLate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Each aggregate that changes, and no other: the least value stays.
    void theRowIsGivenAsIfTheLateOnesHadComeInTime() {
        const AskedPlan asked =
            ofOrders(kOneLate,
                     window(Json::array({"COUNT(*) AS n", "SUM(v) AS total", "MIN(v) AS least",
                                         "COUNT(DISTINCT v) AS kinds", "AVG(v) AS mean"})),
                     "k = 'x'");
        const Result<Lineage> lineage = asked.why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QVERIFY(with->told == Told::Row);
        QCOMPARE(with->now.rows, std::size_t{1});
        QVERIFY(!with->now.schema->find("least"));
        const std::string said = words(*with);
        QVERIFY2(
            said.starts_with("With all rows that came too late: n = 2 → 3, total = 5 → 10, kinds = 2 → 3"),
            said.c_str());
        // The row that is explained is as it was.
        QVERIFY2(rowText(lineage->row, 0).find("total=5") != std::string::npos,
                 rowText(lineage->row, 0).c_str());
        for (const LineageStep& step : lineage->steps) {
            if (step.to == "sums") QCOMPARE(step.count, std::uint64_t{2});
        }
    }

    /// The watermark delay with which they are in time gives what was said.
    void theDelayThatLetsThemInGivesTheSame() {
        Node source = givenRows("in", kOneLate);
        source.params["watermark_delay"] = "1min";
        const AskedPlan in =
            askedInRow({source, window(totals())}, "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> inTime = in.why();
        QVERIFY2(inTime.ok(), failureOf(inTime).c_str());
        QVERIFY(withLate(*inTime) == nullptr);
        const Result<Lineage> late =
            ofOrders(kOneLate, window(totals()), "k = 'x' AND window_end = '2024-03-01 12:00:10'").why();
        QVERIFY2(late.ok(), failureOf(late).c_str());
        const WithLate* const with = withLate(*late);
        QVERIFY(with != nullptr && with->told == Told::Row && with->now.rows == 1);
        Batch would = late->row;
        for (std::size_t i = 0; i < with->then.columns.size(); ++i) {
            const auto column = would.schema->find(with->then.schema->fields[i].name);
            QVERIFY(column.has_value());
            would.columns[static_cast<std::size_t>(*column)] = with->then.columns[i];
        }
        QCOMPARE(rowText(would, 0), rowText(inTime->row, 0));
    }

    /// Of overlapping windows the late row counts in the one that is asked about.
    void aWindowThatOverlapsOthersHasItsOwnLateRows() {
        const AskedPlan asked =
            ofOrders({{"x", 1, 6}, {"x", 4, 12}, {"y", 7, 40}, {"x", 5, 8}},
                     window(Json::array({"COUNT(*) AS n"}), Json{{"window", "hop"}, {"slide", "5s"}}),
                     "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 1 → 2"));
    }

    /// Two sources, each with a row too late for the same window: one answer, with both.
    void lateRowsOfSeveralSourcesCountTogether() {
        const AskedPlan asked(
            {givenRows("a", {{"x", 1, 1}, {"y", 1, 30}, {"x", 10, 2}}),
             givenRows("b", {{"x", 2, 3}, {"y", 2, 30}, {"x", 20, 4}}), node("all", "union"),
             window(Json::array({"COUNT(*) AS n", "SUM(v) AS total"})), node("seen", "table_view")},
            {wire("a", "all"), wire("b", "all"), wire("all", "sums"), wire("sums", "seen")}, {"sums", {}},
            "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 2 → 4, total = 3 → 33"));
    }

    /// Behind a node that passes rows on it is the window's row all the same.
    void aRowBehindTheWindowIsOfItsWindow() {
        const AskedPlan asked =
            askedInRow({givenRows("in", kOneLate), window(Json::array({"SUM(v) AS total"})),
                        node("big", "filter", Json{{"condition", "total > 0"}})},
                       "k = 'x'");
        const Result<Lineage> lineage = asked.why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: total = 5 → 10"));
    }

    void lateRowsMayChangeNothing() {
        const Result<Lineage> lineage =
            ofOrders(kOneLate, window(Json::array({"MIN(v) AS least"})), "k = 'x'").why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr && with->told == Told::Row);
        QCOMPARE(with->now.rows, std::size_t{0});
        QCOMPARE(words(*with),
                 std::string("With all rows that came too late it would have the same values."));
    }

    void withoutLateRowsNothingIsSaid() {
        const Result<Lineage> lineage =
            ofOrders({{"x", 1, 1}, {"x", 4, 3}, {"y", 7, 30}}, window(totals()), "k = 'x'").why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QVERIFY(withLate(*lineage) == nullptr);
        for (const LineageStep& step : lineage->steps) QVERIFY(words(step.withLate).empty());
    }

    /// A sum that no longer fits: an answer, and no failure of the whole.
    void whatCannotBeComputedIsSaid() {
        const Result<Lineage> lineage =
            ofOrders({{"x", 9'223'372'036'854'775'807, 1}, {"y", 7, 30}, {"x", 5, 2}},
                     window(Json::array({"SUM(v) AS total"})), "k = 'x'")
                .why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QVERIFY(with->told == Told::Rejected);
        QVERIFY(!with->why.empty());
        QVERIFY2(words(*with).starts_with("With all rows that came too late it could not be computed: "),
                 words(*with).c_str());
    }

    /// As many as are looked at; one more is said to be too many, and costs no run.
    void moreThanAThousandAreNotCounted() {
        std::vector<Given> rows{{"x", 1, 1}, {"y", 7, 30}};
        rows.resize(2 + kMostLateCounted, {"x", 1, 2});
        const Node sums = window(Json::array({"COUNT(*) AS n"}));
        const Result<Lineage> most = ofOrders(rows, sums, "k = 'x'").why();
        QVERIFY2(most.ok(), failureOf(most).c_str());
        const WithLate* const counted = withLate(*most);
        QVERIFY(counted != nullptr);
        QCOMPARE(words(*counted), std::string("With all rows that came too late: n = 1 → 1001"));
        rows.push_back({"x", 1, 2});
        const Result<Lineage> more = ofOrders(rows, sums, "k = 'x'").why();
        QVERIFY2(more.ok(), failureOf(more).c_str());
        const WithLate* const with = withLate(*more);
        QVERIFY(with != nullptr);
        QVERIFY(with->told == Told::TooMany);
        QVERIFY2(words(*with).find("they are more than 1") != std::string::npos, words(*with).c_str());
    }

    /// A late row within the session leaves its window as it is, one near its end makes it longer.
    void aSessionThatWouldBeLongerIsAnother() {
        const auto session = [] {
            return window(Json::array({"COUNT(*) AS n"}), Json{{"window", "session"}, {"gap", "5s"}});
        };
        const std::vector<Given> rows{{"x", 1, 1}, {"x", 2, 5}, {"y", 7, 40}};
        std::vector<Given> within = rows, longer = rows;
        within.push_back({"x", 3, 3});
        longer.push_back({"x", 3, 8});
        const Result<Lineage> same = ofOrders(within, session(), "k = 'x' AND n = 2").why();
        QVERIFY2(same.ok(), failureOf(same).c_str());
        const WithLate* const with = withLate(*same);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 2 → 3"));
        const Result<Lineage> another = ofOrders(longer, session(), "k = 'x' AND n = 2").why();
        QVERIFY2(another.ok(), failureOf(another).c_str());
        const WithLate* const other = withLate(*another);
        QVERIFY(other != nullptr);
        QVERIFY(other->told == Told::OtherWindow);
        QVERIFY2(words(*other).find("longer") != std::string::npos, words(*other).c_str());
    }

    /// With allowed lateness those that came within it count already.
    void allowedLatenessLeavesThoseBehindIt() {
        const AskedPlan asked =
            ofOrders({{"x", 1, 1}, {"y", 7, 12}, {"x", 2, 2}, {"y", 7, 40}, {"x", 4, 3}},
                     window(Json::array({"SUM(v) AS total"}), Json{{"allowed_lateness", "5s"}}),
                     "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.why();
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: total = 3 → 7"));
    }

    /// In whichever of its runs it is cancelled, it ends there, and never tells half of it.
    void itIsCancelledInEachOfItsRuns() {
        int ended = 0;
        for (int calls = 0; calls < 1'000'000; calls = 2 * calls + 1) {
            AskedPlan asked = ofOrders(kOneLate, window(totals()), "k = 'x'");
            QVERIFY(asked.plan);
            std::atomic<int> left = calls;
            asked.question.isCancelled = [&left] { return --left < 0; };
            const Result<Lineage> lineage = whyRow(asked.question);
            if (!lineage.ok()) {
                QVERIFY2(lineage.error().code == ErrorCode::Cancelled, failureOf(lineage).c_str());
                ++ended;
                continue;
            }
            const WithLate* const with = withLate(*lineage);
            QVERIFY(with != nullptr && with->told == Told::Row && with->now.rows == 1);
        }
        QVERIFY(ended > 0 && ended < 20);
    }
};

QTEST_APPLESS_MAIN(TestWithLate)
#include "test_with_late.moc"
