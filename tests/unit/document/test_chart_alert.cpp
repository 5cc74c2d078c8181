// An alert made of a chart's threshold: its condition, its keys and its place, in one undo step.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/editing/chart_alert.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Json kLoads = {{"columns", {"core INT", "load DOUBLE", "`wait time` DOUBLE", "ts TIMESTAMP"}},
                     {"rows", {{1, 0.5, 2.5, "2024-03-01 12:00:00"}}},
                     {"event_time", "ts"}};
const Json kMean = {
    {"window", "tumble"}, {"size", "5s"}, {"keys", {"core"}}, {"aggregates", {"AVG(load) AS mean"}}};

}  // namespace

class TestChartAlert : public QObject {
    Q_OBJECT
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    NodeId m_rows;

    NodeId chart(const char* type, Json params, const PortRef& from) {
        const NodeId made = m_document->addNodeBehind(
            {type, std::move(params), QStringLiteral("Load over time")}, {300, 0}, from);
        [&] { QTRY_VERIFY(m_document->isValidated()); }();
        return made;
    }
    AlertOffer offer(const NodeId& node) const { return alertOffer(*m_document, node); }
    Json params(const NodeId& node) const { return m_document->node(node)->params; }
    bool isWired(const PortRef& from, const NodeId& to) const {
        const auto& wires = m_document->pipeline().wires;
        return std::any_of(wires.begin(), wires.end(),
                           [&](const Wire& wire) { return wire.from == from && wire.to.node == to; });
    }
    int errors() {
        [&] { QTRY_VERIFY(m_document->isValidated()); }();
        int count = 0;
        for (const Issue& issue : m_document->issues()) {
            if (issue.severity != Severity::Error) continue;
            ++count;
            qWarning("%s", english(issue).c_str());
        }
        return count;
    }

 private Q_SLOTS:
    void init() {
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        m_rows = m_document->addNode({"rows", kLoads}, {});
    }
    void cleanup() { m_document.reset(); }

    void oneIsOfferedWithAThreshold() {
        QCOMPARE(offer("nothing").kind, AlertOffer::Kind::None);
        const NodeId line = chart("line_chart", {{"y", {"load"}}}, {m_rows, "out"});
        QCOMPARE(offer(line).kind, AlertOffer::Kind::None);
        QVERIFY(offer(line).words().isEmpty());
        QVERIFY(makeAlert(*m_document, line).empty());
        m_document->setParam(line, "threshold", 0.8);
        m_document->setParam(line, "unit", "%");
        QTRY_COMPARE(offer(line).kind, AlertOffer::Kind::Make);
        QVERIFY(offer(line).words().contains(QStringLiteral("0.8\u2009%")));
        // Another kind of chart has none, nor has one without a wire.
        const NodeId bars =
            chart("bar_chart", {{"category", "core"}, {"value", "load"}, {"threshold", 1}}, {m_rows, "out"});
        QCOMPARE(offer(bars).kind, AlertOffer::Kind::None);
        m_document->remove({Wire{{m_rows, "out"}, {line, "in"}}});
        QTRY_COMPARE(offer(line).kind, AlertOffer::Kind::None);
    }

    void aLineChartMakesOneOfItsLines() {
        const NodeId line =
            chart("line_chart", {{"y", {"load", "wait time"}}, {"series", "core"}, {"threshold", 0.8}},
                  {m_rows, "out"});
        const int before = m_document->undoStack().index();
        const NodeId alert = makeAlert(*m_document, line);
        QVERIFY(!alert.empty());
        QCOMPARE(m_document->node(alert)->type, std::string("alert"));
        QVERIFY(isWired({m_rows, "out"}, alert));
        QCOMPARE(params(alert)["condition"], Json("load > 0.8 OR `wait time` > 0.8"));
        QCOMPARE(params(alert)["keys"], Json::array({"core"}));
        QCOMPARE(params(alert)["message"], Json("Load over time is above 0.8: {core}"));
        QCOMPARE(m_document->selection().nodes(), std::vector<NodeId>{alert});
        QCOMPARE(errors(), 0);
        // It tells people: nobody need take its rows.
        for (const Issue& issue : m_document->issues()) QVERIFY2(issue.node != alert, english(issue).c_str());
        QCOMPARE(alertsOnRowsOf(*m_document, line), std::vector<NodeId>{alert});
        QCOMPARE(m_document->undoStack().index(), before + 1);
        m_document->undoStack().undo();
        QVERIFY(m_document->node(alert) == nullptr);
        QVERIFY(!isWired({m_rows, "out"}, alert));
    }

    void aSecondClickShowsIt() {
        const NodeId gauge = chart("gauge", {{"value", "load"}, {"threshold", 80}}, {m_rows, "out"});
        const NodeId alert = makeAlert(*m_document, gauge);
        const std::size_t nodes = m_document->pipeline().nodes.size();
        QCOMPARE(offer(gauge).kind, AlertOffer::Kind::Show);
        QCOMPARE(offer(gauge).alert, alert);
        m_document->selection().clear();
        QCOMPARE(makeAlert(*m_document, gauge), alert);
        QCOMPARE(m_document->pipeline().nodes.size(), nodes);
        QCOMPARE(m_document->selection().nodes(), std::vector<NodeId>{alert});
        // Of another threshold it is another one.
        m_document->setParam(gauge, "threshold", 90);
        QCOMPARE(offer(gauge).kind, AlertOffer::Kind::Make);
        QVERIFY(makeAlert(*m_document, gauge) != alert);
    }

    void ofResultsEachKeyIsJudged() {
        const NodeId mean = m_document->addNodeBehind({"window_aggregate", kMean}, {}, {m_rows, "out"});
        const NodeId gauge = chart("gauge", {{"value", "mean"}, {"threshold", 80}}, {mean, "out"});
        const NodeId alert = makeAlert(*m_document, gauge);
        QCOMPARE(params(alert)["condition"], Json("mean > 80"));
        QCOMPARE(params(alert)["value"], Json("mean"));
        QCOMPARE(params(alert)["keys"], Json::array({"core"}));
        QCOMPARE(errors(), 0);
    }

    void aNumberThatNoRowHasIsComputedFirst() {
        const NodeId card = chart(
            "number_card", {{"value", "load"}, {"aggregate", "avg"}, {"span", "1min"}, {"threshold", 0.8}},
            {m_rows, "out"});
        const int before = m_document->undoStack().index();
        const NodeId alert = makeAlert(*m_document, card);
        QCOMPARE(m_document->undoStack().index(), before + 1);
        QCOMPARE(params(alert)["condition"], Json("number > 0.8"));
        QCOMPARE(params(alert)["value"], Json("number"));
        const auto& wires = m_document->pipeline().wires;
        const auto wire =
            std::find_if(wires.begin(), wires.end(), [&](const Wire& each) { return each.to.node == alert; });
        QVERIFY(wire != wires.end());
        const NodeId window = wire->from.node;
        QVERIFY(isWired({m_rows, "out"}, window));
        QCOMPARE(params(window), (Json{{"window", "hop"},
                                       {"size", "1min"},
                                       {"slide", "6s"},
                                       {"aggregates", {"AVG(load) AS number"}}}));
        QCOMPARE(errors(), 0);
        QCOMPARE(offer(card).kind, AlertOffer::Kind::Show);
        m_document->undoStack().undo();
        QVERIFY(m_document->node(alert) == nullptr && m_document->node(window) == nullptr);
    }

    void theLastNumberNeedsNoWindow() {
        const NodeId card = chart("number_card", {{"value", "load"}, {"threshold", -1.5}}, {m_rows, "out"});
        const NodeId alert = makeAlert(*m_document, card);
        QVERIFY(isWired({m_rows, "out"}, alert));
        QCOMPARE(params(alert)["condition"], Json("load > -1.5"));
        QVERIFY(!params(alert).contains("keys"));
        QCOMPARE(errors(), 0);
    }

    // Of a run that ends the card shows the whole, which is over when nobody can act any more.
    void aNumberOfTheWholeRunIsJudgedByNewRows() {
        const NodeId card = chart("number_card", {{"value", "load"}, {"aggregate", "sum"}, {"threshold", 5}},
                                  {m_rows, "out"});
        const NodeId alert = makeAlert(*m_document, card);
        const auto& wires = m_document->pipeline().wires;
        const auto wire =
            std::find_if(wires.begin(), wires.end(), [&](const Wire& each) { return each.to.node == alert; });
        QVERIFY(wire != wires.end());
        QCOMPARE(params(wire->from.node)["size"], Json("5min"));
        QCOMPARE(errors(), 0);
    }

    void rowsThatChangeOrHaveNoTimeAreRefused() {
        const NodeId changing = m_document->addNodeBehind(
            {"group_aggregate", Json{{"keys", {"core"}}, {"aggregates", {"AVG(load) AS mean"}}}}, {},
            {m_rows, "out"});
        const NodeId gauge = chart("gauge", {{"value", "mean"}, {"threshold", 80}}, {changing, "out"});
        QCOMPARE(offer(gauge).kind, AlertOffer::Kind::Refuse);
        QVERIFY(offer(gauge).why.contains(QLatin1String("final rows")));
        m_document->setParam(m_rows, "event_time", nullptr);
        const NodeId card = chart("number_card", {{"value", "load"}, {"threshold", 1}}, {m_rows, "out"});
        QTRY_COMPARE(offer(card).kind, AlertOffer::Kind::Refuse);
        QVERIFY(offer(card).why.contains(QLatin1String("event time")));
    }

    void aVariableStaysOne() {
        m_document->setVariables({{"limit", "0.9"}});
        const NodeId line =
            chart("line_chart", {{"y", {"load"}}, {"threshold", "${limit}"}}, {m_rows, "out"});
        QCOMPARE(offer(line).kind, AlertOffer::Kind::Make);
        const Json made = params(makeAlert(*m_document, line));
        QCOMPARE(made["condition"], Json("load > ${limit}"));
        QCOMPARE(made["message"], Json("Load over time is above ${limit}"));
        QCOMPARE(errors(), 0);
    }

    void bracesOfATitleAreNoColumns() {
        const NodeId line = chart("line_chart", {{"y", {"load"}}, {"threshold", 1}}, {m_rows, "out"});
        m_document->setTitle(line, QStringLiteral("Load {all} of ${x}"));
        QTRY_VERIFY(m_document->isValidated());
        QCOMPARE(params(makeAlert(*m_document, line))["message"], Json("Load {{all}} of $${{x}} is above 1"));
        QCOMPARE(errors(), 0);
    }

    void itLiesOnNoOtherCard() {
        const NodeId line = chart("line_chart", {{"y", {"load"}}, {"threshold", 1}}, {m_rows, "out"});
        std::vector<NodeId> made;
        for (int threshold = 2; threshold < 6; ++threshold) {
            m_document->setParam(line, "threshold", threshold);
            QTRY_VERIFY(m_document->isValidated());
            made.push_back(makeAlert(*m_document, line));
        }
        for (const NodeId& one : made) {
            const Point at = m_document->node(one)->at;
            for (const Node& other : m_document->pipeline().nodes) {
                if (other.id == one) continue;
                QVERIFY2(std::abs(other.at.x - at.x) >= 220 || std::abs(other.at.y - at.y) >= 140,
                         (one + " " + other.id).c_str());
            }
        }
    }
};

QTEST_MAIN(TestChartAlert)
#include "test_chart_alert.moc"
