// python, the node: what its parameters ask for, what its output is, and what the user agrees to before it
// runs.
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& pythonNode() {
    static const Catalogue kKinds = builtin();
    return *kKinds.find("python");
}

StreamType inOrder() {
    StreamType stream = sampleStream();
    stream.sourceOrder = true;
    return stream;
}

/// A virtual environment that is not there: binding looks at no file.
Json with(Json more) {
    Json params{{"code", "def process(row): return {}"},
                {"columns", {"k STRING", "ts TIMESTAMP(3)"}},
                {"venv", "/nowhere/venv"}};
    for (const auto& [name, value] : more.items()) params[name] = value;
    return params;
}

BoundForTest bound(const Json& more, const StreamType& stream = inOrder()) {
    return bindNode(pythonNode(), with(more), {{stream}});
}

std::string agreedTo(const Json& more) {
    const BoundForTest made = bound(more);
    return made.node && made.node->accesses.size() == 1 ? made.node->accesses.front().identity()
                                                        : made.said();
}

}  // namespace

class TestPython : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void otherCodeIsAnotherAccess() {
        const std::string one = agreedTo({});
        QVERIFY2(one.starts_with("xpython:/nowhere/venv/bin/python"), one.c_str());
        QCOMPARE(one, agreedTo({{"time_limit", "3s"}}));
        QVERIFY(one != agreedTo({{"code", "def process(row): return {} "}}));
        QVERIFY(one != agreedTo({{"venv", "/nowhere/other"}}));
        QVERIFY(one != agreedTo({{"network", true}}));
    }

    void theEventTimeStaysWhereItIsPassedOn() {
        QCOMPARE(bound({}).node->outputs[0].eventTime, 1);
        QCOMPARE(bound({{"columns", {"k STRING"}}}).node->outputs[0].eventTime, -1);
        QCOMPARE(bound({{"columns", {"k STRING", "ts STRING"}}}).node->outputs[0].eventTime, -1);
    }

    void howTheRowsAreSpread() {
        using Kind = Distribution::Kind;
        QCOMPARE(bound({}).node->distribution.kind, Kind::Stateless);
        QCOMPARE(bound({{"stateful", true}}).node->distribution.kind, Kind::Single);
        const BoundForTest keyed = bound({{"stateful", true}, {"keys", {"k"}}});
        QCOMPARE(keyed.node->distribution.kind, Kind::Keyed);
        QVERIFY(!keyed.node->outputs[0].sourceOrder);
    }

    void whatIsRefused_data() {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("said");
        QTest::newRow("no code") << R"({"code":""})"
                                 << "There is no code.";
        QTest::newRow("two codes") << R"({"file":"a.py"})"
                                   << "There is code, and a file with code.";
        QTest::newRow("keys alone") << R"({"keys":["k"]})"
                                    << "Keys are for functions with a state.";
        QTest::newRow("keys of batches") << R"({"keys":["k"],"stateful":true,"mode":"batches"})"
                                         << "A function with a state for each key is called for each row.";
        QTest::newRow("no such key") << R"({"keys":["kk"],"stateful":true})"
                                     << "kk";
    }
    void whatIsRefused() {
        QFETCH(QString, more);
        QFETCH(QString, said);
        const BoundForTest made = bound(Json::parse(more.toStdString()));
        QVERIFY(!made.node);
        QVERIFY2(made.said().find(said.toStdString()) != std::string::npos, made.said().c_str());
    }

    /// Event-time rules, 16.
    void aStateNeedsAnOrder() {
        StreamType stream = inOrder();
        stream.sourceOrder = false;
        QVERIFY(bound({}, stream).node);
        const BoundForTest made = bound({{"stateful", true}}, stream);
        QVERIFY(!made.node);
        const Issue& issue = made.issues.front();
        QVERIFY(!issue.quickFixes.empty() && issue.quickFixes.front().param == "sort");
    }
};

QTEST_APPLESS_MAIN(TestPython)
#include "test_python.moc"
