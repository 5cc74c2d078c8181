// kafka_source and kafka_sink: what they take and refuse while designing. That they read and write as a node
// must, the contract tests try by themselves.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "tests/support/pipeline_of.h"
#include "tests/unit/nodes/driver.h"

namespace rw {
NodeKind kafka_sourceKind();
NodeKind kafka_sinkKind();
}  // namespace rw

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& source() {
    static const NodeKind kKind = kafka_sourceKind();
    return kKind;
}
const NodeKind& sink() {
    static const NodeKind kKind = kafka_sinkKind();
    return kKind;
}

Json with(Json params, const Json& more) {
    params.update(more);
    return params;
}

Json reading(const Json& more = Json::object()) {
    return with({{"connection", "shop"}, {"topic", "orders"}, {"columns", {"id BIGINT", "ts TIMESTAMP(3)"}}},
                more);
}

Json writing(const Json& more = Json::object()) {
    return with({{"connection", "shop"}, {"topic", "totals"}}, more);
}

BoundForTest bindSource(const Json& params) {
    return bindNode(source(), params, {});
}

StreamType changing() {
    StreamType stream = sampleStream();
    stream.updating = true;
    stream.key = {0};
    return stream;
}

bool isSaid(const BoundForTest& bound, const char* words) {
    return !bound.node && bound.said().find(words) != std::string::npos;
}

}  // namespace

class TestKafkaNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theGuaranteeGoesByTheParameters() {
        using Promise = Guarantee::Promise;
        const Guarantee reads = bindSource(reading()).node->guarantee;
        QVERIFY(reads.promise == Promise::ExactlyOnce && reads.means == Guarantee::Means::Position);
        QVERIFY(inRun(reads, false).promise == Promise::AtLeastOnce);
        const Guarantee latest = bindSource(reading({{"start", "latest"}})).node->guarantee;
        QVERIFY(inRun(latest, false).promise == Promise::AtMostOnce);
        const Guarantee writes = bindNode(sink(), writing(), {{sampleStream()}}).node->guarantee;
        QVERIFY(writes.promise == Promise::ExactlyOnce && writes.means == Guarantee::Means::Transaction);
        QVERIFY(inRun(writes, false).promise == Promise::AtLeastOnce);
        const Guarantee often =
            bindNode(sink(), writing({{"delivery", "at_least_once"}}), {{sampleStream()}}).node->guarantee;
        QVERIFY(often.promise == Promise::AtLeastOnce);
        QVERIFY(english(guaranteeText(often)).find("Delivery") != std::string::npos);
    }

    void partitionsHaveAnOrderEach() {
        const BoundForTest bound = bindSource(reading());
        QVERIFY2(bound.node, bound.said().c_str());
        for (const StreamType& stream : bound.node->outputs) QVERIFY(!stream.sourceOrder);
        QVERIFY(bound.node->live);
        QVERIFY(source().param("topic")->subject && sink().param("topic")->subject);
    }

    void latestAsItsEndMakesItBounded() {
        const BoundForTest bound = bindSource(reading({{"end", "latest"}}));
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(!bound.node->live);
    }

    void partsOfAMessageAreColumns() {
        const BoundForTest bound =
            bindSource(reading({{"columns", {"id BIGINT", "k STRING FROM KEY", "at BIGINT FROM OFFSET"}}}));
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(bound.node->outputs.front().schema->size(), std::size_t{3});
    }

    void debeziumChanges() {
        const BoundForTest bound = bindSource(reading({{"format", "debezium"}, {"key", {"id"}}}));
        QVERIFY2(bound.node, bound.said().c_str());
        QVERIFY(bound.node->outputs.front().updating);
    }

    void wrongPositionsAreRefused() {
        QVERIFY(isSaid(bindSource(reading({{"start", "group"}})), "Which group"));
        QVERIFY(
            isSaid(bindSource(reading({{"start", "time"}, {"start_time", "soon"}})), "“soon” is no time"));
        QVERIFY(bindSource(reading({{"start", "time"}, {"start_time", "2024-03-01 12:00:00"}})).node);
        QVERIFY(bindSource(reading({{"start", "group"}, {"group", "shop"}})).node);
    }

    void wrongTopicsAreRefused() {
        QVERIFY(isSaid(bindSource(reading({{"topic", "two words"}})), "can't be the name"));
        QVERIFY(isSaid(bindSource(reading({{"topic", "/orders(/"}})), "no regular expression"));
        QVERIFY(bindSource(reading({{"topic", "/orders-.*/"}})).node);
        const BoundForTest pattern =
            bindNode(sink(), writing({{"topic", "/orders-.*/"}}), {{sampleStream()}});
        QVERIFY(isSaid(pattern, "can't be the name"));
    }

    void changingRowsAreWrittenByTheirKey() {
        const BoundForTest bound = bindNode(sink(), writing(), {{changing()}});
        QVERIFY2(bound.node, bound.said().c_str());
        StreamType nameless = changing();
        nameless.key.clear();
        nameless.multiset = true;
        QVERIFY(!bindNode(sink(), writing(), {{nameless}}).node);
        const BoundForTest debezium = bindNode(sink(), writing({{"format", "debezium"}}), {{nameless}});
        QVERIFY2(debezium.node, debezium.said().c_str());
    }

    /// The message of an old row would stay, or that of another row would go.
    void changingRowsAreNotWrittenByAnotherKey() {
        const auto bind = [](const Json& more, const StreamType& input) {
            return bindNode(sink(), writing(more), {{input}});
        };
        const Json other = sampleStream().schema->fields.at(1).name,
                   own = sampleStream().schema->fields[0].name;
        const BoundForTest refused = bind({{"key", Json::array({other})}}, changing());
        QVERIFY2(isSaid(refused, "change by another key"), refused.said().c_str());
        QCOMPARE(refused.issues.front().quickFixes.front().value, Json::array({own}));
        QVERIFY(isSaid(bind({{"key", Json::array({own, other})}}, changing()), "change by another key"));
        QVERIFY(bind({{"key", Json::array({own})}}, changing()).node);
        QVERIFY(bind({{"key", Json::array({other})}, {"format", "debezium"}}, changing()).node);
        QVERIFY(bind({{"key", Json::array({other})}}, sampleStream()).node);
        StreamType nameless = changing();
        nameless.key.clear();
        nameless.multiset = true;
        QVERIFY(isSaid(bind({{"key", Json::array({other})}}, nameless), "have no key"));
    }

    void changesOfARowStayInOnePartition() {
        const Json other = sampleStream().schema->fields.at(1).name,
                   own = sampleStream().schema->fields[0].name;
        const auto bind = [](const Json& by, const StreamType& input) {
            return bindNode(sink(), writing({{"partition_by", Json::array({by})}}), {{input}});
        };
        QVERIFY(isSaid(bind(other, changing()), "not in the key of the rows"));
        QVERIFY(bind(own, changing()).node);
        QVERIFY(bind(other, sampleStream()).node);
    }

    void onlyExactlyOnceDecides() {
        const BoundForTest once = bindNode(sink(), writing(), {{sampleStream()}});
        QVERIFY2(once.node, once.said().c_str());
        QCOMPARE(once.node->decidesWith, std::string("shop"));
        const BoundForTest least =
            bindNode(sink(), writing({{"delivery", "at_least_once"}}), {{sampleStream()}});
        QVERIFY2(least.node, least.said().c_str());
        QCOMPARE(least.node->decidesWith, std::string());
    }

    void checkpointsThatComeTooLateAreWarnedOf() {
        static const Catalogue kKinds = builtin();
        const auto warned = [](const char* every, const char* longest) {
            Pipeline pipeline;
            pipeline.settings.unknown["checkpoint_every"] = every;
            pipeline.nodes = {
                node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", Json::array({Json::array({1})})}}),
                node("a", "kafka_sink", writing({{"transaction_timeout", longest}}))};
            pipeline.wires = {wire("in", "a")};
            const Validated validated = validate(pipeline, kKinds, {});
            return std::any_of(validated.issues.begin(), validated.issues.end(), [](const Issue& issue) {
                return issue.severity == Severity::Warning && issue.node == "a" &&
                       issue.param == "transaction_timeout";
            });
        };
        QVERIFY(warned("30min", "15min"));
        QVERIFY(warned("15min", "15min"));
        QVERIFY(!warned("10s", "15min"));
    }

    /// They write in one transaction, which has one time.
    void sinksOfAConnectionWaitForTheSameTime() {
        static const Catalogue kKinds = builtin();
        const auto issuesOf = [](const char* delivery, const char* longest) {
            Pipeline pipeline;
            pipeline.nodes = {
                node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", Json::array({Json::array({1})})}}),
                node("a", "kafka_sink", writing()),
                node("b", "kafka_sink", writing({{"delivery", delivery}, {"transaction_timeout", longest}}))};
            pipeline.wires = {wire("in", "a"), wire("in", "b")};
            std::vector<Issue> errors;
            for (const Issue& issue : validate(pipeline, kKinds, {}).issues) {
                if (issue.severity == Severity::Error) errors.push_back(issue);
            }
            return errors;
        };
        QVERIFY(issuesOf("exactly_once", "15min").empty());
        QVERIFY(issuesOf("at_least_once", "1min").empty());
        const std::vector<Issue> errors = issuesOf("exactly_once", "1min");
        QCOMPARE(errors.size(), std::size_t{1});
        QCOMPARE(errors.front().node, std::string("b"));
        QCOMPARE(errors.front().param, std::string("transaction_timeout"));
        QCOMPARE(errors.front().quickFixes.size(), std::size_t{1});
        QCOMPARE(errors.front().quickFixes.front().value, Json("15min"));
    }

    void aSecondConnectionThatDecidesIsRefused_data() {
        QTest::addColumn<QString>("connection");
        QTest::addColumn<QString>("delivery");
        QTest::addColumn<bool>("refused");
        QTest::newRow("the same connection") << "shop"
                                             << "exactly_once" << false;
        QTest::newRow("another one") << "bank"
                                     << "exactly_once" << true;
        QTest::newRow("another one, at least once") << "bank"
                                                    << "at_least_once" << false;
    }
    void aSecondConnectionThatDecidesIsRefused() {
        QFETCH(const QString, connection);
        QFETCH(const QString, delivery);
        QFETCH(const bool, refused);
        static const Catalogue kKinds = builtin();
        Pipeline pipeline;
        pipeline.nodes = {
            node("in", "rows", {{"columns", {"n BIGINT"}}, {"rows", Json::array({Json::array({1})})}}),
            node("a", "kafka_sink", writing()),
            node("b", "kafka_sink",
                 writing({{"connection", connection.toStdString()}, {"delivery", delivery.toStdString()}}))};
        pipeline.wires = {wire("in", "a"), wire("in", "b")};
        const Validated validated = validate(pipeline, kKinds, {});
        std::vector<Issue> errors;
        for (const Issue& issue : validated.issues) {
            if (issue.severity == Severity::Error) errors.push_back(issue);
        }
        QCOMPARE(errors.size(), std::size_t(refused ? 1 : 0));
        if (!refused) return;
        const Issue& issue = errors.front();
        QCOMPARE(issue.node, std::string("b"));
        QCOMPARE(issue.param, std::string("delivery"));
        QCOMPARE(issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(issue.quickFixes.front().value, Json("at_least_once"));
    }
};

QTEST_APPLESS_MAIN(TestKafkaNodes)
#include "test_kafka_nodes.moc"
