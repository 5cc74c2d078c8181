// Random small cases of aggregates over the rows before each row: the same as recomputing every frame, at any
// batch size and interleaving of wires, stopped at any barrier and resumed by any number of instances.
#include <QtTest/QtTest>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_group.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

/// Rows of a window's case, with frames of its own: n rows or milliseconds, or none.
struct OverCase {
    explicit OverCase(std::uint64_t seed) : rows(WindowKind::Tumble, seed) {
        ofRows = rows.chance(50);
        partitioned = rows.chance(70);
        if (rows.chance(80)) preceding = static_cast<std::int64_t>(rows.pick(0, 6));
        batchRows = rows.pick(1, 5);
    }

    std::string frame() const {
        const std::string unit = ofRows ? "ROWS " : "RANGE ";
        if (!preceding) return unit + "UNBOUNDED PRECEDING";
        return unit + (ofRows ? std::to_string(*preceding) : "'" + std::to_string(*preceding) + "ms'") +
               " PRECEDING";
    }
    Json params() const {
        Json out = {
            {"frame", frame()},
            {"aggregates",
             {"COUNT(*) AS n", "COUNT(NULLIF(v % 5, 0)) AS c", "SUM(v) AS s", "MIN(v) AS lo", "MAX(v) AS hi",
              "AVG(v) AS a", "FIRST_VALUE(NULLIF(v % 5, 0)) AS f", "LAST_VALUE(NULLIF(v % 5, 0)) AS l",
              "LISTAGG(CAST(v AS STRING)) AS list", "COUNT(DISTINCT v % 5) AS dv",
              "SUM(v) FILTER (WHERE v > 50) AS fs", "COUNT(*) FILTER (WHERE v > 50) AS fc",
              "PERCENTILE(v, 0.5) AS p", "MAX(ts) AS newest"}}};
        if (partitioned) out["partition_by"] = Json::array({"k"});
        return out;
    }

    WindowCase rows;
    bool ofRows = false, partitioned = false;
    std::optional<std::int64_t> preceding{};
    std::size_t batchRows = 1;
};

std::string textOf(const Value& value, TypeId type) {
    return isNull(value) ? "∅" : toText(value, Type::of(type));
}

std::string inputText(const ModelRow& row) {
    return textOf(row.time, TypeId::Timestamp) + "|" + row.key + "|" + std::to_string(row.value);
}

/// The middle of the values, or halfway between the two that are.
double median(std::vector<int> values) {
    std::sort(values.begin(), values.end());
    const std::size_t upper = values.size() / 2, lower = (values.size() - 1) / 2;
    return (values[lower] + values[upper]) / 2.0;
}

/// The aggregates of the case over these rows, in this order.
std::string aggregated(const std::vector<ModelRow>& frame) {
    std::vector<int> all, nonzero, large;
    std::set<int> different;
    std::string list;
    Instant newest = kMinTimestamp;
    for (const ModelRow& row : frame) {
        all.push_back(row.value);
        if (row.value % 5 != 0) nonzero.push_back(row.value % 5);
        if (row.value > 50) large.push_back(row.value);
        different.insert(row.value % 5);
        list += (list.empty() ? "" : ",") + std::to_string(row.value);
        newest = std::max(newest, row.time);
    }
    const auto sum = [](const std::vector<int>& values) {
        return std::accumulate(values.begin(), values.end(), std::int64_t{0});
    };
    const auto number = [](std::size_t count) { return std::to_string(count); };
    const auto orNull = [](bool there, std::int64_t value) {
        return there ? std::to_string(value) : std::string("∅");
    };
    const double mean = static_cast<double>(sum(all)) / static_cast<double>(all.size());
    const Lines cells{number(all.size()),
                      number(nonzero.size()),
                      std::to_string(sum(all)),
                      std::to_string(*std::min_element(all.begin(), all.end())),
                      std::to_string(*std::max_element(all.begin(), all.end())),
                      textOf(mean, TypeId::Double),
                      orNull(!nonzero.empty(), nonzero.empty() ? 0 : nonzero.front()),
                      orNull(!nonzero.empty(), nonzero.empty() ? 0 : nonzero.back()),
                      list,
                      number(different.size()),
                      orNull(!large.empty(), sum(large)),
                      number(large.size()),
                      textOf(median(all), TypeId::Double),
                      textOf(newest, TypeId::Timestamp)};
    std::string line;
    for (const std::string& cell : cells) line += "|" + cell;
    return line;
}

/// Straight from the rules: without those that are late, by event time, wire and position, each with its
/// frame.
ModelResult expected(const OverCase& tried) {
    ModelResult result;
    std::map<std::string, std::vector<ModelRow>> partitions;
    for (const ModelRow& row : tried.rows.rows()) {
        if (row.time <= row.stamp) {
            result.late.push_back(inputText(row) + "|" + std::to_string(row.stamp - row.time) + "|∅");
        } else {
            partitions[tried.partitioned ? row.key : std::string()].push_back(row);
        }
    }
    for (auto& [key, rows] : partitions) {
        std::sort(rows.begin(), rows.end(), [](const ModelRow& a, const ModelRow& b) {
            return std::tie(a.time, a.wire, a.position) < std::tie(b.time, b.wire, b.position);
        });
        for (std::size_t at = 0; at < rows.size(); ++at) {
            std::vector<ModelRow> frame;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const auto before = static_cast<std::int64_t>(at) - static_cast<std::int64_t>(i);
                const std::int64_t far = tried.ofRows ? before : rows[at].time - rows[i].time;
                if (far >= 0 && (!tried.preceding || far <= *tried.preceding)) frame.push_back(rows[i]);
            }
            result.rows.push_back(inputText(rows[at]) + aggregated(frame));
        }
    }
    std::sort(result.rows.begin(), result.rows.end());
    std::sort(result.late.begin(), result.late.end());
    return result;
}

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("over_aggregate");
}

/// Whether nothing may be left when all rows have passed.
bool forgets(const OverCase& tried) {
    return tried.preceding && (!tried.ofRows || *tried.preceding == 0);
}

std::string said(const OverCase& tried, const std::string& wrong) {
    return wrong.empty() ? wrong : tried.params().dump() + "\n" + tried.rows.describe() + wrong;
}

/// The difference from the model, or an empty text. `resumed` grows by how often the operator had more to do.
std::string tryWhole(std::uint64_t seed, std::size_t& resumed) {
    OverCase tried(seed);
    const BoundForTest bound = bindNode(node(), tried.params(), {tried.rows.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    OperatorHarness harness(node(), *bound.bound,
                            contextFor(tried.rows.input(), tried.rows.wires(), tried.batchRows));
    tried.rows.feed([&](const Batch& batch) { harness.send(batch); },
                    [&](Instant watermark) { harness.advance(watermark); });
    harness.end();

    const ModelResult wanted = expected(tried);
    std::string wrong = difference("rows", wanted.rows, harness.table(0));
    wrong += difference("late", wanted.late, harness.table(1));
    for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
    if (harness.lateCount() != wanted.late.size()) wrong += "late rows are counted wrong\n";
    if (forgets(tried) && harness.tested().stateSize().keys != 0) wrong += "state is left at the end\n";
    resumed += harness.calls() - harness.sent();
    return said(tried, wrong);
}

std::string tryStopped(std::uint64_t seed) {
    OverCase tried(seed);
    const BoundForTest bound = bindNode(node(), tried.params(), {tried.rows.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const auto instances = [&] { return tried.partitioned ? static_cast<int>(tried.rows.pick(1, 5)) : 1; };
    OperatorGroup group(node(), *bound.bound,
                        contextFor(tried.rows.input(), tried.rows.wires(), tried.batchRows), instances());
    const auto restart = [&] {
        if (tried.rows.chance(20)) group.restart(instances(), tried.rows.pick(1, 5));
    };
    const auto then = [&](const auto& call) {
        return [&group, &restart, call](const auto& what) {
            call(group, what);
            restart();
        };
    };
    tried.rows.feed(then([](OperatorGroup& to, const Batch& batch) { to.send(batch); }),
                    then([](OperatorGroup& to, Instant watermark) { to.advance(watermark); }));
    group.end();

    const ModelResult wanted = expected(tried);
    std::string wrong = difference("rows", wanted.rows, group.table(0));
    wrong += difference("late", wanted.late, group.table(1));
    for (const std::string& breach : group.breaches()) wrong += breach + "\n";
    if (forgets(tried) && group.stateSize().keys != 0) wrong += "state is left at the end\n";
    return said(tried, wrong);
}

}  // namespace

class TestOverProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void asRecomputed() {
        std::size_t resumed = 0;
        const std::vector<std::uint32_t> seeds = seedsOf(suites::OverAggregates);
        for (const std::uint64_t seed : seeds) {
            const std::string wrong = tryWhole(seed, resumed);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(resumed > seeds.size() / 10, std::to_string(resumed).c_str());
    }
    void asNeverStopped() {
        for (const std::uint64_t seed : seedsOf(suites::OverAggregatesStopped)) {
            const std::string wrong = tryStopped(seed);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestOverProperty)
#include "test_over_property.moc"
