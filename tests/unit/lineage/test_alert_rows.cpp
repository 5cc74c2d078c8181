// Which rows made a row of an alert whose condition has to hold for a while: those of the key since it began
// to hold, the one that ended it before, and the newest row of all, up to which time has passed.
#include <QtTest/QtTest>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/data/text.h"
#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/stream/rows/cell_compare.h"
#include "tests/unit/lineage/given_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kNoon = 1'709'294'400'000;  // 2024-03-01 12:00

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

struct Given {
    const char* key = "";
    int v = 0, second = 0;
};
using Numbers = std::set<std::int64_t>;

/// An alert where v > 1, on rows whose watermark stays behind all of them.
struct AlertCase {
    Pipeline pipeline{};
    std::map<NodeId, GivenSource> sources{};

    AlertCase(const std::vector<Given>& rows, Json more) {
        ColumnBuilder keys(Type::of(TypeId::String)), values(Type::of(TypeId::Int)),
            times(Type::of(TypeId::Timestamp));
        Json cells = Json::array();
        for (const Given& each : rows) {
            const Instant at = kNoon + each.second * 1'000;
            keys.appendString(each.key);
            values.append(static_cast<std::int32_t>(each.v));
            times.append(at);
            std::string text;
            appendTimestamp(text, at);
            cells.push_back(Json::array({each.key, each.v, text}));
        }
        GivenSource given;
        given.delay = 60'000;
        given.rows.rows = rows.size();
        given.rows.columns = {keys.finish(), values.finish(), times.finish()};
        given.rows.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                                   {"v", Type::of(TypeId::Int)},
                                                                   {"ts", Type::of(TypeId::Timestamp)}}});
        sources["in"] = std::move(given);
        Json alert{{"condition", "v > 1"}, {"keys", Json::array({"k"})}, {"message", "{k} is at {v}"}};
        alert.update(more);
        add("in", "rows",
            Json{{"columns", Json::array({"k STRING", "v INT", "ts TIMESTAMP(3)"})},
                 {"rows", std::move(cells)},
                 {"event_time", "ts"},
                 {"watermark_delay", "60s"}});
        add("alert", "alert", std::move(alert));
        pipeline.wires.push_back({{"in", "out"}, {"alert", "in"}, Json::object()});
    }

    void add(const char* id, const char* type, Json params) {
        Node node;
        node.id = id;
        node.type = type;
        node.params = std::move(params);
        pipeline.nodes.push_back(std::move(node));
    }

    Result<GatheredRows> rowsWith(const Numbers& numbers) const {
        std::map<NodeId, GivenSource> some = sources;
        some["in"].left = numbers;
        return rowsOf(pipeline, {"alert", "out"}, std::move(some));
    }
    Numbers all() const {
        Numbers numbers;
        for (std::size_t i = 0; i < sources.at("in").rows.rows; ++i)
            numbers.insert(static_cast<std::int64_t>(i));
        return numbers;
    }
};

bool has(const GatheredRows& rows, const Batch& row) {
    return std::any_of(rows.rows.begin(), rows.rows.end(),
                       [&](const GatheredRow& each) { return sameRow(each.row.columns, 0, row.columns, 0); });
}

std::string textOf(const Numbers& numbers) {
    std::string text;
    for (const std::int64_t each : numbers) text += " " + std::to_string(each);
    return text;
}

/// What is wrong with the rows that made the row of x; empty: they are `expected`, they alone give it, and no
/// other one is needed.
std::string faultOf(const AlertCase& alert, const char* state, const Numbers& expected) {
    PlanOptions options;
    options.parallelism = 1;
    options.validate.files = false;
    const Planned planned = makePlan(alert.pipeline, kinds(), options);
    if (!planned.plan) return planned.issues.empty() ? "no plan" : english(planned.issues.front());
    LineageQuestion question;
    question.plan = planned.plan;
    question.catalogue = &kinds();
    question.node = "alert";
    question.port = "out";
    question.where = "k = 'x'";
    const Result<Lineage> lineage = whyRow(question);
    if (!lineage.ok()) return english(lineage.error());
    const auto column = lineage->schema->find("state");
    const std::string_view is = lineage->row.column(*column).string(0);
    if (is != state) return "it is " + std::string(is);
    Numbers made;
    for (const LineageStep& step : lineage->steps) {
        if (step.count == 0) return "a step without rows";
        for (const LineageRow& each : step.rows) made.insert(each.row.positions.at(0));
    }
    if (made != expected) return "made of" + textOf(made);
    const auto again = alert.rowsWith(made);
    if (!again.ok()) return english(again.error());
    if (!has(*again, lineage->row)) return "they alone do not give it";
    for (const std::int64_t number : alert.all()) {
        if (made.contains(number)) continue;
        Numbers fewer = alert.all();
        fewer.erase(number);
        const auto without = alert.rowsWith(fewer);
        if (!without.ok()) return english(without.error());
        if (!has(*without, lineage->row)) return "without row " + std::to_string(number) + " it is gone";
    }
    return {};
}

}  // namespace

class TestAlertRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    // x holds from 1 s on and is an alert at 6 s; no row of x tells that it is as late as that.
    void theNewestRowOfAllLetsTimePass() {
        const AlertCase alert({{"x", 2, 1}, {"x", 3, 2}, {"y", 0, 10}, {"y", 0, 4}}, Json{{"for", "5s"}});
        const std::string fault = faultOf(alert, "alert", {0, 1, 2});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void onlyWhatHeldUntilItWasRaisedMadeIt() {
        const AlertCase alert({{"x", 5, 0},
                               {"x", 0, 1},
                               {"x", 0, 2},
                               {"x", 5, 3},
                               {"x", 6, 8},
                               {"x", 7, 9},
                               {"y", 5, 20},
                               {"x", 5, 15}},
                              Json{{"for", "5s"}});
        const std::string fault = faultOf(alert, "alert", {2, 3, 4, 6});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void aConditionThatStillHasToHoldNeedsNoTime() {
        const AlertCase alert({{"x", 0, 0}, {"x", 5, 1}, {"y", 0, 4}, {"x", 5, 3}}, Json{{"for", "5s"}});
        const std::string fault = faultOf(alert, "waiting", {0, 1, 3});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void thePeakIsOfLaterRowsToo() {
        const AlertCase alert({{"x", 5, 0}, {"x", 9, 8}, {"y", 0, 3}}, Json{{"for", "5s"}, {"value", "v"}});
        const std::string fault = faultOf(alert, "alert", {0, 1});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void withoutAWhileOneRowRaisesIt() {
        const AlertCase alert({{"x", 5, 0}, {"x", 0, 1}, {"x", 5, 2}, {"x", 5, 3}, {"y", 0, 9}},
                              Json::object());
        const std::string fault = faultOf(alert, "alert", {1, 2});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    // Here it depends on more than the last row before whether it was over.
    void whereClearingTakesAWhileAllRowsOfTheKeyCount() {
        const AlertCase held({{"x", 5, 0}, {"x", 0, 1}, {"x", 5, 2}, {"y", 0, 30}},
                             Json{{"clear_for", "5s"}});
        std::string fault = faultOf(held, "alert", {0, 1, 2, 3});
        QVERIFY2(fault.empty(), fault.c_str());
        const AlertCase over({{"x", 5, 0}, {"x", 0, 1}, {"y", 0, 30}, {"y", 0, 2}},
                             Json{{"clear_for", "5s"}});
        fault = faultOf(over, "ok", {0, 1, 2});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    void missingDataIsKnownByTheNewestRow() {
        const AlertCase alert({{"x", 0, 0}, {"y", 0, 30}, {"y", 0, 5}}, Json{{"no_data", "10s"}});
        const std::string fault = faultOf(alert, "no_data", {0, 1});
        QVERIFY2(fault.empty(), fault.c_str());
    }

    // What can't be computed is rejected, and was never judged.
    void rejectedRowsHaveNoPart() {
        const AlertCase alert({{"x", 0, 0}, {"x", 5, 1}, {"x", -1, 2}, {"y", 0, 20}},
                              Json{{"condition", "10 / (v + 1) BETWEEN 0 AND 2"}, {"for", "5s"}});
        const std::string fault = faultOf(alert, "alert", {0, 1, 3});
        QVERIFY2(fault.empty(), fault.c_str());
    }
};

QTEST_APPLESS_MAIN(TestAlertRows)
#include "test_alert_rows.moc"
