// Binding of group_aggregate: its output, the columns it reads, its state and refusals, with their words.
#include <QtTest/QtTest>

#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& grouping() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("group_aggregate");
}

BoundForTest boundTo(const Json& params, const StreamType& input = sampleStream()) {
    return bindNode(grouping(), params, {{input}});
}

QString columnsOf(const StreamType& stream) {
    QStringList columns;
    for (const Field& field : stream.schema->fields)
        columns << QString::fromStdString(field.name + " " + toString(field.type));
    return columns.join(QStringLiteral(", "));
}

const Json kCounts = {{"keys", {"k", "b"}}, {"aggregates", {"COUNT(*) AS n", "MAX(d) AS best"}}};

}  // namespace

class TestGroupAggregateNode : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void describesItsOutput() {
        const BoundForTest tried = boundTo(kCounts);
        QVERIFY2(tried.node, tried.said().c_str());
        QCOMPARE(tried.issues.size(), std::size_t{0});
        const StreamType& out = tried.node->outputs[0];
        QCOMPARE(columnsOf(out), QStringLiteral("k STRING, b BOOLEAN, n BIGINT, best DOUBLE"));
        QCOMPARE(out.key, (std::vector<int>{0, 1}));
        QVERIFY(out.updating && out.made && !out.windowed && !out.sourceOrder && !out.multiset);
        QCOMPARE(out.eventTime, -1);
        QVERIFY(tried.node->distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(tried.node->distribution.keys, (std::vector<std::vector<int>>{{0, 3}}));
        QCOMPARE(english(tried.node->summary), std::string("by k, b · COUNT(*), MAX(d)"));
        QVERIFY(!tried.node->readsStamps && !tried.node->keepsKeys.empty());
    }

    void oneRowWithoutKeys() {
        const BoundForTest tried = boundTo({{"aggregates", {"COUNT(*) AS n"}}});
        QVERIFY2(tried.node, tried.said().c_str());
        QCOMPARE(tried.node->outputs[0].key, std::vector<int>{});
        QVERIFY(tried.node->distribution.kind == Distribution::Kind::Single);
        QCOMPARE(english(tried.node->summary), std::string("all rows · COUNT(*)"));
        QVERIFY(tried.node->keepsKeys.empty());
    }

    void readsKeysAndArguments() {
        const BoundForTest tried =
            boundTo({{"keys", {"k"}}, {"aggregates", {"SUM(v) FILTER (WHERE b) AS s"}}});
        const ColumnSet none(2, false);
        const auto read = tried.node->reads({none, ColumnSet(4, false)}, {sampleStream()});
        QCOMPARE(read.front(), (ColumnSet{true, true, false, true, false}));
        const BoundForTest first = boundTo({{"keys", {"k"}}, {"aggregates", {"FIRST_VALUE(v) AS f"}}});
        const auto ofFirst = first.node->reads({none, ColumnSet(3, false)}, {sampleStream()});
        QCOMPARE(ofFirst.front(), (ColumnSet{true, true, false, false, true}));  // with its event time
    }

    void keysThatAreForgotten() {
        Json params = kCounts;
        params["state_ttl"] = "1h";
        const BoundForTest tried = boundTo(params);
        QVERIFY2(tried.node, tried.said().c_str());
        QVERIFY(tried.node->readsStamps && tried.node->keepsKeys.empty());
        QVERIFY(english(tried.node->state).ends_with("come for 1h"));
    }

    void takesChangingRowsAndRowsWithoutTime() {
        StreamType changing = sampleStream();
        changing.updating = changing.made = true;
        changing.key = {1};
        StreamType timeless = sampleStream();
        timeless.eventTime = -1;
        for (const StreamType& input : {changing, timeless}) {
            const BoundForTest tried = boundTo(kCounts, input);
            QVERIFY2(tried.node, tried.said().c_str());
        }
    }

    void aResultNameThatIsTaken() {
        const BoundForTest tried = boundTo({{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS k"}}});
        QVERIFY(tried.node && tried.issues.size() == 1);
        QCOMPARE(columnsOf(tried.node->outputs[0]), QStringLiteral("k STRING, k0 BIGINT"));
    }

    void whatIsRefused_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* params, const char* said) {
            QTest::newRow(name) << params << QString::fromUtf8(said);
        };
        row("an unknown key", R"({"keys":["kk"],"aggregates":["COUNT(*) AS n"]})",
            "There is no column “kk”.");
        row("a key twice", R"({"keys":["k","b","k"],"aggregates":["COUNT(*) AS n"]})",
            "“k” stands twice among the keys.");
        row("nothing to compute", R"({"keys":["k"],"aggregates":[]})", "There is nothing to compute.");
    }
    void whatIsRefused() {
        QFETCH(QString, params);
        QFETCH(QString, said);
        const BoundForTest tried = boundTo(Json::parse(params.toStdString()));
        QVERIFY(!tried.node);
        QVERIFY2(QString::fromStdString(tried.said()).contains(said), tried.said().c_str());
    }

    void theSecondOfTwoKeysIsTakenOut() {
        const BoundForTest tried = boundTo({{"keys", {"k", "b", "k"}}, {"aggregates", {"COUNT(*) AS n"}}});
        QCOMPARE(tried.issues.size(), std::size_t{1});
        QCOMPARE(tried.issues[0].item, 2);
        QVERIFY(tried.issues[0].quickFixes.front().value == Json::array({"k", "b"}));
    }

    void firstNeedsAnOrder() {
        StreamType several = sampleStream();  // of several sources
        several.eventTime = -1;
        const Json first = {{"aggregates", {"COUNT(*) AS n", "FIRST_VALUE(v) AS f"}}};
        const BoundForTest refused = boundTo(first, several);
        QVERIFY(!refused.node);
        QVERIFY2(refused.said().find("FIRST_VALUE goes by the order of rows") != std::string::npos,
                 refused.said().c_str());
        QCOMPARE(refused.issues.front().item, 1);
        StreamType timed = several, inOrder = several, changing = several, made = several;
        timed.eventTime = 4;
        inOrder.sourceOrder = true;
        changing.updating = changing.made = true;
        changing.key = {0};
        made.made = true;
        for (const StreamType& input : {timed, inOrder, changing, made}) {
            const BoundForTest tried = boundTo(first, input);
            QVERIFY2(tried.node, tried.said().c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestGroupAggregateNode)
#include "test_group_aggregate_node.moc"
