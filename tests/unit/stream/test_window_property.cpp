// Random small cases of every window kind (window_case.h): each must give the model's result, and keep the
// contract.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/random_cases.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The difference from the model, or an empty text. `resumed` grows by how often the operator had more to do.
/// `spills`: with all state in files that can be there.
std::string tryCase(WindowCase& tried, std::size_t& resumed, bool spills) {
    static const Catalogue kCatalogue = builtin();
    static const NodeKind& kNode = *kCatalogue.find("window_aggregate");
    const BoundForTest bound = bindNode(kNode, tried.params(), {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    const std::size_t batchRows = tried.pick(1, 5);
    MakeContext context = contextFor(tried.input(), tried.wires(), batchRows);
    if (spills) context = spilling(std::move(context), 1);
    OperatorHarness harness(kNode, *bound.bound, context);
    tried.feed([&](const Batch& batch) { harness.send(batch); },
               [&](Instant watermark) { harness.advance(watermark); });
    harness.end();

    const ModelResult expected = tried.expected();
    std::string wrong = difference("rows", expected.rows, harness.table(0));
    wrong += difference("late", expected.late, harness.table(1));
    for (const std::string& breach : harness.breaches()) wrong += breach + "\n";
    if (harness.lateCount() != expected.late.size()) wrong += "late rows are counted wrong\n";
    if (harness.tested().stateSize().keys != 0) wrong += "state is left at the end\n";
    resumed += harness.calls() - harness.sent();
    return wrong.empty() ? wrong : tried.describe() + wrong;
}

void tryCases(WindowKind kind, const Suite& suite, bool spills = false) {
    std::size_t resumed = 0;
    const std::vector<std::uint32_t> seeds = seedsOf(suite);
    for (const std::uint64_t seed : seeds) {
        WindowCase tried(kind, seed);
        const std::string wrong = tryCase(tried, resumed, spills);
        if (!wrong.empty()) {
            QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
    }
    QVERIFY2(resumed > seeds.size() / 4, std::to_string(resumed).c_str());
}

}  // namespace

class TestWindowProperty : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void tumble() { tryCases(WindowKind::Tumble, suites::Tumbles); }
    void hop() { tryCases(WindowKind::Hop, suites::Hops); }
    void cumulate() { tryCases(WindowKind::Cumulate, suites::Cumulates); }
    void session() { tryCases(WindowKind::Session, suites::Sessions); }
    void inFiles() {
        tryCases(WindowKind::Tumble, suites::TumbleAggregateStates, true);
        tryCases(WindowKind::Hop, suites::HopAggregateStates, true);
        tryCases(WindowKind::Cumulate, suites::CumulateAggregateStates, true);
        tryCases(WindowKind::Session, suites::SessionAggregateStates, true);
    }
};

QTEST_APPLESS_MAIN(TestWindowProperty)
#include "test_window_property.moc"
