// What the run that is shown can do, for each kind of run, and that the session does as it says.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <set>

#include "core/nodes/catalogue.h"
#include "tests/support/made_remote_run.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;
using Kind = ShownRun::Kind;

namespace {

struct ToldRun : MadeRemoteRun {
    QString reason;
    QString whyUntold() const override { return reason; }
};

std::set<RunAbility> all() {
    std::set<RunAbility> abilities;
    for (int i = 0; i <= static_cast<int>(kLastAbility); ++i) abilities.insert(static_cast<RunAbility>(i));
    return abilities;
}

std::set<RunAbility> abilitiesOf(const ShownRun& run) {
    std::set<RunAbility> has;
    for (const RunAbility ability : all()) {
        if (run.has(ability)) has.insert(ability);
    }
    return has;
}

}  // namespace

class TestRunAbilities : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        m_session = std::make_unique<RunSession>(*m_document);
        m_remote = std::make_unique<ToldRun>();
    }
    void cleanup() {
        m_session.reset();
        m_remote.reset();
        m_document.reset();
    }
    void eachKindOfRunHasItsAbilities_data();
    void eachKindOfRunHasItsAbilities();
    void whatIsLackingHasAReasonInPlainWords_data();
    void whatIsLackingHasAReasonInPlainWords();
    void anEngineSaysItselfWhyItTellsLess();
    void theSessionDoesAsItSays_data();
    void theSessionDoesAsItSays();

 private:
    void bring(Kind kind);
    static void kinds();

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    std::unique_ptr<ToldRun> m_remote;
    NodeId m_source, m_table;
};

void TestRunAbilities::kinds() {
    QTest::addColumn<Kind>("kind");
    QTest::newRow("none") << Kind::None;
    QTest::newRow("ended") << Kind::Ended;
    QTest::newRow("own") << Kind::Own;
    QTest::newRow("replay") << Kind::Replay;
    QTest::newRow("undeployed") << Kind::Undeployed;
    QTest::newRow("elsewhere") << Kind::Elsewhere;
}

/// Makes the session show such a run.
void TestRunAbilities::bring(Kind kind) {
    Json params = secondsFromNoon();
    if (kind == Kind::Own) params["rows"] = 0;  // endless
    m_source = m_document->addNode({"generator", params}, {});
    m_table = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {m_table, "in"});
    m_remote->deployed = m_document->pipeline();
    switch (kind) {
        case Kind::None:
            break;
        case Kind::Ended:
            m_session->start();
            QTRY_COMPARE(m_session->state(), State::Finished);
            break;
        case Kind::Own:
            m_session->start();
            QTRY_VERIFY(m_session->snapshot().metrics.sourceRows > 0);
            break;
        case Kind::Replay: {
            const QString tape = recordedInto(m_folder->path(), *m_session);
            QVERIFY(!tape.isEmpty());
            m_session->setTape({.replay = tape, .speed = 0.01});
            m_session->start();
            QTRY_COMPARE(m_session->state(), State::Running);
            QTRY_VERIFY(m_session->snapshot().node(m_source) != nullptr);  // with the first frame
            break;
        }
        case Kind::Undeployed:
            m_session->show(m_remote.get());
            break;
        case Kind::Elsewhere: {
            m_remote->turn(State::Running);
            JobFigures figures;
            figures.nodes[m_source].rowsOut = 40;
            m_remote->tell(figures);
            m_session->show(m_remote.get());
            break;
        }
    }
}

void TestRunAbilities::eachKindOfRunHasItsAbilities_data() {
    using A = RunAbility;
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<std::set<RunAbility>>("has");
    QTest::addColumn<bool>("often");
    const auto but = [](std::set<RunAbility> less) {
        std::set<RunAbility> has;
        for (const RunAbility ability : all()) {
            if (!less.contains(ability)) has.insert(ability);
        }
        return has;
    };
    // Without a run there is what a next one, or a checkpoint of an earlier one, gives.
    QTest::newRow("none") << Kind::None
                          << std::set<RunAbility>{A::Guarantees, A::Checkpoints, A::Stepping, A::Seeking}
                          << false;
    QTest::newRow("ended") << Kind::Ended << but({A::Pausing, A::Applying, A::Finishing, A::Requests})
                           << false;
    QTest::newRow("own") << Kind::Own << all() << true;
    QTest::newRow("replay") << Kind::Replay << but({A::Requests}) << true;
    QTest::newRow("undeployed") << Kind::Undeployed << std::set<RunAbility>{} << false;
    QTest::newRow("elsewhere") << Kind::Elsewhere << std::set<RunAbility>{A::Figures} << false;
}

void TestRunAbilities::eachKindOfRunHasItsAbilities() {
    QFETCH(Kind, kind);
    QFETCH(std::set<RunAbility>, has);
    QFETCH(bool, often);
    bring(kind);
    if (QTest::currentTestFailed()) return;
    const ShownRun run = m_session->shownRun();
    QCOMPARE(abilitiesOf(run), has);
    QCOMPARE(run.updatesOften(), often);
    QCOMPARE(run.isNone(), kind == Kind::None);
    QCOMPARE(run.isElsewhere(), kind == Kind::Undeployed || kind == Kind::Elsewhere);
}

void TestRunAbilities::whatIsLackingHasAReasonInPlainWords_data() {
    kinds();
}

void TestRunAbilities::whatIsLackingHasAReasonInPlainWords() {
    QFETCH(Kind, kind);
    bring(kind);
    if (QTest::currentTestFailed()) return;
    const ShownRun run = m_session->shownRun();
    for (const RunAbility ability : all()) {
        const QString why = run.lacks(ability);
        QCOMPARE(why.isEmpty(), run.has(ability));
        if (why.isEmpty()) continue;
        QVERIFY2(why.at(0).isUpper() && !why.endsWith(QLatin1Char('.')), qPrintable(why));
        // Only a run that is on a cluster, or would be, is told of as one.
        const bool ofCluster =
            why.contains(QLatin1String("cluster")) || why.contains(QLatin1String("Deploy"));
        QVERIFY2(ofCluster == run.isElsewhere(), qPrintable(why));
    }
}

void TestRunAbilities::anEngineSaysItselfWhyItTellsLess() {
    bring(Kind::Elsewhere);
    QCOMPARE(m_session->shownRun().lacks(RunAbility::AllFigures), QStringLiteral("Not told by the cluster"));
    m_remote->reason = QStringLiteral("It tells nothing from inside a query");
    QCOMPARE(m_session->shownRun().lacks(RunAbility::AllFigures), m_remote->reason);
    QCOMPARE(m_session->shownRun().lacks(RunAbility::Watermarks), m_remote->reason);
    QCOMPARE(m_session->shownRun().lacks(RunAbility::Rows), QStringLiteral("The rows stay on the cluster"));
    m_remote.reset();  // the own run is shown, and there is none
    QVERIFY(m_session->shownRun().isNone());
}

void TestRunAbilities::theSessionDoesAsItSays_data() {
    kinds();
}

void TestRunAbilities::theSessionDoesAsItSays() {
    QFETCH(Kind, kind);
    bring(kind);
    if (QTest::currentTestFailed()) return;
    const ShownRun run = m_session->shownRun();
    QCOMPARE(m_session->tap({m_source, "out"}) != nullptr, run.has(RunAbility::Rows));
    QCOMPARE(m_session->watchWindows() != nullptr, run.has(RunAbility::Windows));
    QCOMPARE(m_session->snapshot().node(m_source) != nullptr, run.has(RunAbility::Figures));
    const bool restsNow = kind == Kind::None || kind == Kind::Ended;
    QCOMPARE(m_session->whyNoStep().isEmpty(), restsNow && run.has(RunAbility::Stepping));
    QCOMPARE(m_session->whyNotAsked(m_source), run.lacks(RunAbility::Requests));
    m_session->pause();
    QCOMPARE(m_session->state() == State::Paused, run.has(RunAbility::Pausing));
}

QTEST_GUILESS_MAIN(TestRunAbilities)
#include "test_run_abilities.moc"
