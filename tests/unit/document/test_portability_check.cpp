// Another engine's verdicts on a document: found after each check, for the engine that is chosen alone.
#include <QtTest/QtTest>

#include "core/deploy/translation.h"
#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct PortableDocument {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    NodeId source, filter;

    // Made rows, which are made nowhere else, through a filter that is the same everywhere.
    PortableDocument() {
        source = document.addNode(
            {"generator", Json::parse(R"({"columns": ["n BIGINT = i"], "rate": 10})"), {}}, {0, 0});
        filter =
            document.addNodeBehind({"filter", Json{{"condition", "n > 1"}}, {}}, {300, 0}, {source, "out"});
        document.addNodeBehind({"table_view", Json::object(), {}}, {600, 0}, {filter, "out"});
    }
    PortabilityCheck& portability() { return document.portability(); }
    bool judged() {
        return QTest::qWaitFor(
            [this] { return document.isValidated() && portability().translation() != nullptr; }, 30'000);
    }
    std::optional<Verdict> verdict(const NodeId& node) {
        const NodeVerdict* found = portability().verdictOf(node);
        return found != nullptr ? std::optional(found->verdict()) : std::nullopt;
    }
};

}  // namespace

class TestPortabilityCheck : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nothingIsComputedForTheEmbeddedEngine() {
        PortableDocument fixture;
        QTRY_VERIFY(fixture.document.isValidated());
        QCoreApplication::processEvents();
        QCOMPARE(fixture.portability().translations(), quint64{0});
        QVERIFY(fixture.portability().translation() == nullptr);
        QVERIFY(!fixture.verdict(fixture.filter));
    }

    void everyNodeHasAVerdict() {
        PortableDocument fixture;
        fixture.portability().setEngine(Engine::Flink);
        QVERIFY(fixture.judged());
        QCOMPARE(fixture.verdict(fixture.source), std::optional(Verdict::Refused));
        QCOMPARE(fixture.verdict(fixture.filter), std::optional(Verdict::Exact));
        QCOMPARE(fixture.portability().translation()->worst, Verdict::Refused);
        QVERIFY(!fixture.verdict("nobody"));
    }

    void theEngineThatIsChosenIsAsked() {
        PortableDocument fixture;
        fixture.portability().setEngine(Engine::Flink);
        QVERIFY(fixture.judged());
        int changes = 0;
        QObject::connect(&fixture.portability(), &PortabilityCheck::engineChanged, &fixture.document,
                         [&] { ++changes; });
        fixture.portability().setEngine(Engine::Spark);
        QVERIFY(fixture.portability().translation() == nullptr);  // not Flink's
        QVERIFY(fixture.judged());
        QCOMPARE(fixture.portability().translation()->engine, Engine::Spark);
        fixture.portability().setEngine(std::nullopt);
        QVERIFY(!fixture.verdict(fixture.source));
        QCOMPARE(changes, 2);
    }

    void verdictsFollowEdits() {
        PortableDocument fixture;
        fixture.portability().setEngine(Engine::Flink);
        QVERIFY(fixture.judged());
        std::vector<NodeId> named;
        QObject::connect(
            &fixture.portability(), &PortabilityCheck::portabilityChanged, &fixture.document,
            [&](const std::vector<NodeId>& nodes) { named.insert(named.end(), nodes.begin(), nodes.end()); });
        fixture.document.setParam(fixture.filter, "condition", "lod > 1");
        QTRY_VERIFY(!fixture.verdict(fixture.filter));  // it has an error
        QVERIFY(std::find(named.begin(), named.end(), fixture.filter) != named.end());
        QVERIFY(std::find(named.begin(), named.end(), fixture.source) == named.end());
        QVERIFY(fixture.verdict(fixture.source).has_value());
        fixture.document.undoStack().undo();
        QTRY_COMPARE(fixture.verdict(fixture.filter), std::optional(Verdict::Exact));
    }

    void anotherDocumentHasNoneOfThem() {
        PortableDocument fixture;
        fixture.portability().setEngine(Engine::Flink);
        QVERIFY(fixture.judged());
        bool told = false;
        QObject::connect(&fixture.portability(), &PortabilityCheck::portabilityChanged, &fixture.document,
                         [&] { told = true; });
        fixture.document.startEmpty();
        QVERIFY(told);
        QVERIFY(!fixture.verdict(fixture.source));
        QTRY_VERIFY(fixture.document.isValidated());
        QVERIFY(!fixture.verdict(fixture.source));
    }

    void signsDifferByShapeAndColour() {
        QSet<QString> icons;
        QSet<int> roles;
        for (const Verdict verdict :
             {Verdict::Exact, Verdict::Equivalent, Verdict::Approximated, Verdict::Refused}) {
            icons << verdictSign(verdict).icon;
            roles << static_cast<int>(verdictSign(verdict).role);
            QVERIFY(Theme::hasIcon(verdictSign(verdict).icon));
        }
        QCOMPARE(icons.size(), 4);
        QCOMPARE(roles.size(), 4);
    }

    void allIsSaidOfANode() {
        Remark remark;
        remark.verdict = Verdict::Equivalent;
        remark.what = Text{"test", "Rows come in another order."};
        remark.condition = Text{"test", "no row is late"};
        remark.fix = Text{"test", "Sort them."};
        NodeVerdict verdict;
        verdict.findings = {remark};
        const QString said = verdictLines(Engine::Flink, verdict);
        for (const char* part :
             {"Apache Flink", "equivalent", "Rows come in another order.", "no row is late", "Sort them."})
            QVERIFY2(said.contains(QLatin1String(part)), qPrintable(said));
        QVERIFY(verdictLines(Engine::Spark, {}).contains(QLatin1String("Apache Spark")));
        QCOMPARE(english(remarkHead({.verdict = Verdict::Exact})),
                 std::string("Exact: The same rows with the same values."));
    }
};

QTEST_MAIN(TestPortabilityCheck)
#include "test_portability_check.moc"
