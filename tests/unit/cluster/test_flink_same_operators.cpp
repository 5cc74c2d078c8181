// Whether two plans of Flink have the same operators, with any expressions.
#include <QtTest/QtTest>

#include "core/cluster/plans/flink_same_operators.h"

using namespace rw;

namespace {

FlinkGraph chain(const std::vector<const char*>& types) {
    FlinkGraph out;
    for (const char* type : types) {
        FlinkOperator& added = out.operators.emplace_back();
        added.type = type;
        added.number = static_cast<int>(out.operators.size()) + 20;
        added.text = "what it computes";
        if (out.operators.size() > 1) added.inputs = {out.operators.size() - 2};
    }
    return out;
}

}  // namespace

class TestFlinkSameOperators : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatTheyComputeDoesNotCount() {
        const FlinkGraph a = chain({"TableSourceScan", "Calc", "Sink"});
        FlinkGraph b = a;
        b.operators[1].text = "other";
        b.operators[1].number = 99;
        QVERIFY(sameOperators(a, b));
    }

    void placesCount() {
        const FlinkGraph a = chain({"TableSourceScan", "Calc", "Sink"});
        QVERIFY(!sameOperators(a, chain({"TableSourceScan", "Sink"})));
        QVERIFY(!sameOperators(a, chain({"TableSourceScan", "Sink", "Calc"})));
        FlinkGraph wired = a;
        wired.operators[2].inputs = {0};
        QVERIFY(!sameOperators(a, wired));
    }
};

QTEST_GUILESS_MAIN(TestFlinkSameOperators)
#include "test_flink_same_operators.moc"
