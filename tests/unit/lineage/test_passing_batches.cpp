// What a node says of a whole batch that it passes on is what it says of each row alone; and an answer about
// many rows is the one that each of them gives.
#include <QtTest/QtTest>
#include <set>

#include "core/lineage/lineage.h"
#include "core/lineage/row_conditions.h"
#include "core/nodes/catalogue.h"
#include "core/stream/lineage/contributors.h"
#include "core/stream/rows/cell_compare.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/sample_rows.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

/// Where a node differs from itself, asked of a batch and of its rows; empty: it does not. `told`: batches
/// that it told of.
std::string fault(const BoundNode& bound, int port, const std::vector<Batch>& all, std::size_t& told) {
    const auto* const node = dynamic_cast<const TellsContributors*>(&bound);
    if (!node) return {};
    for (const Batch& rows : all) {
        if (rows.rows == 0) continue;
        const std::optional<Passing> passing = node->passing(0, port, rows, {});
        if (!passing) continue;
        ++told;
        if (passing->becomes.rows != rows.rows) return "other rows";
        for (std::size_t row = 0; row < rows.rows; ++row) {
            const std::optional<Passage> alone = node->passage(0, port, rows.slice(row, 1), {});
            if (!alone) return "it tells of batches, and not of rows";
            const bool passes = passing->passes.empty() || passing->passes[row] != 0;
            if (passes != alone->passes) return "row " + std::to_string(row) + " passes otherwise";
            if (!sameRow(passing->becomes.columns, row, alone->becomes.columns, 0))
                return "row " + std::to_string(row) + " becomes another";
        }
    }
    return {};
}

/// Takes rows whose number is even, and tells of the others that they came too late.
class EvenNumbers final : public RowPredicate {
 public:
    RowPart of(const Batch& rows, std::size_t row) const override {
        if (rows.column(0).at<std::int64_t>(row) % 2 == 0) return {RowPart::Kind::Took};
        return {RowPart::Kind::Late, 7};
    }
};

}  // namespace

class TestPassingBatches : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void nodesSayTheSameOfBatchesAndOfRows() {
        StreamType stream = sampleStream();
        stream.sourceOrder = true;
        const std::vector<Batch> rows = batches(stream, sampleRows(200, 5), 64);
        std::set<std::string> telling;
        for (const NodeKind& general : kinds().kinds()) {
            if (general.subflow == SubflowRole::Whole || general.inside) continue;
            for (const Json& params : variants(general)) {
                const NodeKind& kind = withPorts(general, params);
                if (kind.inputs.size() != 1 || kind.outputs.empty()) continue;
                const BoundNodeRef bound = bindNode(kind, params, inputsOf(kind, stream)).node;
                if (!bound) continue;
                for (std::size_t port = 0; port < kind.outputs.size(); ++port) {
                    std::size_t told = 0;
                    const std::string wrong = fault(*bound, static_cast<int>(port), rows, told);
                    QVERIFY2(wrong.empty(), (kind.type + " " + params.dump() + ": " + wrong).c_str());
                    if (told > 0) telling.insert(kind.type);
                }
            }
        }
        for (const char* type : {"filter", "select", "limit", "throttle", "sample", "event_time"})
            QVERIFY2(telling.contains(type), type);
    }

    void conditionsTakeTheSameOfBatchesAndOfRows() {
        ColumnBuilder numbers(Type::of(TypeId::Bigint));
        for (std::int64_t i = 0; i < 100; ++i) numbers.append(i);
        Batch rows;
        rows.schema = std::make_shared<const Schema>(Schema{{{"v", Type::of(TypeId::Bigint)}}});
        rows.columns = {numbers.finish()};
        rows.rows = 100;
        StreamType stream;
        stream.schema = rows.schema;
        const Catalogue& all = kinds();
        const NodeKind& filter = *all.find("filter");
        const BoundNodeRef bound =
            bindNode(filter, Json{{"condition", "v > 30 AND v < 60"}}, {{stream}}).node;
        QVERIFY(bound);
        const PassedCondition::Through through{dynamic_cast<const TellsContributors*>(bound.get()), 0, 0, {}};
        QVERIFY(through.node != nullptr);
        const auto even = std::make_shared<EvenNumbers>();
        const auto passed = std::make_shared<PassedCondition>(through, even);
        const auto left = std::make_shared<LeftOutCondition>(through, even);
        const std::vector<RowPredicateRef> some{
            passed, left, std::make_shared<AnyCondition>(std::vector<RowPredicateRef>{left, passed})};
        for (const RowPredicateRef& condition : some) {
            std::vector<RowPart> parts(rows.rows);
            std::size_t before = 0, told = 0;
            condition->each(rows, [&](std::size_t row, const RowPart& part) {
                QVERIFY(told++ == 0 || row > before);
                before = row;
                parts[row] = part;
            });
            QVERIFY(told > 0);
            for (std::size_t row = 0; row < rows.rows; ++row) {
                const RowPart alone = condition->of(rows, row);
                QVERIFY2(parts[row].kind == alone.kind && parts[row].lateBy == alone.lateBy,
                         std::to_string(row).c_str());
            }
        }
        // 31 to 59 pass: what is left out is 71 others.
        std::size_t count = 0;
        left->each(rows, [&count](std::size_t, const RowPart&) { ++count; });
        QCOMPARE(count, std::size_t{71});
    }

    // Through a filter and a projection, to the last row.
    void ofAMillionRowsTheFilteredOnesAreCounted() {
        Pipeline pipeline;
        const auto add = [&pipeline](const char* id, const char* type, Json params) {
            Node node;
            node.id = id;
            node.type = type;
            node.params = std::move(params);
            if (!pipeline.nodes.empty())
                pipeline.wires.push_back({{pipeline.nodes.back().id, "out"}, {id, "in"}, Json::object()});
            pipeline.nodes.push_back(std::move(node));
        };
        add("made", "generator",
            Json{{"rate", 0}, {"rows", 1'000'000}, {"columns", Json::array({"n BIGINT = i"})}});
        add("few", "filter", Json{{"condition", "n < 0"}});
        add("more", "select", Json{{"columns", Json::array({"n", "MOD(n, 4) AS part"})}});
        add("seen", "table_view", Json::object());
        PlanOptions options;
        options.parallelism = 1;
        const Planned planned = makePlan(pipeline, kinds(), options);
        QVERIFY(planned.plan);
        LineageQuestion question;
        question.plan = planned.plan;
        question.catalogue = &kinds();
        question.node = "more";
        question.where = "part = 3";
        const Result<MissingAnswer> answer = whyNoRow(question);
        QVERIFY2(answer.ok(), answer.ok() ? "" : english(answer.error()).c_str());
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY(answer->ends.front().fate == MissingEnd::Fate::Filtered);
        QCOMPARE(answer->ends.front().count, std::uint64_t{250'000});
    }
};

QTEST_APPLESS_MAIN(TestPassingBatches)
#include "test_passing_batches.moc"
