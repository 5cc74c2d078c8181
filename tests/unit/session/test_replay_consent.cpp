// Whether a replay asks first: one that goes to a moment writes no outputs, and asks about none; its other
// accesses, and all outputs of a run that follows it, are asked about as ever.
#include <QDir>
#include <QFile>
#include <QtEndian>
#include <QtTest/QtTest>

#include "core/pipeline/json/json.h"
#include "tests/unit/session/consent_program.h"
#include "tests/unit/session/own_files.h"
#include "widgets/session/words/tape_issues.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

constexpr Instant kNoon = 1'709'294'400'000;  // 2024-03-01 12:00:00

/// A row for every second of event time, a millisecond apart, into a file; and another file that is read.
QByteArray theirs() {
    const Json columns = {"n BIGINT = i",
                          "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"};
    const auto made = [](const char* id, const char* type, Json params) {
        return Json{{"id", id}, {"type", type}, {"params", std::move(params)}};
    };
    Json nodes = Json::array();
    nodes.push_back(
        made("g", "generator", {{"columns", columns}, {"rows", 300}, {"rate", 1'000}, {"event_time", "ts"}}));
    nodes.push_back(made("in", "csv_source", {{"path", "in.csv"}, {"columns", {"a INT"}}}));
    nodes.push_back(made("out", "csv_sink", {{"path", "out.csv"}}));
    nodes.push_back(made("table", "table_view", Json::object()));
    Json wires = Json::array();
    wires.push_back({{"from", "g"}, {"to", "out"}});
    wires.push_back({{"from", "in"}, {"to", "table"}});
    const Json file{{"rill", 1}, {"nodes", nodes}, {"wires", wires}};
    return QByteArray::fromStdString(file.dump());
}

}  // namespace

class TestReplayConsent : public QObject, private OwnFiles {
    Q_OBJECT

    QString m_tape;

    /// Opens the pipeline, and replays the tape from now on.
    void open(Program& program) const {
        QVERIFY(program.document.open(path(QStringLiteral("theirs.rill"))).ok());
        program.session.setTape({.replay = m_tape, .speed = 1});
    }

 private Q_SLOTS:
    /// The author of the pipeline runs it, and records a tape.
    void init() {
        renewFolder();
        write(QStringLiteral("in.csv"), "a\n1\n2\n");
        write(QStringLiteral("theirs.rill"), theirs());
        Program author(path(QStringLiteral("author")));
        QVERIFY(author.document.open(path(QStringLiteral("theirs.rill"))).ok());
        const QString tapes = path(QStringLiteral("tapes"));
        author.session.setTape({.recordInto = tapes});
        QCOMPARE(author.run().size(), std::size_t{1});
        QCOMPARE(author.session.state(), State::Finished);
        const QStringList names = QDir(tapes).entryList({QStringLiteral("*.tape")});
        QCOMPARE(names.size(), 1);
        m_tape = tapes + QLatin1Char('/') + names.first();
        QVERIFY(QFile::remove(path(QStringLiteral("out.csv"))));
    }
    void outputsOfOnesOwnPipelineAreNotAskedAbout();
    void whatIsReadOfAStrangersPipelineIs();
    void agreeingToLookIsNotAgreeingToWrite();
    void whoChangesTheirMindIsAsked();
    void aCutTapeIsAskedAboutEachTime();
    void whatIsNoTapeIsNotAskedAbout();
    void whatCannotBeReplayedIsRefusedWhenItIsChosen();
    void aTapeOfOtherSourcesIsRefusedBeforeTheRun();
    void aConsentToARunIsNoneToAReplay();
};

void TestReplayConsent::outputsOfOnesOwnPipelineAreNotAskedAbout() {
    Program program(data());
    open(program);
    program.session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.runsUnasked());  // it is known by now, and so is its output
    write(QStringLiteral("out.csv"), "precious, put here by hand");
    program.session.setTape({.replay = m_tape});
    program.session.seek(kNoon + 100'000);
    QTRY_VERIFY(program.session.replayHeldAt());
    QVERIFY(program.asked.empty());
    program.session.continueReplay();
    QTRY_COMPARE(program.session.state(), State::Finished);
    QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, put here by hand"));
    // From its start to its end a replay writes.
    program.agrees = false;
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.asked[0].targets[0].foreign);
}

void TestReplayConsent::whatIsReadOfAStrangersPipelineIs() {
    Program program(data());
    open(program);
    program.session.seek(kNoon + 100'000);
    QTRY_VERIFY(program.session.replayHeldAt());
    QCOMPARE(program.asked.size(), std::size_t{1});
    QVERIFY(program.asked[0].untrusted && program.asked[0].onlyCharts);
    QCOMPARE(program.asked[0].targets.size(), std::size_t{1});
    QVERIFY(program.asked[0].targets[0].access.kind == Access::Kind::Reads);
    program.session.seek(kNoon + 50'000);
    QTRY_VERIFY(program.session.replayHeldAt() == kNoon + 50'000);
    QCOMPARE(program.asked.size(), std::size_t{1});  // that was agreed to
    program.session.stop();
    QTRY_VERIFY(!program.session.isActive());
    QVERIFY(!QFile::exists(path(QStringLiteral("out.csv"))));
}

/// Neither now nor once the pipeline was saved here.
void TestReplayConsent::agreeingToLookIsNotAgreeingToWrite() {
    Program program(data());
    open(program);
    program.session.seek(kNoon + 100'000);
    QTRY_VERIFY(program.session.replayHeldAt());
    program.session.stop();
    QTRY_VERIFY(!program.session.isActive());
    program.session.setTape({});
    program.agrees = false;
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.asked[0].untrusted && !program.asked[0].onlyCharts);
    QCOMPARE(program.asked[0].targets.size(), std::size_t{2});
    program.document.setTitle("out", QStringLiteral("Harmless"));
    QVERIFY(program.document.save().ok());
    QVERIFY(program.document.open(path(QStringLiteral("theirs.rill"))).ok());
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.asked[0].untrusted);
    QVERIFY(!QFile::exists(path(QStringLiteral("out.csv"))));
}

/// Between the look at its accesses and its start the replay becomes one that writes.
void TestReplayConsent::whoChangesTheirMindIsAsked() {
    Program program(data());
    open(program);
    program.session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    write(QStringLiteral("out.csv"), "precious, put here by hand");
    program.asked.clear();
    program.agrees = false;
    program.session.setTape({.replay = m_tape});
    program.session.seek(kNoon + 100'000);
    program.session.continueReplay();
    QTRY_COMPARE(program.asked.size(), std::size_t{1});
    QVERIFY(!program.asked[0].onlyCharts);
    QTRY_VERIFY(!program.session.isActive());
    QVERIFY(program.session.wasDeclined());
    QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, put here by hand"));
}

/// Even of one's own output: it is replaced with fewer rows.
void TestReplayConsent::aCutTapeIsAskedAboutEachTime() {
    Program program(data());
    open(program);
    program.session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.runsUnasked());
    const QByteArray rows = contents(QStringLiteral("out.csv"));
    QFile tape(m_tape);
    QVERIFY(tape.resize(tape.size() - 1));  // of the end, which says how the run ended
    program.session.setTape({.replay = m_tape});
    program.agrees = false;
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.session.wasDeclined());
    const ConsentRequest& asked = program.asked[0];
    QVERIFY(!asked.untrusted && english(asked.incompleteTape).find("is cut off") != std::string::npos);
    QCOMPARE(asked.targets.size(), std::size_t{1});
    QVERIFY(asked.targets[0].replaced && !asked.targets[0].foreign);
    QCOMPARE(contents(QStringLiteral("out.csv")), rows);
    program.agrees = true;
    QCOMPARE(program.run().size(), std::size_t{1});
    QCOMPARE(program.session.state(), State::Finished);
    QVERIFY(!program.session.incompleteTape().empty());
    QCOMPARE(tapeIssues(program.session).size(), std::size_t{1});
    QVERIFY(tapeIssues(program.session)[0].severity == Severity::Warning);
    QCOMPARE(program.run().size(), std::size_t{1});  // an answer is for one run
    // The next run reads the sources.
    program.session.setTape({});
    QVERIFY(program.runsUnasked());
    QVERIFY(program.session.incompleteTape().empty() && tapeIssues(program.session).empty());
}

/// A replay that can't begin leaves no consent behind.
void TestReplayConsent::whatIsNoTapeIsNotAskedAbout() {
    Program program(data());
    open(program);
    program.session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    write(QStringLiteral("out.csv"), "precious, put here by hand");
    int refused = 0;
    connect(&program.session, &RunSession::tapeRefused, this, [&refused] { ++refused; });
    program.session.setTape({.replay = write(QStringLiteral("garbage.tape"), "garbage")});
    QVERIFY(program.run().empty());
    QCOMPARE(refused, 1);
    QCOMPARE(program.session.state(), State::Finished);  // as before
    // Of a whole tape only the start of the file is left.
    QFile tape(m_tape);
    QVERIFY(tape.open(QIODevice::ReadOnly));
    const QString beginning = write(QStringLiteral("beginning.tape"), tape.read(40));
    program.session.setTape({.replay = beginning});
    QVERIFY(program.run().empty());
    QCOMPARE(refused, 2);
    program.agrees = false;
    program.session.setTape({.replay = m_tape});
    QCOMPARE(program.run().size(), std::size_t{1});
    QVERIFY(program.asked[0].incompleteTape.empty() && program.asked[0].targets[0].foreign);
    QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, put here by hand"));
}

/// The run before stays with its state, and the next one reads the sources.
void TestReplayConsent::whatCannotBeReplayedIsRefusedWhenItIsChosen() {
    Program program(data());
    open(program);
    RunSession& session = program.session;
    session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    QCOMPARE(session.state(), State::Finished);
    std::vector<Status> refused;
    connect(&session, &RunSession::tapeRefused, this, [&](const Status& why) { refused.push_back(why); });
    const QSignalSpy changed(&session, &RunSession::stateChanged), other(&session, &RunSession::tapeChanged),
        replaced(&session, &RunSession::runReplaced);
    // The header of the file has 16 bytes, that of a block 72, with the size of what follows at its eighth.
    QFile tape(m_tape);
    QVERIFY(tape.open(QIODevice::ReadOnly));
    const QByteArray whole = tape.readAll();
    const auto head = qFromLittleEndian<quint32>(whole.constData() + 16 + 8);
    const QByteArray withoutRows = whole.left(16 + 72 + qsizetype{head} + 100);
    session.replayTape(write(QStringLiteral("cut.tape"), withoutRows), 0);
    QTRY_COMPARE(refused.size(), std::size_t{1});
    QVERIFY(english(refused[0].error().message).find("was cut off before its first rows") !=
            std::string::npos);
    QVERIFY(!refused[0].error().fix.empty());
    session.replayTape(write(QStringLiteral("garbage.tape"), "garbage"), 0);
    QTRY_COMPARE(refused.size(), std::size_t{2});
    QVERIFY(session.state() == State::Finished && session.tape() == TapeChoice());
    QVERIFY(changed.isEmpty() && other.isEmpty() && replaced.isEmpty());
    QVERIFY(program.runsUnasked());
    // One that can be is started at once.
    session.replayTape(m_tape, 0);
    QTRY_COMPARE(session.tape(), (TapeChoice{.replay = m_tape}));
    QTRY_VERIFY(!session.isActive());
    QCOMPARE(session.state(), State::Finished);
    QVERIFY(session.replayedFor().has_value());
    QCOMPARE(refused.size(), std::size_t{2});
}

/// The run before stays as it was, with its rows and its times.
void TestReplayConsent::aTapeOfOtherSourcesIsRefusedBeforeTheRun() {
    Program program(data());
    open(program);
    RunSession& session = program.session;
    session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    QCOMPARE(session.state(), State::Finished);
    const QByteArray rows = contents(QStringLiteral("out.csv"));
    const QDateTime began = session.startedAt();
    std::vector<Status> refused;
    connect(&session, &RunSession::tapeRefused, this, [&](const Status& why) { refused.push_back(why); });
    const QSignalSpy replaced(&session, &RunSession::runReplaced);
    Json columns = program.document.pipeline().find("g")->params["columns"];
    columns.push_back("more INT = 1");
    program.document.setParam("g", "columns", columns);
    session.setTape({.replay = m_tape});
    (void)program.run();
    QCOMPARE(refused.size(), std::size_t{1});
    QVERIFY(english(refused[0].error().message).find("are not those of the tape") != std::string::npos);
    QCOMPARE(QByteArray::fromStdString(refused[0].error().node), QByteArray("g"));
    QVERIFY(session.state() == State::Finished && session.isAsBefore() && session.failure().ok());
    QCOMPARE(session.startedAt(), began);
    QVERIFY(replaced.isEmpty() && session.view("table") != nullptr);
    QCOMPARE(contents(QStringLiteral("out.csv")), rows);
    // With the sources that it was recorded from it is replayed.
    program.document.undoStack().undo();
    (void)program.run();
    QVERIFY(session.state() == State::Finished && !session.isAsBefore());
    QVERIFY(session.replayedFor().has_value());
    QCOMPARE(refused.size(), std::size_t{1});
}

/// The run that was agreed to wrote nothing, and the replay has other rows.
void TestReplayConsent::aConsentToARunIsNoneToAReplay() {
    Program program(data());
    open(program);
    program.session.setTape({});
    QCOMPARE(program.run().size(), std::size_t{1});
    write(QStringLiteral("out.csv"), "precious, put here by hand");
    const auto stops = connect(&program.session, &RunSession::stateChanged, &program.session, [&program] {
        if (program.session.state() == State::Running) program.session.stop(StopMode::Discard);
    });
    QCOMPARE(program.run().size(), std::size_t{1});
    disconnect(stops);
    QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, put here by hand"));
    program.agrees = false;
    program.session.setTape({.replay = m_tape});
    QCOMPARE(program.run().size(), std::size_t{1});
    QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, put here by hand"));
}

QTEST_GUILESS_MAIN(TestReplayConsent)
#include "test_replay_consent.moc"
