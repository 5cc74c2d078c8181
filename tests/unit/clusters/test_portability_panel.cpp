// The Portability panel: verdicts of the engine that is chosen, the worst first, leading to their nodes.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/clusters/portability_panel.h"
#include "widgets/document/portability_check.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct JudgedFixture : SessionFixture {
    NodeId source, filter;
    PortabilityPanel panel{parts};

    JudgedFixture() {
        source = document.addNode(nodeOf("generator", QStringLiteral("Made rows"),
                                         Json::parse(R"({"columns": ["n BIGINT = i"], "rate": 10})")),
                                  {0, 0});
        filter = document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Large ones"), Json{{"condition", "n > 1"}}), {300, 0},
            {source, "out"});
        panel.show();
    }
    bool judged(Engine engine) {
        document.portability().setEngine(engine);
        return QTest::qWaitFor([this] { return document.portability().translation() != nullptr; }, 30'000);
    }
    QTableView& table() { return *panel.findChild<QTableView*>(); }
    EmptyState& empty() { return *panel.findChild<EmptyState*>(); }
    int rowOf(const NodeId& node) const {
        for (int row = 0; row < panel.model().rowCount(); ++row)
            if (panel.model().issue(row).node == node) return row;
        return -1;
    }
    QString cell(const NodeId& node, int column) const {
        return panel.model().index(rowOf(node), column).data().toString();
    }
};

}  // namespace

class TestPortabilityPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theEmbeddedEngineHasNone() {
        JudgedFixture fixture;
        QVERIFY(fixture.validated());
        QVERIFY(fixture.empty().isVisible() && !fixture.table().isVisible());
        QVERIFY(!fixture.empty().accessibleName().isEmpty());
        QCOMPARE(fixture.panel.count(), 0);
        QCOMPARE(fixture.panel.model().rowCount(), 0);
    }

    void theWorstComesFirst() {
        JudgedFixture fixture;
        QVERIFY(fixture.judged(Engine::Flink));
        QVERIFY(fixture.table().isVisible());
        QCOMPARE(fixture.rowOf(fixture.source), 0);
        QVERIFY(fixture.rowOf(fixture.filter) > 0);
        QCOMPARE(fixture.panel.model().verdict(0), Verdict::Refused);
        QCOMPARE(fixture.cell(fixture.source, VerdictsModel::Where), QStringLiteral("Made rows"));
        QVERIFY2(fixture.cell(fixture.source, VerdictsModel::What).startsWith(QLatin1String("Refused: ")),
                 qPrintable(fixture.cell(fixture.source, VerdictsModel::What)));
        QVERIFY(fixture.cell(fixture.filter, VerdictsModel::What).startsWith(QLatin1String("Exact: ")));
        QVERIFY(fixture.panel.model().line(0).contains(QLatin1String("Made rows")));
        QCOMPARE(fixture.panel.count(), 1);  // the filter is the same there
    }

    void theEngineAndTheWholeAreNamed() {
        JudgedFixture fixture;
        const auto* chip = fixture.panel.tools()->findChild<Chip*>();
        QVERIFY(chip->isHidden());
        QVERIFY(fixture.judged(Engine::Flink));
        QVERIFY(!chip->isHidden());
        QVERIFY2(chip->text().startsWith(QLatin1String("Apache Flink: ")), qPrintable(chip->text()));
        QVERIFY(fixture.judged(Engine::Spark));
        QVERIFY2(chip->text().startsWith(QLatin1String("Apache Spark: ")), qPrintable(chip->text()));
        fixture.document.portability().setEngine(std::nullopt);
        QVERIFY(chip->isHidden());
        QVERIFY(fixture.empty().isVisible());
    }

    void whatAClusterWouldNotTakeComesFirst() {
        JudgedFixture fixture;
        QVERIFY(fixture.judged(Engine::Flink));
        const int before = fixture.panel.model().rowCount(), counted = fixture.panel.count();
        Issue issue;
        issue.message = RW_TEXT("test", "Column “prize” not found");
        issue.node = fixture.filter;
        issue.param = "condition";
        issue.position = 4;
        issue.length = 5;
        QSignalSpy seen(&fixture.panel, &Pane::seeRequested);
        fixture.panel.setRefusals(QStringLiteral("staging"), {issue});
        QCOMPARE(seen.count(), 1);
        QCOMPARE(fixture.panel.model().rowCount(), before + 1);
        QCOMPARE(fixture.panel.count(), counted + 1);
        QCOMPARE(fixture.panel.model().issue(0).node, fixture.filter);
        QCOMPARE(fixture.panel.model().issue(0).param, std::string("condition"));
        QCOMPARE(fixture.panel.model().verdict(0), Verdict::Refused);
        QVERIFY(fixture.panel.model().line(0).startsWith(QStringLiteral("Column “prize” not found")));
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.filter});
        const auto* chip = fixture.panel.tools()->findChild<Chip*>();
        QCOMPARE(chip->text(), QStringLiteral("staging would not take it"));
        keepPicture(fixture.panel, QStringLiteral("refusals"));
        fixture.document.setTitle(fixture.filter, QStringLiteral("Larger ones"));
        QCOMPARE(fixture.panel.model().rowCount(), before + 1);  // a cluster does not care
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        QCOMPARE(fixture.panel.model().rowCount(), before);
        QVERIFY(chip->text().startsWith(QLatin1String("Apache Flink: ")));
    }

    void whatWasTakenIsNotSeen() {
        JudgedFixture fixture;
        QVERIFY(fixture.judged(Engine::Flink));
        const int before = fixture.panel.model().rowCount();
        Issue inside;
        inside.message = RW_TEXT("test", "No column");
        inside.node = fixture.filter + "/inner";
        inside.param = "condition";
        fixture.panel.setRefusals(QStringLiteral("staging"), {inside});
        QCOMPARE(fixture.panel.model().issue(0).node, fixture.filter);  // the subflow that it is in
        QVERIFY(fixture.panel.model().issue(0).param.empty());
        QSignalSpy seen(&fixture.panel, &Pane::seeRequested);
        fixture.panel.setRefusals(QStringLiteral("staging"), {});
        QCOMPARE(seen.count(), 0);
        QCOMPARE(fixture.panel.model().rowCount(), before);
    }

    void enterGoesToTheNode() {
        JudgedFixture fixture;
        QVERIFY(fixture.judged(Engine::Flink));
        fixture.document.selection().clear();
        QSignalSpy revealed(&fixture.document.selection(), &Selection::revealed);
        fixture.table().selectRow(fixture.rowOf(fixture.filter));
        QTest::keyClick(&fixture.table(), Qt::Key_Return);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(fixture.document.selection().nodes(), std::vector<NodeId>{fixture.filter});
    }

    void countsAlsoWhileItIsHidden() {
        JudgedFixture fixture;
        fixture.panel.hide();
        QVERIFY(fixture.judged(Engine::Flink));
        QCOMPARE(fixture.panel.count(), 1);
        QCOMPARE(fixture.panel.model().rowCount(), 0);
        fixture.panel.show();
        QVERIFY(fixture.panel.model().rowCount() >= 2);
    }

    void withoutAVerdictItSaysWhy() {
        SessionFixture fixture;
        PortabilityPanel panel(fixture.parts);
        panel.show();
        fixture.document.portability().setEngine(Engine::Flink);
        const auto* empty = panel.findChild<EmptyState*>();
        QTRY_COMPARE(empty->accessibleName(), QStringLiteral("Nothing to judge yet"));
        fixture.document.addNode({"filter"}, {});
        QTRY_COMPARE(empty->accessibleName(), QStringLiteral("No verdicts yet"));
        QVERIFY(empty->isVisible());
    }

    void whyHasTheRoomThatNobodyNeeds() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bids.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("n\n1\n") > 0);
        file.close();
        SessionFixture fixture;
        PortabilityPanel panel(fixture.parts);
        panel.resize(780, 200);
        panel.show();
        const NodeId rows = fixture.document.addNode(
            nodeOf("csv_source", QStringLiteral("Bids"),
                   Json{{"path", path.toStdString()}, {"columns", Json::array({"n BIGINT"})}}),
            {0, 0});
        fixture.document.portability().setEngine(Engine::Flink);
        QTRY_VERIFY(panel.model().rowCount() > 0);
        QTableView& table = *panel.findChild<QTableView*>();
        const auto blank = [&](int column) {
            for (int row = 0; row < panel.model().rowCount(); ++row)
                if (!panel.model().index(row, column).data().toString().isEmpty()) return false;
            return true;
        };
        QVERIFY(blank(VerdictsModel::Place) && blank(VerdictsModel::Fix));
        QTRY_VERIFY2(table.columnWidth(VerdictsModel::What) > panel.width() / 2,
                     qPrintable(QString::number(table.columnWidth(VerdictsModel::What))));
        const int narrow = table.columnWidth(VerdictsModel::Place);
        QVERIFY(narrow >= table.horizontalHeader()->sectionSizeHint(VerdictsModel::Place));
        Issue issue;
        issue.message = RW_TEXT("test", "Column “prize” not found");
        issue.node = rows;
        issue.param = "path";
        panel.setRefusals(QStringLiteral("staging"), {issue});
        QVERIFY(!blank(VerdictsModel::Place));
        QVERIFY(table.columnWidth(VerdictsModel::Place) > narrow);
    }

    void looks() {
        JudgedFixture fixture;
        QVERIFY(fixture.judged(Engine::Flink));
        fixture.panel.resize(1032, 200);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.panel, 30'000));
        keepPicture(fixture.panel, QStringLiteral("portability-dark"));
        Theme::of().apply({.mode = ThemeMode::Light});
        keepPicture(fixture.panel, QStringLiteral("portability-light"));
    }
};

QTEST_MAIN(TestPortabilityPanel)
#include "test_portability_panel.moc"
