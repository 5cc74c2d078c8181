// Nodes that become a subflow: its ports, its variables, what is refused.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/grouping/group.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow_files.h"

using namespace rw;

namespace {

const std::string kPipeline = R"json({"rill":1,"variables":{"least":"2","other":"1"},"nodes":[
    {"id":"orders","type":"rows","params":{"columns":["city STRING","`the price` DOUBLE","ts TIMESTAMP(3)"],
     "rows":[["a",1.5,"2024-03-01 12:00:00"]],"event_time":"ts"}},
    {"id":"keep","type":"filter","title":"Keep","at":[200,40],"params":{"condition":"`the price` > ${least}"}},
    {"id":"all","type":"union","at":[400,0]},
    {"id":"more","type":"select","at":[400,80],"params":{"columns":["*"]}},
    {"id":"out","type":"table_view","at":[600,0]},
    {"id":"chart","type":"number_card","params":{"value":"the price"}}],
    "wires":[{"from":"orders","to":"keep"},{"from":"keep","to":"all"},{"from":"keep","to":"more"},
             {"from":"more","to":"all"},{"from":"all","to":"out"},{"from":"keep","to":"chart"}],
    "dashboard":{"cards":[{"node":"chart","at":[0,0],"size":[6,4]}]}})json";

}  // namespace

class TestGroup : public QObject {
    Q_OBJECT
    const Catalogue m_catalogue = builtin();
    Pipeline m_pipeline;
    Validated m_known;

    Result<Group> grouped(const std::vector<NodeId>& nodes, const std::string& file = "clean up.rill") {
        return group(m_pipeline, m_known, m_catalogue, nodes, file);
    }
    static QString refusal(const Result<Group>& made) {
        return made.ok() ? QString() : QString::fromStdString(english(made.error().message));
    }
    void load(const std::string& text) {
        auto loaded = loadPipeline(text);
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        m_pipeline = loaded->pipeline;
        m_known = validate(m_pipeline, m_catalogue, {.folder = {}, .variables = {}, .files = false});
    }

 private Q_SLOTS:
    void init() { load(kPipeline); }

    void oneWireOfAnOutputIsOnePort() {
        const auto made = grouped({"keep"});
        QVERIFY2(made.ok(), qPrintable(refusal(made)));
        QCOMPARE(made->inputs, std::vector<NodeId>{"in"});
        QCOMPARE(made->outputs, std::vector<NodeId>{"out"});
        const Node& in = *made->file.find("in");
        QCOMPARE(in.type, std::string("subflow_input"));
        QCOMPARE(in.params["columns"], Json({"city STRING", "`the price` DOUBLE", "ts TIMESTAMP(3)"}));
        QCOMPARE(in.params["event_time"], Json("ts"));
        QCOMPARE(made->subflow, NodeId("clean_up"));
        QCOMPARE(made->rest.wires.size(), std::size_t{6});
        QCOMPARE(made->rest.wires[3].from, (PortRef{"more", "out"}));
        QCOMPARE(made->rest.wires[1].from, (PortRef{"clean_up", "out"}));
    }

    void variablesComeAlong() {
        const auto made = grouped({"keep"});
        QCOMPARE(made->file.variables, (std::vector<Variable>{{"least", "2"}}));
        QCOMPARE(made->rest.find("clean_up")->params,
                 (Json{{kSubflowFile, "clean up.rill"}, {kSubflowValues, {{"least", "${least}"}}}}));
    }

    void severalPortsAreCalledByWhatTheyAre() {
        const auto made = grouped({"all", "out"});
        QVERIFY2(made.ok(), qPrintable(refusal(made)));
        QCOMPARE(made->inputs, (std::vector<NodeId>{"keep_in", "more_in"}));
        QVERIFY(made->outputs.empty());
        QCOMPARE(made->file.wires[0].to, (PortRef{"all", "in"}));
        QCOMPARE(made->file.wires[0].from.node, NodeId("keep_in"));  // in the order of the wires before
    }

    void aChartLeavesTheDashboard() {
        const auto made = grouped({"chart"});
        QCOMPARE(made->charts, 1);
        QVERIFY(made->rest.cards.empty() && made->rest.noCards);
    }

    void aWayThroughTheOutsideIsRefused() {
        const auto made = grouped({"keep", "all"});
        QVERIFY(refusal(made).contains(QStringLiteral("“more” is on the way")));
        QCOMPARE(made.error().node, std::string("more"));
        QVERIFY(grouped({"keep", "more", "all"}).ok());
    }

    void whatIsNotToBeMoved() {
        QVERIFY(!grouped({}).ok());
        QVERIFY(!grouped({"nobody"}).ok());
        load(R"json({"rill":1,"nodes":[{"id":"in","type":"subflow_input","params":{"columns":["a INT"]}},
             {"id":"keep","type":"filter","params":{"condition":"a > 1"}},{"id":"strange","type":"from_the_future"},
             {"id":"out","type":"subflow_output"}],
             "wires":[{"from":"in","to":"keep"},{"from":"keep","to":"out"}]})json");
        QVERIFY(refusal(grouped({"in", "keep"})).contains(QLatin1String("port of this file")));
        QVERIFY(refusal(grouped({"strange"})).contains(QLatin1String("does not know")));
        QVERIFY(grouped({"keep"}).ok());
    }

    void unknownColumnsAreRefused() {
        m_pipeline.find("keep")->params["condition"] = "nothing > 2";
        m_known = validate(m_pipeline, m_catalogue, {.folder = {}, .variables = {}, .files = false});
        const auto made = grouped({"more"});
        QVERIFY(refusal(made).contains(QStringLiteral("“Keep”")));
        QVERIFY(grouped({"keep", "more"}).ok());
    }

    void aNameThatIsTaken() {
        QCOMPARE(grouped({"keep"}, "more.rill")->subflow, NodeId("more_2"));
        QCOMPARE(grouped({"keep"}, "清洗.rill")->subflow, NodeId("subflow"));
    }
};

QTEST_APPLESS_MAIN(TestGroup)
#include "test_group.moc"
