// The Checkpoints panel: says why there are none, lists them, live, and offers commands on them.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/checkpoints/checkpoints_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Numbers without end into the table “t” of out.sqlite; a checkpoint every 50 ms.
struct CheckpointsFixture : SessionFixture {
    QTemporaryDir folder{};
    CheckpointList list{document, session};
    CheckpointsPanel panel{parts, list};
    NodeId source, sink;

    explicit CheckpointsFixture(const char* every = "50ms") {
        source = document.addNode(nodeOf("generator", QStringLiteral("Numbers"),
                                         Json{{"columns", {"n BIGINT = i"}}, {"rows", 0}, {"rate", 2000}}),
                                  {0, 0});
        sink = document.addNode(
            nodeOf("sqlite_sink", QStringLiteral("Kept"), Json{{"database", "out.sqlite"}, {"table", "t"}}),
            {300, 0});
        document.connectPorts({source, "out"}, {sink, "in"});
        Settings settings = document.pipeline().settings;
        settings.unknown["checkpoint_every"] = every;
        document.setSettings(settings);
        panel.resize(1000, 240);
    }
    ~CheckpointsFixture() {
        session.stop();
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 20'000);
    }
    bool save() { return document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok() && validated(); }
    bool runAndStop() {
        session.start();
        if (!QTest::qWaitFor([this] { return session.snapshot().metrics.checkpoints.taken > 1; }, 20'000))
            return false;
        session.stop();
        return QTest::qWaitFor(
            [this] {
                return !session.isActive() && list.newest() != nullptr &&
                       list.newest()->number == session.snapshot().metrics.checkpoints.number;
            },
            20'000);
    }
    QString cell(int row, int column) const { return panel.model().index(row, column).data().toString(); }
    EmptyState& empty() const { return *panel.findChild<EmptyState*>(); }
    QTableView& table(const char* name) const { return tableIn(panel, name); }
    IconButton& button(const char* words) const { return toolIn(*panel.tools(), words); }
    bool says(const char* words) const {
        return empty().isVisible() && empty().accessibleName().startsWith(QLatin1String(words));
    }
    void pressWayOut() const {
        auto* way = empty().findChild<QPushButton*>();
        QVERIFY(way != nullptr && way->isVisible());
        way->click();
    }
};

}  // namespace

class TestCheckpointsPanel : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

 private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void withoutAFileItOffersToSave() {
        CheckpointsFixture fixture;
        fixture.panel.show();
        QVERIFY(fixture.says("No checkpoints: the pipeline was never saved"));
        bool asked = false;
        connect(&fixture.panel, &CheckpointsPanel::saveRequested, this, [&asked] { asked = true; });
        fixture.pressWayOut();
        QVERIFY(asked);
        QVERIFY(fixture.save());
        QTRY_VERIFY(fixture.says("No checkpoints yet"));
    }

    void thoseThatAreOffAreTurnedOn() {
        CheckpointsFixture fixture("0s");
        QVERIFY(fixture.save());
        fixture.panel.show();
        QVERIFY(fixture.says("Checkpoints are off"));
        fixture.pressWayOut();
        QVERIFY(!fixture.document.pipeline().settings.unknown.contains("checkpoint_every"));
        QTRY_VERIFY(fixture.says("No checkpoints yet"));
        fixture.document.undoStack().undo();
        QTRY_VERIFY(fixture.says("Checkpoints are off"));
    }

    void aPipelineThatEndsByItselfTakesThemWhenAsked() {
        CheckpointsFixture fixture;
        fixture.document.setParam(fixture.source, "rows", 1'000'000);
        QVERIFY(fixture.save());
        fixture.panel.show();
        QTRY_VERIFY(fixture.says("No checkpoints: this pipeline ends by itself"));
        QAction* always = fixture.panel.entries().front().action;
        QVERIFY(always->isEnabled() && !always->isChecked());
        fixture.pressWayOut();
        QVERIFY(fixture.session.alwaysCheckpoints() && always->isChecked());
        QVERIFY(fixture.says("No checkpoints yet"));
        QVERIFY(fixture.runAndStop());
        QTRY_VERIFY(fixture.panel.model().rowCount() > 0);
        always->trigger();
        QVERIFY(!fixture.session.alwaysCheckpoints());
    }

    void aRunWithoutEndNeedsNoAsking() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        QTRY_VERIFY(!fixture.panel.entries().front().action->isEnabled());
    }

    void listsThemLive() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        fixture.panel.show();
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.panel.model().rowCount() > 0, 20'000);
        const QString first = fixture.cell(0, CheckpointsModel::Which);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.cell(0, CheckpointsModel::Which).toInt() > first.toInt(), 20'000);
        QVERIFY(!fixture.button("Start").isEnabled());
        QVERIFY(!fixture.button("Delete").isEnabled());
        QVERIFY(fixture.button("Save").isEnabled());
    }

    void saysHowLargeAndHowLong() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        fixture.panel.show();
        QVERIFY(fixture.runAndStop());
        QTRY_COMPARE(fixture.cell(0, CheckpointsModel::Which).toULongLong(), fixture.list.newest()->number);
        for (int column = 0; column < CheckpointsModel::ColumnCount; ++column)
            QVERIFY2(!fixture.cell(0, column).isEmpty() && fixture.cell(0, column) != QStringLiteral("–"),
                     qPrintable(QString::number(column)));
        // Of the chosen one, which is the newest, each node.
        QTRY_COMPARE(fixture.panel.nodes().rowCount(), 2);
        QStringList titles;
        for (int row = 0; row < 2; ++row)
            titles << fixture.panel.nodes().index(row, CheckpointNodesModel::Which).data().toString();
        for (int column = 0; column < CheckpointNodesModel::ColumnCount; ++column) {
            const QString shown = fixture.panel.nodes().index(0, column).data().toString();
            QVERIFY2(!shown.isEmpty() && shown != QStringLiteral("–"), qPrintable(QString::number(column)));
        }
        const auto tip = [&fixture](int column) {
            return fixture.panel.model().index(0, column).data(Qt::ToolTipRole).toString();
        };
        QVERIFY2(tip(CheckpointsModel::Written).contains(QStringLiteral("is shared with it")),
                 qPrintable(tip(CheckpointsModel::Written)));
        QVERIFY(tip(CheckpointsModel::Stopped).contains(QStringLiteral("stood still")));
        titles.sort();
        QCOMPARE(titles, (QStringList{QStringLiteral("Kept"), QStringLiteral("Numbers")}));
        QCOMPARE(fixture.panel.count(), fixture.panel.model().rowCount());
        keepPicture(fixture.panel, QStringLiteral("checkpoints"));
    }

    void whatAnotherProgramTookHasNoDuration() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.runAndStop());
        CheckpointList other(fixture.document, fixture.session);
        CheckpointsPanel panel(fixture.parts, other);
        panel.show();
        QTRY_VERIFY(panel.model().rowCount() > 0);
        QCOMPARE(panel.model().index(0, CheckpointsModel::Duration).data().toString(), QStringLiteral("–"));
        QCOMPARE(panel.model().index(0, CheckpointsModel::Stopped).data().toString(), QStringLiteral("–"));
        QTRY_VERIFY(panel.nodes().rowCount() > 0);  // the disk has the sizes
        QCOMPARE(panel.nodes().index(0, CheckpointNodesModel::Written).data().toString(),
                 QStringLiteral("–"));
        QCOMPARE(panel.nodes().index(0, CheckpointNodesModel::Alignment).data().toString(),
                 QStringLiteral("–"));
    }

    void offersWhatCanBeDone() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        fixture.panel.show();
        QVERIFY(fixture.runAndStop());
        QTRY_VERIFY(fixture.panel.model().rowCount() > 0 && fixture.button("Start").isEnabled());
        QStringList asked;
        const auto note = [&asked](const char* what) {
            return [&asked, what](const SavedCheckpoint& saved) {
                asked << QString::fromLatin1(what) + QString::number(saved.number);
            };
        };
        connect(&fixture.panel, &CheckpointsPanel::startRequested, this, note("start "));
        connect(&fixture.panel, &CheckpointsPanel::keepRequested, this, note("keep "));
        connect(&fixture.panel, &CheckpointsPanel::deleteRequested, this, note("delete "));
        for (const char* words : {"Start", "Save", "Delete"}) fixture.button(words).click();
        const QString number = fixture.cell(0, CheckpointsModel::Which);
        QCOMPARE(asked, (QStringList{QStringLiteral("start ") + number, QStringLiteral("keep ") + number,
                                     QStringLiteral("delete ") + number}));
    }

    void whatIsChosenStaysChosen() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        fixture.panel.show();
        QVERIFY(fixture.runAndStop());
        QTRY_VERIFY(fixture.panel.model().rowCount() > 1);
        QTableView& table = fixture.table("Checkpoints");
        table.selectRow(1);
        const SavedCheckpoint chosen = fixture.panel.model().at(1);
        fixture.list.name(*fixture.list.newest(), QStringLiteral("mine"));
        QTRY_VERIFY(fixture.cell(0, CheckpointsModel::Which).startsWith(QLatin1String("mine (")));
        const QModelIndexList rows = table.selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(fixture.panel.model().at(rows.first().row()).number, chosen.number);
    }

    void whileItIsOffItOnlyCounts() {
        CheckpointsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.runAndStop());
        QTRY_COMPARE(fixture.panel.count(), static_cast<int>(fixture.list.saved().size()));
        QCOMPARE(fixture.panel.model().rowCount(), 0);
    }
};

QTEST_MAIN(TestCheckpointsPanel)
#include "test_checkpoints_panel.moc"
