// The Apply panel: there while an answer is waited for, the dearest first, in words.
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QtTest/QtTest>

#include "tests/unit/checkpoints/checkpointed_program.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/live_edits/apply_panel.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestApplyPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<CheckpointedProgram> m_program;
    std::unique_ptr<ChartScheduler> m_charts;
    std::unique_ptr<ApplyPanel> m_panel;

    RunSession& session() { return m_program->session; }
    QPushButton& button(const char* name) { return *m_panel->findChild<QPushButton*>(QLatin1String(name)); }
    QString cell(int row, int column) const {
        return m_panel->model().index(row, column).data().toString();
    }
    bool begin() {
        session().start();
        return QTest::qWaitFor([this] { return session().state() == State::Running; }, 20'000) &&
               m_program->awaitTaken(2);
    }
    bool askedFor(const char* ttl) {
        m_program->document.setParam(m_program->counted, "state_ttl", ttl);
        session().apply();
        return QTest::qWaitFor([this] { return m_panel->isPresent(); }, 20'000);
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_program = std::make_unique<CheckpointedProgram>();
        m_charts = std::make_unique<ChartScheduler>();
        m_panel = std::make_unique<ApplyPanel>(PaneParts{m_program->document, session(), *m_charts});
        m_panel->resize(900, 240);
        m_panel->show();
        QVERIFY(m_program->save());
        QVERIFY(!m_panel->isPresent());
    }
    void cleanup() {
        m_panel.reset();
        m_charts.reset();
        m_program.reset();
    }

    void saysOfEachNodeWhatBecomesOfIt() {
        QSignalSpy seen(m_panel.get(), &ApplyPanel::seeRequested);
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        QCOMPARE(seen.size(), 1);
        QCOMPARE(m_panel->count(), 1);
        QCOMPARE(m_panel->model().rowCount(), 2);
        QCOMPARE(m_panel->model().node(0), m_program->counted);
        QCOMPARE(cell(0, ReceiptModel::Change), QStringLiteral("state_ttl: not set → 1h"));
        QVERIFY(cell(0, ReceiptModel::Fate).startsWith(QStringLiteral("Lost: ")));
        QVERIFY(cell(0, ReceiptModel::Size) != QStringLiteral("–"));
        QCOMPARE(m_panel->model().node(1), m_program->source);
        QCOMPARE(cell(1, ReceiptModel::Fate), QStringLiteral("Kept"));
        QCOMPARE(cell(1, ReceiptModel::Change), QString());
        QVERIFY(button("apply").isEnabled());
        // One that is open follows the edits, and is not put in front again.
        m_program->document.setParam(m_program->source, "rate", 3000);
        QTRY_COMPARE(cell(1, ReceiptModel::Change), QStringLiteral("rate: 2000 → 3000"));
        QCOMPARE(seen.size(), 1);
    }

    void itsButtonsAnswer() {
        QVERIFY(begin());
        QVERIFY(askedFor("1h"));
        button("back").click();
        QVERIFY(!m_panel->isPresent() && session().hasUnappliedChanges());
        QCOMPARE(m_panel->count(), 0);
        QVERIFY(askedFor("2h"));
        button("apply").click();
        QVERIFY(!m_panel->isPresent());
        QTRY_VERIFY(session().resumedFrom() && session().state() == State::Running);
        QVERIFY(askedFor("3h"));
        button("anew").click();
        QVERIFY(!m_panel->isPresent());
        QTRY_VERIFY(!session().resumedFrom() && session().state() == State::Running);
    }

    void anObstacleLeavesOneWay() {
        QVERIFY(begin());
        m_program->document.setParam(m_program->sink, "database", "other.sqlite");
        session().apply();
        QTRY_VERIFY(m_panel->isPresent());
        QVERIFY(!button("apply").isEnabled());
        QVERIFY(button("anew").isEnabled() && button("back").isEnabled());
        button("anew").click();
        QTRY_VERIFY(!session().hasUnappliedChanges() && session().state() == State::Running);
    }
};

QTEST_MAIN(TestApplyPanel)
#include "test_apply_panel.moc"
