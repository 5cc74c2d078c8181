// The node alert: its table of states against the machine of one key, row by row, however rows were cut into
// batches, came over wires and were interrupted by a restart; and what binding it says.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>
#include <tuple>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "core/stream/alerts/alert_machine.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
constexpr std::size_t kRows = 40, kEventTime = 4;

const NodeKind& alerts() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("alert");
}

Json paramsOf(const char* condition) {
    return {{"condition", condition}, {"message", "{k}"}};
}

struct Given {
    Row row{};
    int wire = 0;
    std::size_t position = 0;
    Instant time() const { return std::get<Instant>(row[kEventTime]); }
    auto order() const { return std::make_tuple(time(), wire, position); }
};

/// Rows over some wires, in the batches in which they come, and those of them that are in time.
struct AlertCase {
    std::vector<Feed> feeds{};
    std::vector<Given> rows{};
    Instant judged = kMinTimestamp;  ///< event time at the end
};

AlertCase makeCase(unsigned seed, int wires, std::size_t size) {
    AlertCase made;
    for (int wire = 0; wire < wires; ++wire) {
        std::vector<Row> rows = sampleRows(kRows, seed * 5 + static_cast<unsigned>(wire));
        for (Row& row : rows) row[kEventTime] = std::get<Instant>(row[kEventTime]) / 500 * 500;
        for (Batch& batch : batches(sampleStream(), rows, size)) {
            batch.wire = wire;
            made.feeds.push_back({0, batch});
        }
        std::size_t position = 0;
        for (const Batch& batch : batches(sampleStream(), rows, 1)) {  // every row has its stamp
            if (batch.rows == 0) continue;
            Given given{rows[position], wire, position};
            ++position;
            if (batch.stamps && given.time() <= batch.stamps->front()) continue;
            made.judged = std::max(made.judged, given.time());
            made.rows.push_back(std::move(given));
        }
    }
    std::mt19937 random(seed);
    std::stable_sort(made.feeds.begin(), made.feeds.end(),
                     [](const Feed& a, const Feed& b) { return a.batch.watermark < b.batch.watermark; });
    std::sort(made.rows.begin(), made.rows.end(),
              [](const Given& a, const Given& b) { return a.order() < b.order(); });
    return made;
}

Value instantOrNull(bool known, Instant instant) {
    return known && instant != kMinTimestamp ? Value(instant) : Value();
}

Value numberOrNull(bool known, const std::optional<double>& number) {
    return known && number ? Value(*number) : Value();
}

/// A row of the table, by the help's words.
Row rowOf(const Value& key, const AlertState& state, const std::string& message) {
    const bool raised = state.phase == AlertPhase::Raised || state.phase == AlertPhase::Clearing;
    const bool waiting = state.phase == AlertPhase::Waiting;
    const char* const word = raised ? "alert" : state.quiet ? "no_data" : waiting ? "waiting" : "ok";
    const Instant since = raised ? state.raised : state.quiet ? state.quietSince : state.since;
    return {key,
            std::string(word),
            instantOrNull(true, since),
            instantOrNull(raised || waiting, state.start),
            instantOrNull(state.quiet, state.quietSince),
            numberOrNull(raised || waiting, state.value),
            numberOrNull(raised || waiting, state.peak),
            raised && !message.empty() ? Value(message) : Value()};
}

/// The table that the machine gives, one row of the input after the other.
Lines tableOf(const AlertCase& tested, const AlertTimes& times, const SchemaRef& schema) {
    const AlertMachine machine(times);
    const auto nothing = [](const AlertStep&) {};
    struct Key {
        Value value;
        AlertState state;
        std::string message;
    };
    std::map<std::string, Key> keys;
    for (const Given& given : tested.rows) {
        const bool unknown = isNull(given.row[0]);
        const std::string text = unknown ? std::string("NULL") : "=" + std::get<std::string>(given.row[0]);
        Key& key = keys[text];
        key.value = given.row[0];
        AlertVerdict verdict = AlertVerdict::None;
        if (!isNull(given.row[1])) {
            const int v = std::get<std::int32_t>(given.row[1]);
            verdict = v > 2 ? AlertVerdict::Raise : v < 1 ? AlertVerdict::Clear : AlertVerdict::Between;
        }
        machine.advance(key.state, given.time() - 1, nothing);
        if (key.state.phase == AlertPhase::Ok || key.state.phase == AlertPhase::Waiting) {
            if (verdict == AlertVerdict::Raise)
                key.message = unknown ? std::string("NULL") : std::get<std::string>(given.row[0]);
        }
        const Value& d = given.row[2];
        machine.row(key.state, given.time(), verdict,
                    isNull(d) ? std::nullopt : std::optional(std::get<double>(d)), nothing);
    }
    Lines lines;
    for (auto& [text, key] : keys) {
        machine.advance(key.state, tested.judged, nothing);
        lines.push_back(rowText(batchOf(schema, {rowOf(key.value, key.state, key.message)}), 0));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string tableFault(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&random](int low, int high) {
        return std::uniform_int_distribution<int>(low, high)(random);
    };
    const int wires = pick(1, 2);
    const AlertTimes times{pick(0, 2) * 1'500, pick(0, 2) * 1'000, pick(0, 1) * pick(1, 8) * 1'000, 0, false};
    Json params = paramsOf("v > 2");
    params["clear"] = "v < 1";
    params["value"] = "d";
    params["keys"] = Json::array({"k"});
    params["for"] = formatDuration(times.hold);
    params["clear_for"] = formatDuration(times.clearHold);
    if (times.noData > 0) params["no_data"] = formatDuration(times.noData);
    params["once_per"] = "0s";
    StreamType input = sampleStream();
    input.sourceOrder = wires == 1;
    const BoundForTest bound = bindNode(alerts(), params, {{input}});
    if (!bound.node) return bound.said();
    const AlertCase tested = makeCase(seed, wires, static_cast<std::size_t>(pick(1, 20)));

    DriveOptions options;
    options.wires = wires;
    options.batchRows = static_cast<std::size_t>(pick(2, 20));
    const auto barrier = tested.feeds.begin() + pick(0, static_cast<int>(tested.feeds.size()));
    Driven before;
    if (pick(0, 1) == 0) {
        options.leaves = true;
        before = drive(alerts(), bound.node, {input}, {tested.feeds.begin(), barrier}, options);
        if (!before.status.ok()) return english(before.status.error());
        options.leaves = false;
        options.before = &before;
    }
    const auto from = options.before != nullptr ? barrier : tested.feeds.begin();
    const Driven driven = drive(alerts(), bound.node, {input}, {from, tested.feeds.end()}, options);
    if (!driven.status.ok()) return english(driven.status.error());
    if (!driven.problems.empty()) return driven.problems.front();
    const StreamType& output = bound.node->outputs[0];
    const Lines found = driven.ports[0].result(output), expected = tableOf(tested, times, output.schema);
    if (found == expected) return {};
    return fmt::format("expected\n  {}\nfound\n  {}\n", fmt::join(expected, "\n  "),
                       fmt::join(found, "\n  "));
}

std::string saidOf(const Json& params, const StreamType& input) {
    const BoundForTest bound = bindNode(alerts(), params, {{input}});
    return bound.node ? std::string("bound") : bound.said();
}

}  // namespace

class TestAlert : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tableIsThatOfTheMachine() {
        for (const std::uint32_t seed : seedsOf(suites::AlertTables)) {
            const std::string wrong = tableFault(seed);
            QVERIFY2(wrong.empty(), fmt::format("case {}: {}", seed, wrong).c_str());
        }
    }

    void messagesSayWhichColumnIsMissing() {
        Json params = paramsOf("v > 2");
        params["message"] = "{nope} is high";
        const std::string said = saidOf(params, sampleStream());
        QVERIFY2(said.find("nope") != std::string::npos, said.c_str());
        params["message"] = "{k} is } high";
        QVERIFY(saidOf(params, sampleStream()) != "bound");
        params["message"] = "{{k}} is {v} high";
        QCOMPARE(saidOf(params, sampleStream()), std::string("bound"));
    }

    void changingRowsAndRowsWithoutTimeAreRefused() {
        StreamType changing = sampleStream();
        changing.updating = true;
        QVERIFY(saidOf(paramsOf("v > 2"), changing) != "bound");
        StreamType timeless = sampleStream();
        timeless.eventTime = -1;
        QVERIFY(saidOf(paramsOf("v > 2"), timeless) != "bound");
    }

    /// Their results are final when the watermark has come to them.
    void windowsThatChangeAreTaken() {
        StreamType early = sampleStream();
        early.updating = early.windowed = early.made = true;
        early.key = {0};
        Json params = paramsOf("v > 2");
        QCOMPARE(saidOf(params, early), std::string("bound"));
        params["provisional"] = true;
        const BoundForTest bound = bindNode(alerts(), params, {{early}});
        QVERIFY(bound.node && bound.issues.empty());
        QVERIFY(bound.node->outputs[0].schema->find("provisional"));
        StreamType nameless = early;  // nothing says which result a change is about
        nameless.key.clear();
        nameless.multiset = true;
        QVERIFY(saidOf(params, nameless) != "bound");
        QVERIFY(
            !bindNode(alerts(), paramsOf("v > 2"), {{early}}).node->outputs[0].schema->find("provisional"));
    }

    void whereNothingIsProvisionalItIsSaid() {
        Json params = paramsOf("v > 2");
        params["provisional"] = true;
        const BoundForTest bound = bindNode(alerts(), params, {{sampleStream()}});
        QVERIFY(bound.node);
        QCOMPARE(bound.issues.size(), std::size_t{1});
        QCOMPARE(bound.issues.front().severity, Severity::Warning);
        QCOMPARE(bound.issues.front().param, std::string("provisional"));
    }

    void valuesAreNumbers() {
        Json params = paramsOf("v > 2");
        params["value"] = "k";
        QVERIFY(saidOf(params, sampleStream()) != "bound");
        params["value"] = "v + 1";
        QCOMPARE(saidOf(params, sampleStream()), std::string("bound"));
    }

    void itsTableMayBeLeftWhereItIs() {
        Pipeline pipeline;
        pipeline.nodes.resize(2);
        pipeline.nodes[0].id = "rows";
        pipeline.nodes[0].type = "rows";
        pipeline.nodes[0].params = Json{{"columns", {"v BIGINT", "ts TIMESTAMP(3)"}},
                                        {"rows", {{1, "2024-03-01 12:00:00"}}},
                                        {"event_time", "ts"}};
        pipeline.nodes[1].id = "alert";
        pipeline.nodes[1].type = "alert";
        pipeline.nodes[1].params = Json{{"condition", "v > 2"}, {"message", "high"}};
        pipeline.wires.push_back({{"rows", "out"}, {"alert", "in"}, Json::object()});
        const Validated result = validate(pipeline, builtin(), {});
        QVERIFY(result.issues.empty());
    }

    void connectionsThatAreToldArePromisedToHear() {
        const auto promiseOf = [](const Json& to) {
            Json params = paramsOf("v > 2");
            params["to"] = to;
            const BoundForTest bound = bindNode(alerts(), params, {{sampleStream()}});
            return bound.node ? bound.node->guarantee.promise : Guarantee::Promise::ExactlyOnce;
        };
        QCOMPARE(promiseOf(Json::array({"panel", "desktop"})), Guarantee::Promise::None);
        QCOMPARE(promiseOf(Json::array({"panel", "ops-hook"})), Guarantee::Promise::AtLeastOnce);
    }
};

QTEST_APPLESS_MAIN(TestAlert)
#include "test_alert.moc"
