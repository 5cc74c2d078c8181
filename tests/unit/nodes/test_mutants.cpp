// The contract test must be able to fail: of node types that break the contract it says how.
#include <QtTest>

#include "tests/support/asking_node.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/mutants.h"

using namespace rw;
using namespace rw::test;

class TestMutants : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void areFound_data() {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Mutant& mutant : mutants()) QTest::newRow(mutant.kind.type.c_str()) << index++;
    }
    void areFound() {
        QFETCH(int, index);
        const Mutant mutant = mutants()[static_cast<std::size_t>(index)];
        const std::string fault = contractFault(mutant.kind);
        const std::string why = "“" + fault + "” does not say “" + mutant.fault + "”";
        QVERIFY2(fault.find(mutant.fault) != std::string::npos, why.c_str());
        QVERIFY2(fault.starts_with(mutant.kind.type), why.c_str());
    }

    /// Their base classes are not at fault.
    void areTheOnlyOnes() {
        for (const NodeKind& kind : honestKinds()) {
            const std::string fault = contractFault(kind);
            QVERIFY2(fault.empty(), fault.c_str());
        }
    }

    /// No barrier waits for answers either, and rows that wait for them are bounded.
    void whoAsksOutsideKeepsTheContractOfThoseWhoHoldRows() {
        const std::string slow = pacedFault(askingKind(), {{"delay", 100'000'000}});
        QVERIFY2(slow.empty(), slow.c_str());
    }

    /// Whatever the world does: it fails and is asked again, or rows are given up; they keep their order or
    /// overtake each other.
    void whoAsksOutsideKeepsTheContractOfThoseWhoWait() {
        for (const bool unordered : {false, true}) {
            for (const bool givesUp : {false, true}) {
                const Json params{{"failures", givesUp ? 0 : 2},
                                  {"patience", 2'000},
                                  {"unordered", unordered},
                                  {"gives_up", givesUp}};
                const std::string fault = waitingFault(askingKind(), params);
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
    }

    void differencesAreShown() {
        QCOMPARE(firstDifference({"a", "b"}, {"a", "b"}), std::string());
        QCOMPARE(firstDifference({"a", "b"}, {"a", "c", "d"}),
                 std::string("line 2 of 2 is “b”, but “c” of 3"));
        QCOMPARE(firstDifference({"a"}, {}), std::string("line 1 of 1 is “a”, but nothing of 0"));
    }

    void crashesAreTold() {
        QCOMPARE(crashOf([] {}), std::string());
        QVERIFY(crashOf([] { std::abort(); }).starts_with("ended by signal"));
    }
};

QTEST_APPLESS_MAIN(TestMutants)
#include "test_mutants.moc"
