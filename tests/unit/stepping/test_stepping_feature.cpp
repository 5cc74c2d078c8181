// Steps and breakpoints in the window: what is on when, where the run stands in words, and breakpoints that
// go with their nodes.
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"
#include "widgets/stepping/condition_dialog.h"
#include "widgets/stepping/halt_words.h"
#include "widgets/stepping/stepping_bar.h"
#include "widgets/stepping/stepping_menu.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Numbers, of which those that are no multiple of five go on into a table.
struct Program {
    Program() {
        source = document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 100'000}, {"rate", 0}}}, {});
        filter = document.addNode({"filter", Json{{"condition", "MOD(n, 5) <> 0"}}}, {300, 0});
        sink = document.addNode({"csv_sink", Json{{"path", "out.csv"}}}, {600, 0});
        document.connectPorts({source, "out"}, {filter, "in"});
        document.connectPorts({filter, "out"}, {sink, "in"});
    }
    ~Program() {
        session.stop();
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 20'000);
    }
    bool begin() {
        if (!document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok()) return false;
        return QTest::qWaitFor([this] { return document.isValidated(); }, 20'000);
    }
    bool awaits(State state) {
        return QTest::qWaitFor([&] { return session.state() == state; }, 20'000);
    }

    QTemporaryDir folder;
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    BreakpointList& breakpoints = session.breakpoints();
    QWidget window;
    SteppingMenu menu{document, session, &window};
    SteppingBar bar{session, menu, &window};
    NodeId source, filter, sink;
};

QString where(const Program& program) {
    return program.bar.findChild<QLabel*>(QStringLiteral("steppingWhere"))->text();
}

}  // namespace

class TestSteppingFeature : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void stepByStep() {
        Program program;
        QVERIFY(program.begin());
        program.document.selection().clear();
        QVERIFY(program.menu.batchAction()->isEnabled());
        QVERIFY(program.bar.isHidden());
        QSignalSpy halted(&program.session, &RunSession::halted);
        program.menu.batchAction()->trigger();  // where nothing runs, the run begins with it
        QTRY_COMPARE(halted.size(), 1);
        QCOMPARE(program.session.state(), State::Paused);
        QVERIFY(!program.bar.isHidden());
        QVERIFY2(where(program).contains(QStringLiteral("has given a batch")), qPrintable(where(program)));
        program.document.selection().set({ItemRef(program.filter)});
        program.menu.resultAction()->trigger();
        QTRY_COMPARE(halted.size(), 2);
        QVERIFY2(where(program).contains(QStringLiteral("gives rows")), qPrintable(where(program)));
        QTRY_VERIFY(program.bar.findChild<QLabel*>(QStringLiteral("steppingChanged"))->text().contains(u'+'));
        const Wire in{{program.source, "out"}, {program.filter, "in"}};
        QTRY_VERIFY(program.session.steppedRows(in).value_or(0) > 0);
        // No row has an event time here, and no node has windows.
        QVERIFY(!program.session.step(EventTime{1}).ok());
        program.document.selection().clear();
        QSignalSpy told(&program.menu, &SteppingMenu::told);
        program.menu.resultAction()->trigger();
        QCOMPARE(told.size(), 1);
        QVERIFY(told.front().front().toString().contains(QStringLiteral("has windows")));
        QCOMPARE(program.session.state(), State::Paused);
        program.session.resume();
        QVERIFY(program.awaits(State::Finished));
        QVERIFY(program.bar.isHidden());
        QVERIFY(!program.session.steppedRows(in));
        QVERIFY(program.menu.batchAction()->isEnabled());
    }

    /// On cards and wires, until the run goes on: how many rows, in the place of rates.
    void whatAStepBroughtStandsOnCardsAndWires() {
        Program program;
        CanvasWidget canvas(program.document, program.session);
        canvas.resize(1000, 600);
        canvas.show();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas, 30'000));
        QVERIFY(program.begin());
        const auto live = [&](const NodeId& id) { return canvas.view().canvas().node(id)->live().live(); };
        const auto label = [&](const Wire& wire) {
            for (const WireItem* each : canvas.view().canvas().wires()) {
                if (each->wire() == wire) return wireLabel(each->look());
            }
            return QString();
        };
        const Wire in{{program.source, "out"}, {program.filter, "in"}};
        program.document.selection().clear();
        program.menu.batchAction()->trigger();
        QVERIFY(program.awaits(State::Paused));
        QTRY_VERIFY(program.session.steppedRows(in).value_or(0) > 0);
        const QString rows = QStringLiteral("+%1").arg(countText(*program.session.steppedRows(in)));
        QTRY_COMPARE(label(in), rows);
        QTRY_COMPARE(live(program.filter).in, rows);
        QCOMPARE(live(program.source).out, rows);
        QVERIFY(live(program.filter).stepped && live(program.source).stepped);
        // The filter leaves some out.
        QVERIFY(live(program.filter).out.startsWith(u'+') && live(program.filter).out != rows);
        // In another colour than rates.
        const auto painted = [&](const NodeId& id, bool asStepped) {
            NodeItem& card = *canvas.view().canvas().node(id);
            CardLive live = card.live().live();
            live.stepped = asStepped;
            QImage image(card.layout().card.size().toSize(), QImage::Format_RGB32);
            image.fill(Theme::of().tokens().card);
            QPainter painter(&image);
            painter.translate(-card.layout().card.topLeft());
            paintMetrics(painter, live, card.layout(), NodeGroup::Transform);
            painter.end();
            return image;
        };
        QVERIFY(painted(program.filter, true) != painted(program.filter, false));
        // The next step counts from nothing.
        QSignalSpy halted(&program.session, &RunSession::halted);
        program.menu.batchAction()->trigger();
        QTRY_COMPARE(halted.size(), 1);
        QTRY_COMPARE(live(program.filter).in,
                     QStringLiteral("+%1").arg(countText(program.session.steppedRows(in).value_or(0))));
        program.session.resume();
        QVERIFY(program.awaits(State::Finished));
        QTRY_VERIFY(!live(program.filter).stepped && !live(program.filter).in.startsWith(u'+'));
        QCOMPARE(label(in), QString());
    }

    void aFirstStepThatCannotBeIsTold() {
        Program program;
        QVERIFY(program.begin());
        QSignalSpy noted(&program.session, &RunSession::noted);
        program.document.selection().clear();
        program.menu.resultAction()->trigger();
        QVERIFY(program.awaits(State::Paused));
        QVERIFY(!noted.isEmpty());
        QCOMPARE(program.session.snapshot().metrics.sourceRows, std::uint64_t{0});
    }

    void aBreakpointStopsTheRun() {
        Program program;
        QVERIFY(program.begin());
        program.document.selection().set({ItemRef(program.filter)});
        program.menu.toggleAction()->trigger();
        QVERIFY(program.menu.toggleAction()->isChecked());
        QCOMPARE(program.breakpoints.all().size(), std::size_t{1});
        program.breakpoints.setCondition(program.breakpoints.all().front(), QStringLiteral(" n = 4321 "));
        QCOMPARE(program.breakpoints.all().front().condition, std::string("n = 4321"));
        QSignalSpy halted(&program.session, &RunSession::halted);
        program.session.start();
        QTRY_COMPARE(halted.size(), 1);
        QCOMPARE(program.session.state(), State::Paused);
        QVERIFY2(where(program).contains(QStringLiteral("n=4321")), qPrintable(where(program)));
        // One that is off holds no more, and goes on being there.
        program.breakpoints.setEnabled(program.breakpoints.all().front(), false);
        program.session.resume();
        QVERIFY(program.awaits(State::Finished));
        QCOMPARE(program.breakpoints.all().size(), std::size_t{1});
    }

    void aConditionIsCheckedWhereItIsTyped() {
        Program program;
        QVERIFY(program.begin());
        const auto schema = program.document.streamAt({program.filter, "out"})->schema;
        ConditionDialog dialog(schema, QStringLiteral(" nn > 1 "), &program.window);
        auto* const set = dialog.findChild<QPushButton*>(QStringLiteral("setCondition"));
        QVERIFY(!set->isEnabled());
        auto* const edit = dialog.findChild<QPlainTextEdit*>(QStringLiteral("breakpointCondition"));
        edit->setPlainText(QStringLiteral(" n > 1 "));
        QVERIFY(set->isEnabled());
        QCOMPARE(dialog.condition(), QStringLiteral("n > 1"));
        // A pipeline that was edited since may make it wrong all the same.
        program.breakpoints.toggle({program.filter, "out", Breakpoint::On::Rows, "nn > 1"});
        QVERIFY(program.session.step(OneBatch{}).ok());
        QVERIFY(program.awaits(State::Paused));
        QVERIFY(!program.session.stepping().breakpoints.front().trouble.empty());
    }

    void aPausedRunStaysPausedWhenItIsApplied() {
        Program program;
        QVERIFY(program.begin());
        program.session.setAlwaysCheckpoints(true);
        QVERIFY(program.session.step(OneBatch{}).ok());
        QVERIFY(program.awaits(State::Paused));
        QVERIFY(program.session.keepsStateWhenApplied());
        program.document.setParam(program.filter, "condition", "MOD(n, 7) <> 0");
        QVERIFY(QTest::qWaitFor([&] { return program.document.isValidated(); }, 20'000));
        QSignalSpy replaced(&program.session, &RunSession::runReplaced);
        program.session.apply();
        QTRY_VERIFY(program.session.receipt() != nullptr || !replaced.isEmpty());
        if (replaced.isEmpty()) program.session.apply();
        QTRY_VERIFY(!replaced.isEmpty());
        QVERIFY(program.awaits(State::Paused));
    }

    void breakpointsGoWithTheirNodes() {
        Program program;
        QSignalSpy changed(&program.breakpoints, &BreakpointList::changed);
        program.breakpoints.toggle({program.filter, "out"});
        program.breakpoints.toggle({program.filter, {}, Breakpoint::On::Rejected});
        program.breakpoints.toggle({program.source, "out"});
        QCOMPARE(program.breakpoints.all().size(), std::size_t{3});
        program.breakpoints.toggle({program.source, "out"});
        program.document.remove({program.filter});
        QVERIFY(program.breakpoints.all().empty());
        QCOMPARE(changed.size(), 5);
    }
};

QTEST_MAIN(TestSteppingFeature)
#include "test_stepping_feature.moc"
