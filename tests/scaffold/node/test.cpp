// @type@: what it gives and refuses. That it does so at every batch size, and after every restart, the contract
// tests try by themselves.
#include <QtTest>

#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

class Test@Name@ : public QObject {
    Q_OBJECT

    const Catalogue m_kinds = builtin();

 private Q_SLOTS:
    void keepsRowsThatHaveAValue() {
        StreamType stream;
        stream.schema = std::make_shared<const Schema>(Schema{{{"a", Type::of(TypeId::Int)}}});
        const NodeKind& kind = *m_kinds.find("@type@");
        const BoundForTest bound = bindNode(kind, {{"column", "a"}}, {{stream}});
        QVERIFY2(bound.node, bound.said().c_str());
        const Driven driven = drive(kind, bound.node, {stream}, batches(stream, {{1}, {Value{}}, {3}}, 2));
        QCOMPARE(driven.ports[0].rows, (std::vector<std::string>{"+I a=1", "+I a=3"}));
    }

    void refusesAColumnThatIsNotThere() {
        const BoundForTest bound = bindNode(*m_kinds.find("@type@"), {{"column", "none"}}, {{sampleStream()}});
        QVERIFY(!bound.node);
        QVERIFY2(bound.said().find("“none”") != std::string::npos, bound.said().c_str());
    }
};

QTEST_APPLESS_MAIN(Test@Name@)
#include "test_@type@.moc"
