// Panels while a run on a cluster is shown: why there are no rows, known late and rejected ones, the refusals
// of the cluster, and the lines of the log on all that.
#include <QtWidgets/QtWidgets>

#include "tests/support/made_remote_run.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/log/log_recorder.h"
#include "widgets/panels/data_panel.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/panels/problems_panel.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct ClusterFixture : SessionFixture {
    MadeRemoteRun remote;
    NodeId source, table;

    ClusterFixture() {
        source = document.addNode(nodeOf("generator", QStringLiteral("Numbers"),
                                         Json{{"columns", {"n BIGINT = i"}}, {"rate", 100}}),
                                  {});
        table = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {300, 0}, {source, "out"});
        document.selection().set({source});
        remote.deployed = document.pipeline();
        remote.now = State::Running;
        remote.started = QDateTime::currentDateTime();
    }
    ~ClusterFixture() { session.stop(StopMode::Discard); }

    QStringList wordsOf(const QWidget& panel) const {
        QStringList words;
        for (const QLabel* label : panel.findChild<EmptyState*>()->findChildren<QLabel*>())
            words << label->text();
        return words;
    }
    static bool offersSomething(const QWidget& panel) {
        const auto* button = panel.findChild<EmptyState*>()->findChild<QPushButton*>();
        return button->isVisibleTo(&panel);
    }
};

bool anyContains(const QStringList& words, const QString& part) {
    return !words.filter(part).isEmpty();
}

}  // namespace

class TestClusterPanels : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void theDataPanelSaysWhereTheRowsAre() {
        ClusterFixture f;
        DataPanel panel(f.parts);
        panel.resize(800, 240);
        panel.show();
        QVERIFY(f.validated());
        QTRY_VERIFY(anyContains(f.wordsOf(panel), QStringLiteral("Not run yet")));
        QVERIFY(ClusterFixture::offersSomething(panel));
        f.session.show(&f.remote);
        QTRY_VERIFY(anyContains(f.wordsOf(panel), QStringLiteral("The rows stay on the cluster")));
        QVERIFY(!ClusterFixture::offersSomething(panel));
        keepPicture(panel, QStringLiteral("data-cluster"));
        f.session.show(nullptr);
        QTRY_VERIFY(anyContains(f.wordsOf(panel), QStringLiteral("Not run yet")));
    }

    void lateAndRejectedAreCountedWhereTheyAreKnown() {
        ClusterFixture f;
        LateRejectedPanel panel(f.parts);
        panel.resize(800, 240);
        panel.show();
        f.session.show(&f.remote);
        JobFigures figures;
        figures.nodes[f.source].rejected = 12;
        f.remote.tell(figures);
        const auto says = [&](const char* words) {
            return anyContains(f.wordsOf(panel), QString::fromUtf8(words));
        };
        QTRY_VERIFY(says("The cluster tells no single rows"));
        QTRY_VERIFY(says("Late rows: not told. Rejected rows: 12."));
        QCOMPARE(panel.count(), 12);
        keepPicture(panel, QStringLiteral("late-cluster"));
    }

    void lateRowsOfTheClusterAreAProblem() {
        ClusterFixture f;
        ProblemsPanel panel(f.parts);
        panel.show();
        QVERIFY(f.validated());
        const int before = panel.count();
        f.session.show(&f.remote);
        JobFigures figures;
        figures.nodes[f.source].late = 41;
        figures.nodes[f.source].lateAtLeast = true;
        f.remote.tell(figures);
        f.remote.turn(State::Finished);
        QTRY_COMPARE(panel.count(), before + 1);
        const Issue issue = panel.model().issue(before);
        QCOMPARE(issue.node, f.source);
        QCOMPARE(english(issue.message), std::string("At least 41 rows came too late."));
    }

    void whatTheClusterWouldNotTakeIsAProblem() {
        ClusterFixture f;
        ProblemsPanel panel(f.parts);
        panel.show();
        QVERIFY(f.validated());
        const int before = panel.count();
        f.session.show(&f.remote);
        Issue issue;
        issue.message = RW_TEXT("test", "Column “prize” not found");
        issue.node = f.source;
        f.remote.refused = {issue};
        f.remote.turn(State::Stopped);
        QTRY_COMPARE(panel.count(), before + 1);
        f.session.show(nullptr);
        QTRY_COMPARE(panel.count(), before);
    }

    void theLogTellsTheRunsApart() {
        ClusterFixture f;
        LogSink sink;
        LogRecorder recorder(f.session, sink, nullptr, nullptr);
        QStringList lines;
        const auto all = [&] {
            for (const LogEntry& entry : sink.drain().entries) lines << entry.fullText();
            return lines;
        };
        f.session.start();
        QTRY_COMPARE(f.session.state(), State::Running);
        QCOMPARE(all().size(), 1);
        f.session.show(&f.remote);  // it runs, as it did before: nothing has happened
        QCOMPARE(all().size(), 1);
        f.session.stop();
        f.remote.refused.push_back({.message = RW_TEXT("test", "Column “prize” not found")});
        f.remote.turn(State::Stopped);
        QVERIFY(anyContains(all(), QStringLiteral("prize")));
        QCOMPARE(all().size(), 2);
        f.session.show(nullptr);
        QTRY_VERIFY(anyContains(all(), QStringLiteral("Run stopped")));
        QCOMPARE(all().filter(QStringLiteral("Run stopped")).size(), 1);
    }
};

QTEST_MAIN(TestClusterPanels)
#include "test_cluster_panels.moc"
