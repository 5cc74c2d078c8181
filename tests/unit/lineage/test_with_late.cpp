// What a row of a window would be with the rows that came too late for it: what the node gives when they come
// in time, by its own rules.
#include <QtTest/QtTest>
#include <atomic>

#include "core/data/text.h"
#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"

using namespace rw;

namespace {

using Told = WithLate::Told;

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

Node node(const char* id, const char* type, Json params = Json::object()) {
    Node made;
    made.id = id;
    made.type = type;
    made.params = std::move(params);
    return made;
}

Wire wire(const char* from, const char* to) {
    return {{from, "out"}, {to, "in"}, Json::object()};
}

/// A key, a number and seconds behind noon.
struct Given {
    const char* key;
    std::int64_t number;
    int second;
};

Node orders(const char* id, const std::vector<Given>& rows) {
    Json cells = Json::array();
    for (const Given& row : rows) {
        const std::string second = (row.second < 10 ? "0" : "") + std::to_string(row.second);
        cells.push_back(Json::array({row.key, row.number, "2024-03-01 12:00:" + second}));
    }
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "v BIGINT", "ts TIMESTAMP(3)"})},
                     {"rows", std::move(cells)},
                     {"event_time", "ts"}});
}

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

struct Asked {
    std::shared_ptr<const Plan> plan{};
    LineageQuestion question{};

    Asked(std::vector<Node> nodes, std::vector<Wire> wires, const char* of, const char* where) {
        Pipeline pipeline;
        nodes.push_back(node("seen", "table_view"));
        wires.push_back(wire(nodes[nodes.size() - 2].id.c_str(), "seen"));
        pipeline.nodes = std::move(nodes);
        pipeline.wires = std::move(wires);
        PlanOptions options;
        options.parallelism = 1;
        const Planned planned = makePlan(pipeline, kinds(), options);
        for (const Issue& issue : planned.issues) {
            if (issue.severity == Severity::Error) qWarning("%s", english(issue).c_str());
        }
        plan = planned.plan;
        question.plan = plan;
        question.catalogue = &kinds();
        question.node = of;
        question.where = where;
    }
    Result<Lineage> answer() const {
        if (!plan) return Status(ErrorCode::Invalid, RW_TEXT("test", "there is no plan"));
        return whyRow(question);
    }
};

Asked ofOrders(const std::vector<Given>& rows, Node sums, const char* where) {
    return Asked({orders("in", rows), std::move(sums)}, {wire("in", "sums")}, "sums", where);
}

std::string failure(const Result<Lineage>& lineage) {
    return lineage.ok() ? std::string() : english(lineage.error());
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
        const Asked asked =
            ofOrders(kOneLate,
                     window(Json::array({"COUNT(*) AS n", "SUM(v) AS total", "MIN(v) AS least",
                                         "COUNT(DISTINCT v) AS kinds", "AVG(v) AS mean"})),
                     "k = 'x'");
        const Result<Lineage> lineage = asked.answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
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
        Node source = orders("in", kOneLate);
        source.params["watermark_delay"] = "1min";
        const Asked in({source, window(totals())}, {wire("in", "sums")}, "sums",
                       "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> inTime = in.answer();
        QVERIFY2(inTime.ok(), failure(inTime).c_str());
        QVERIFY(withLate(*inTime) == nullptr);
        const Result<Lineage> late =
            ofOrders(kOneLate, window(totals()), "k = 'x' AND window_end = '2024-03-01 12:00:10'").answer();
        QVERIFY2(late.ok(), failure(late).c_str());
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
        const Asked asked =
            ofOrders({{"x", 1, 6}, {"x", 4, 12}, {"y", 7, 40}, {"x", 5, 8}},
                     window(Json::array({"COUNT(*) AS n"}), Json{{"window", "hop"}, {"slide", "5s"}}),
                     "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 1 → 2"));
    }

    /// Two sources, each with a row too late for the same window: one answer, with both.
    void lateRowsOfSeveralSourcesCountTogether() {
        const Asked asked({orders("a", {{"x", 1, 1}, {"y", 1, 30}, {"x", 10, 2}}),
                           orders("b", {{"x", 2, 3}, {"y", 2, 30}, {"x", 20, 4}}), node("all", "union"),
                           window(Json::array({"COUNT(*) AS n", "SUM(v) AS total"}))},
                          {wire("a", "all"), wire("b", "all"), wire("all", "sums")}, "sums",
                          "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 2 → 4, total = 3 → 33"));
    }

    /// Behind a node that passes rows on it is the window's row all the same.
    void aRowBehindTheWindowIsOfItsWindow() {
        const Asked asked({orders("in", kOneLate), window(Json::array({"SUM(v) AS total"})),
                           node("big", "filter", Json{{"condition", "total > 0"}})},
                          {wire("in", "sums"), wire("sums", "big")}, "big", "k = 'x'");
        const Result<Lineage> lineage = asked.answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: total = 5 → 10"));
    }

    void lateRowsMayChangeNothing() {
        const Result<Lineage> lineage =
            ofOrders(kOneLate, window(Json::array({"MIN(v) AS least"})), "k = 'x'").answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr && with->told == Told::Row);
        QCOMPARE(with->now.rows, std::size_t{0});
        QCOMPARE(words(*with),
                 std::string("With all rows that came too late it would have the same values."));
    }

    void withoutLateRowsNothingIsSaid() {
        const Result<Lineage> lineage =
            ofOrders({{"x", 1, 1}, {"x", 4, 3}, {"y", 7, 30}}, window(totals()), "k = 'x'").answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        QVERIFY(withLate(*lineage) == nullptr);
        for (const LineageStep& step : lineage->steps) QVERIFY(words(step.withLate).empty());
    }

    /// A sum that no longer fits: an answer, and no failure of the whole.
    void whatCannotBeComputedIsSaid() {
        const Result<Lineage> lineage =
            ofOrders({{"x", 9'223'372'036'854'775'807, 1}, {"y", 7, 30}, {"x", 5, 2}},
                     window(Json::array({"SUM(v) AS total"})), "k = 'x'")
                .answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
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
        const Result<Lineage> most = ofOrders(rows, sums, "k = 'x'").answer();
        QVERIFY2(most.ok(), failure(most).c_str());
        const WithLate* const counted = withLate(*most);
        QVERIFY(counted != nullptr);
        QCOMPARE(words(*counted), std::string("With all rows that came too late: n = 1 → 1001"));
        rows.push_back({"x", 1, 2});
        const Result<Lineage> more = ofOrders(rows, sums, "k = 'x'").answer();
        QVERIFY2(more.ok(), failure(more).c_str());
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
        const Result<Lineage> same = ofOrders(within, session(), "k = 'x' AND n = 2").answer();
        QVERIFY2(same.ok(), failure(same).c_str());
        const WithLate* const with = withLate(*same);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: n = 2 → 3"));
        const Result<Lineage> another = ofOrders(longer, session(), "k = 'x' AND n = 2").answer();
        QVERIFY2(another.ok(), failure(another).c_str());
        const WithLate* const other = withLate(*another);
        QVERIFY(other != nullptr);
        QVERIFY(other->told == Told::OtherWindow);
        QVERIFY2(words(*other).find("longer") != std::string::npos, words(*other).c_str());
    }

    /// With allowed lateness those that came within it count already.
    void allowedLatenessLeavesThoseBehindIt() {
        const Asked asked =
            ofOrders({{"x", 1, 1}, {"y", 7, 12}, {"x", 2, 2}, {"y", 7, 40}, {"x", 4, 3}},
                     window(Json::array({"SUM(v) AS total"}), Json{{"allowed_lateness", "5s"}}),
                     "k = 'x' AND window_end = '2024-03-01 12:00:10'");
        const Result<Lineage> lineage = asked.answer();
        QVERIFY2(lineage.ok(), failure(lineage).c_str());
        const WithLate* const with = withLate(*lineage);
        QVERIFY(with != nullptr);
        QCOMPARE(words(*with), std::string("With all rows that came too late: total = 3 → 7"));
    }

    /// In whichever of its runs it is cancelled, it ends there, and never tells half of it.
    void itIsCancelledInEachOfItsRuns() {
        int ended = 0;
        for (int calls = 0; calls < 1'000'000; calls = 2 * calls + 1) {
            Asked asked = ofOrders(kOneLate, window(totals()), "k = 'x'");
            QVERIFY(asked.plan);
            std::atomic<int> left = calls;
            asked.question.isCancelled = [&left] { return --left < 0; };
            const Result<Lineage> lineage = whyRow(asked.question);
            if (!lineage.ok()) {
                QVERIFY2(lineage.error().code == ErrorCode::Cancelled, failure(lineage).c_str());
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
