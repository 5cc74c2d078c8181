// A new run on the source rows that made a row, with their stamps, gives it again; and without any other row
// it is still there. Over random pipelines.
#include <QtTest/QtTest>
#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "core/data/text.h"
#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/stream/rows/cell_compare.h"
#include "tests/support/random_cases.h"
#include "tests/unit/lineage/given_rows.h"
#include "tests/unit/lineage/random_pipeline.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

std::string literal(const Column& column, std::size_t row) {
    std::string text;
    appendCell(text, column, row);
    if (column.type().is(TypeId::String)) return "'" + text + "'";
    if (column.type().is(TypeId::Timestamp)) return "TIMESTAMP '" + text + "'";
    return text;
}

/// SQL that is true of that row.
std::string whereOf(const Batch& row) {
    std::string where;
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
        if (!where.empty()) where += " AND ";
        where += "`" + row.schema->fields[i].name + "`";
        where += row.columns[i]->isNull(0) ? " IS NULL" : " = " + literal(*row.columns[i], 0);
    }
    return where;
}

bool has(const GatheredRows& rows, const Batch& row) {
    return std::any_of(rows.rows.begin(), rows.rows.end(),
                       [&](const GatheredRow& each) { return sameRow(each.row.columns, 0, row.columns, 0); });
}

std::string textOf(const Pipeline& pipeline) {
    std::string text, sources;  // these last, for they are long
    for (const Node& node : pipeline.nodes)
        (node.type == "rows" ? sources : text) += node.id + " " + node.type + " " + node.params.dump() + "\n";
    for (const Wire& wire : pipeline.wires)
        text += wire.from.node + " -> " + wire.to.node + "." + wire.to.port + "\n";
    return text + sources;
}

void takeAll(std::map<NodeId, GivenSource>& sources) {
    for (auto& [id, source] : sources) {
        for (std::size_t row = 0; row < source.rows.rows; ++row)
            source.left.insert(static_cast<std::int64_t>(row));
    }
}

/// Whether a node that gives rows because others are not there gives some of `some` that it does not give of
/// `all`: what displaced them, or was their partner, is missing. A row that is made of what such a node gives
/// is explained by that, and not by what it keeps back.
bool rowsComeBack(const RandomCase& random, const std::map<NodeId, GivenSource>& some,
                  const std::map<NodeId, GivenSource>& all) {
    static const std::set<std::string> kKeepingBack{"sample",      "limit",         "top_n",
                                                    "deduplicate", "pattern",       "join",
                                                    "window_join", "interval_join", "temporal_join"};
    const bool ownWatermark = std::any_of(random.pipeline.nodes.begin(), random.pipeline.nodes.end(),
                                          [](const Node& node) { return node.type == "event_time"; });
    for (const Node& node : random.pipeline.nodes) {
        const std::string window = node.params.value("window", "");
        // Of sessions, one that was a part of a longer one.
        const bool keepsBack = kKeepingBack.contains(node.type) || window == "session";
        // An alert lasts until a row ends it: without those that came after it was raised another one may. A
        // watermark that a node makes of its rows is another one of fewer rows: one that was late is not then.
        const bool alsoLast = node.type == "alert" || (ownWatermark && !window.empty());
        if (!alsoLast && (node.id == random.last || !keepsBack)) continue;
        const auto now = rowsOf(random.pipeline, {node.id, "out"}, some);
        const auto before = rowsOf(random.pipeline, {node.id, "out"}, all);
        if (!now.ok() || !before.ok()) continue;
        for (const GatheredRow& each : now->rows) {
            if (!has(*before, each.row)) return true;
        }
    }
    return false;
}

/// One of the rows that a case gives, and a question about it.
struct PickedRow {
    std::string fault{};  ///< the case has not run
    PortRef port{};
    std::map<NodeId, GivenSource> all{};  ///< all rows of the sources
    std::optional<Batch> row{};           ///< nothing: it gives none
    LineageQuestion question{};           ///< which does not say yet which row
};

PickedRow picked(const RandomCase& random, std::mt19937& picks) {
    PickedRow out;
    PlanOptions options;
    options.parallelism = 1;
    options.validate.files = false;
    const Planned planned = makePlan(random.pipeline, kinds(), options);
    if (!planned.plan) {
        out.fault = "no plan";
        return out;
    }
    out.port = {random.last, "out"};
    out.all = random.sources;
    takeAll(out.all);
    const auto rows = rowsOf(random.pipeline, out.port, out.all);
    if (!rows.ok()) out.fault = english(rows.error());
    if (rows.ok() && !rows->rows.empty()) out.row = rows->rows[picks() % rows->rows.size()].row;
    out.question.plan = planned.plan;
    out.question.catalogue = &kinds();
    out.question.node = out.port.node;
    out.question.port = out.port.port;
    return out;
}

/// What is wrong; empty: nothing. `tried` counts rows that were asked about.
std::string faultOf(std::uint32_t seed, std::size_t& tried) {
    const RandomCase random = randomCase(seed);
    std::mt19937 picks(seed);
    PickedRow about = picked(random, picks);
    if (!about.row) return about.fault;
    const Batch& row = *about.row;
    const PortRef& port = about.port;
    const std::map<NodeId, GivenSource>& all = about.all;
    LineageQuestion& question = about.question;
    question.where = whereOf(row);
    question.rows = 100'000;
    const Result<Lineage> lineage = whyRow(question);
    if (!lineage.ok()) return "why: " + english(lineage.error()) + " " + question.where;
    if (!sameRow(lineage->row.columns, 0, row.columns, 0)) return "another row was explained";
    ++tried;

    std::map<NodeId, GivenSource> some = random.sources;
    for (const LineageStep& step : lineage->steps) {
        if (!step.source) continue;
        for (const LineageRow& each : step.rows) some[step.from.node].left.insert(each.row.positions.at(0));
    }
    const auto again = rowsOf(random.pipeline, port, some);
    if (!again.ok()) return english(again.error());
    if (!has(*again, row) && !rowsComeBack(random, some, all))
        return "its rows alone do not give it: " + question.where;

    // Any other row may go.
    std::vector<std::pair<NodeId, std::int64_t>> others;
    for (const auto& [id, source] : all) {
        for (const std::int64_t number : source.left) {
            if (!some[id].left.contains(number)) others.emplace_back(id, number);
        }
    }
    if (others.empty()) return {};
    const auto& [id, number] = others[picks() % others.size()];
    std::map<NodeId, GivenSource> fewer = all;
    fewer[id].left.erase(number);
    const auto without = rowsOf(random.pipeline, port, fewer);
    if (!without.ok()) return english(without.error());
    if (!has(*without, row) && !rowsComeBack(random, fewer, all))
        return "without row " + std::to_string(number) + " of " + id + " it is gone: " + question.where;
    return {};
}

/// The rows of a learning case that the row is made of, by what its answer says of them in words: its own,
/// and those that the model had learnt: all that came before it, of its key.
std::map<NodeId, GivenSource> learntBy(const RandomCase& random, const Batch& row, bool keyed) {
    const auto cell = [](const Batch& rows, const char* name, std::size_t at) {
        std::string text;
        appendCell(text, rows.column(*rows.schema->find(name)), at);
        return text;
    };
    const auto same = [&](const Batch& rows, const char* name, std::size_t at) {
        return cell(rows, name, at) == cell(row, name, 0);
    };
    std::map<NodeId, GivenSource> some = random.sources;
    for (auto& [id, source] : some) {
        // Of equal rows the last: those before it are given again, too.
        std::size_t end = source.rows.rows;
        while (end > 0 && !(same(source.rows, "k", end - 1) && same(source.rows, "v", end - 1) &&
                            same(source.rows, "ts", end - 1)))
            --end;
        for (std::size_t at = 0; at < end; ++at) {
            if (!keyed || same(source.rows, "k", at)) source.left.insert(static_cast<std::int64_t>(at));
        }
    }
    return some;
}

/// What is wrong with the answer about a row of a node that learns; empty: nothing.
std::string learningFaultOf(std::uint32_t seed, std::size_t& tried) {
    const RandomCase random = learningCase(seed);
    std::mt19937 picks(seed);
    PickedRow about = picked(random, picks);
    if (!about.row) return about.fault;
    const Batch& row = *about.row;
    about.question.row = row;
    const Result<Lineage> lineage = whyRow(about.question);
    if (!lineage.ok()) return "why: " + english(lineage.error());
    ++tried;
    std::size_t counted = 0;
    for (const LineageStep& step : lineage->steps) {
        counted += step.counted ? 1U : 0U;
        if (step.counted && !step.rows.empty()) return "what was learnt is listed";
        if (step.counted && step.count == 0) return "it learnt from its own row at least";
    }
    if (counted != 1) return "what was learnt is not counted";
    const bool keyed = !random.pipeline.find(random.last)->params["keys"].empty();
    const std::map<NodeId, GivenSource> some = learntBy(random, row, keyed);
    const auto again = rowsOf(random.pipeline, about.port, some);
    if (!again.ok()) return english(again.error());
    if (!has(*again, row)) return "the rows that it learnt from do not give it: " + rowText(row, 0);
    return {};
}

}  // namespace

class TestLineageProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theRowsThatMadeARowMakeItAgain() {
        std::size_t tried = 0;
        for (const std::uint32_t seed : seedsOf(suites::Lineage)) {
            const std::string fault = faultOf(seed, tried);
            const std::string told = "seed " + std::to_string(seed) + ": " + fault + "\n" +
                                     (fault.empty() ? "" : textOf(randomCase(seed).pipeline));
            QVERIFY2(fault.empty(), told.c_str());
        }
        QVERIFY(tried > 0);
    }

    /// The weaker one, for it is told which rows those are and not each of them.
    void theRowsThatAModelLearntFromMakeItsRowAgain() {
        std::size_t tried = 0;
        for (const std::uint32_t seed : seedsOf(suites::Lineage)) {
            const std::string fault = learningFaultOf(seed, tried);
            const std::string told = "seed " + std::to_string(seed) + ": " + fault + "\n" +
                                     (fault.empty() ? "" : textOf(learningCase(seed).pipeline));
            QVERIFY2(fault.empty(), told.c_str());
        }
        QVERIFY(tried > 0);
    }

    /// Rows and numbers from elsewhere have their part in what is tried.
    void tablesAndModelsAreAmongTheNodes() {
        std::set<std::string> types;
        for (std::uint32_t seed = 0; seed < 200; ++seed) {
            for (const Node& node : randomCase(seed).pipeline.nodes) types.insert(node.type);
        }
        QVERIFY(types.contains("lookup_join") && types.contains("score"));
    }
};

QTEST_APPLESS_MAIN(TestLineageProperty)
#include "test_lineage_property.moc"
