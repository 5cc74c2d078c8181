// A look over a tape that has let go of its beginning gives what the run gave behind the barrier that the
// tape begins at. Over random pipelines.
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "core/data/text.h"
#include "core/lineage/gather.h"
#include "core/nodes/catalogue.h"
#include "core/tape/rolling/rolling_tape.h"
#include "tests/support/random_cases.h"
#include "tests/unit/lineage/given_rows.h"
#include "tests/unit/lineage/random_pipeline.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kEnough = 1'000'000;

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

std::vector<std::string> textsOf(const GatheredRows& rows) {
    std::vector<std::string> texts;
    for (const GatheredRow& each : rows.rows) {
        std::string text;
        for (const ColumnRef& column : each.row.columns) {
            appendCell(text, *column, 0);
            text += '|';
        }
        texts.push_back(std::move(text));
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

struct Tried {
    std::size_t rolled = 0, withState = 0, rows = 0;
};

/// What is wrong; empty: nothing.
std::string faultOf(std::uint32_t seed, const std::string& folder, Tried& tried) {
    RandomCase random = randomCase(seed);
    for (auto& [id, source] : random.sources) {
        for (std::size_t row = 0; row < source.rows.rows; ++row)
            source.left.insert(static_cast<std::int64_t>(row));
    }
    PlanOptions planning;
    planning.parallelism = 1;
    planning.validate.files = false;
    planning.pruneColumns = false;
    const Planned planned = makePlan(random.pipeline, kinds(), planning);
    if (!planned.plan) return "no plan";
    RollingTapeOptions keeping;
    keeping.parent = folder;
    keeping.limits.millis = 0;  // each beginning lets go of the one before
    const auto kept = std::make_shared<RollingTape>(keeping);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.replay = std::make_shared<GivenPlayer>(random.sources);
    options.record = kept;
    options.snapshotAtStep = 1 + std::mt19937(seed)() % 60;
    Result<std::unique_ptr<Run>> run = Run::start(planned.plan, options);
    if (!run.ok()) return english(run.error());
    const Result<StateSnapshot> barrier = (*run)->awaitSnapshot();
    (*run)->wait();
    if (!(*run)->status().ok()) return english((*run)->status().error());
    if (!barrier.ok()) return {};  // it ended before
    const Result<TapeFileRef> tape = kept->tape();
    if (!tape.ok()) return "no tape: " + english(tape.error());
    if (!(*tape)->from()) return {};  // the run was over before its state was there
    ++tried.rolled;
    for (const auto& [id, states] : (*tape)->from()->states) {
        const bool source = random.sources.contains(id.node);
        if (!source && !states.empty() && states.front().size() > 40) ++tried.withState;
    }
    const PortRef port{random.last, "out"};
    RunOptions resumed;
    resumed.restore = std::make_shared<const StateSnapshot>(*barrier);
    const auto expected = rowsOf(random.pipeline, port, random.sources, resumed);
    if (!expected.ok()) return "resumed: " + english(expected.error());

    LineageQuestion question;
    question.plan = planned.plan;
    question.catalogue = &kinds();
    question.node = random.last;
    question.tape = *tape;
    const Upstream upstream(*planned.plan);
    const auto gatherer = Gatherer::make(question, upstream);
    if (!gatherer.ok()) return english(gatherer.error());
    WantedRows wanted{port, allRows()};
    wanted.rows = kEnough;
    wanted.bytes = std::size_t{1} << 30;
    const auto found = (*gatherer)->gather({wanted});
    if (!found.ok()) return "look: " + english(found.error());
    tried.rows += expected->rows.size();
    const std::vector<std::string> now = textsOf(found->front()), then = textsOf(*expected);
    if (now != then) return std::to_string(now.size()) + " rows in place of " + std::to_string(then.size());
    if ((*gatherer)->notes().size() != 1) return "it does not say since when";
    return {};
}

}  // namespace

class TestRolledTape : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aLookGivesTheRestOfTheRun() {
        QTemporaryDir folder;
        Tried tried;
        for (const std::uint32_t seed : seedsOf(suites::Lineage)) {
            const std::string fault = faultOf(seed, folder.path().toStdString(), tried);
            const std::string told = "seed " + std::to_string(seed) + ": " + fault;
            QVERIFY2(fault.empty(), told.c_str());
        }
        qInfo("%zu rolled, %zu nodes with state, %zu rows", tried.rolled, tried.withState, tried.rows);
        QVERIFY(tried.rolled > 20 && tried.withState > 0 && tried.rows > 0);
        // Each tape took its folder with it.
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestRolledTape)
#include "test_rolled_tape.moc"
