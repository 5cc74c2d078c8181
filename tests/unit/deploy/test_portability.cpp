// The tables for help and programs on other engines: both tables have every type of node, and every row says
// why where it is not exact.
#include <QtTest/QtTest>
#include <map>

#include "core/deploy/portability.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The missing part of one side of a row; empty: none.
std::string missingIn(const Portability& there) {
    if (there.verdict != Verdict::Exact && there.what.empty()) return "has no reason";
    for (const Text* text : {&there.what, &there.condition, &there.fix}) {
        // Nothing fills the places of arguments here.
        if (std::string_view(text->key).find("%1") != std::string_view::npos && text->args.empty())
            return std::string("has an argument without a value: ") + text->key;
    }
    return {};
}

void checkRows(const std::vector<PortabilityRow>& rows) {
    QVERIFY(!rows.empty());
    for (const PortabilityRow& row : rows) {
        for (const Engine engine : kEngines) {
            const std::string missing = missingIn(row.on(engine));
            const std::string place = row.name + " on " + std::string(engineName(engine)) + " ";
            QVERIFY2(missing.empty(), (place + missing).c_str());
        }
    }
}

}  // namespace

class TestPortability : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyTypeOfNodeHasARow() {
        std::map<std::string, int> rows;
        for (const PortabilityRow& row : nodePortability(kinds())) ++rows[row.name];
        for (const NodeKind& kind : kinds().kinds()) QVERIFY2(rows[kind.type] == 1, kind.type.c_str());
        QCOMPARE(rows.size(), kinds().kinds().size());
    }

    void everyRowSaysWhy() {
        checkRows(nodePortability(kinds()));
        checkRows(functionPortability());
        checkRows(aggregatePortability());
    }

    void aRefusedNodeHasAWayOut() {
        for (const PortabilityRow& row : nodePortability(kinds())) {
            for (const Portability& there : row.there)
                QVERIFY2(there.verdict != Verdict::Refused || !there.fix.empty(), row.name.c_str());
        }
    }

    void aRowIsUnreservedWhereNothingIsToBeSaid() {
        Portability there;
        QVERIFY(!there.unreserved());
        there.verdict = Verdict::Exact;
        QVERIFY(there.unreserved());
        there.condition = RW_TEXT("deploy", "no row is late");
        QVERIFY(!there.unreserved());
    }
};

QTEST_APPLESS_MAIN(TestPortability)
#include "test_portability.moc"
