// The program is killed (SIGKILL) while it applies edits to its run, at random instants, and goes on each
// time: each row counts once, an edit holds from one row on, and the state that outlives the edits is that of
// an unkilled run which applied the same edits at the same rows. $RILLWRIGHT_KILLS: how often.
//
// The killed program is this one, as “--program FOLDER”: it opens FOLDER/p.rill, goes on from the newest
// checkpoint, and applies one edit after the other, each of which it saves and tells of first, until it is
// killed, or for “--end” stops.
#include <SQLiteCpp/SQLiteCpp.h>

#include <QProcess>
#include <QtTest/QtTest>
#include <algorithm>
#include <cstdio>
#include <random>

#include "tests/unit/checkpoints/checkpointed_program.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

constexpr int kPatience = 60'000;

Json numberedBy(int edit) {
    return {"n", "MOD(n, 3) AS k", "CAST(" + std::to_string(edit) + " AS BIGINT) AS v"};
}

int editIn(const Node& node) {
    int edit = -1;
    (void)std::sscanf(node.params["columns"][2].get<std::string>().c_str(), "CAST(%d", &edit);
    return edit;
}

/// Numbers, each with the number of the edit that it came by, into a table; counted and summed into another.
bool writeNumbers(const QString& file) {
    const Catalogue kinds = builtin();
    PipelineDocument document{kinds};
    const auto add = [&document](const char* type, const Json& params) {
        return document.addNode({type, params}, {});
    };
    const NodeId source = add("generator", {{"columns", {"n BIGINT = i"}}, {"rows", 0}, {"rate", 4000}});
    const NodeId edited = add("select", {{"columns", numberedBy(0)}});
    const NodeId totals =
        add("group_aggregate", {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS c", "SUM(v) AS s"}}});
    const NodeId all =
        add("sqlite_sink", {{"database", "all.sqlite"}, {"table", "numbers"}, {"mode", "append"}});
    const NodeId sums =
        add("sqlite_sink", {{"database", "sums.sqlite"}, {"table", "sums"}, {"mode", "upsert"}});
    document.connectPorts({source, "out"}, {edited, "in"});
    document.connectPorts({edited, "out"}, {all, "in"});
    document.connectPorts({edited, "out"}, {totals, "in"});
    document.connectPorts({totals, "out"}, {sums, "in"});
    Settings settings = document.pipeline().settings;
    settings.unknown["checkpoint_every"] = "30ms";
    document.setSettings(settings);
    return document.saveAs(file).ok();
}

int saysWhy(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    return 1;
}

/// The program that is killed; its exit status.
int program(const QString& folder, bool ends) {
    const Catalogue kinds = builtin();
    PipelineDocument document{kinds};
    RunSession session{document};
    CheckpointList list{document, session};
    const QString file = folder + QStringLiteral("/p.rill");
    if (!document.open(file).ok()) return saysWhy("the file can't be read");
    const auto awaits = [](auto&& condition) { return QTest::qWaitFor(condition, kPatience); };
    const auto runs = [&session] { return session.state() == State::Running; };
    const auto taken = [&session] { return session.snapshot().metrics.checkpoints.taken > 0; };
    if (!awaits([&document] { return document.isValidated(); })) return saysWhy("nothing is validated");
    std::optional<ExaminedCheckpoint> found;
    QObject::connect(&list, &CheckpointList::examined, [&found](const auto& answer) { found = answer; });
    list.examine({});
    if (!awaits([&found] { return found.has_value(); })) return saysWhy("no checkpoint is looked for");
    if (found->checkpoint) {
        if (!found->plain()) return saysWhy("the edit can't be resumed, or loses state");
        CheckpointChoice choice;
        choice.from = found->checkpoint;
        choice.location = found->location;
        session.resumeFrom(choice);
    } else {
        session.start();
    }
    const auto& nodes = document.pipeline().nodes;
    const auto edited =
        std::find_if(nodes.begin(), nodes.end(), [](const Node& node) { return node.type == "select"; });
    const NodeId id = edited->id;
    for (int edit = editIn(*edited);; ++edit) {
        if (!awaits(runs) || !awaits(taken)) return saysWhy("it does not run");
        if (ends) break;
        document.setParam(id, "columns", numberedBy(edit + 1));
        if (!awaits([&document] { return document.isValidated(); })) return saysWhy("nothing is validated");
        if (!document.saveAs(file).ok()) return saysWhy("the file can't be saved");
        std::printf("applies %d\n", edit + 1);
        std::fflush(stdout);
        session.apply();
        const auto applied = [&] { return !session.hasUnappliedChanges() && runs(); };
        if (!awaits(applied)) return saysWhy("it is not applied");
        std::printf("applied %d\n", edit + 1);
        std::fflush(stdout);
    }
    session.stop();
    if (!awaits([&session] { return !session.isActive(); })) return saysWhy("it does not stop");
    return session.state() == State::Stopped ? 0 : saysWhy("it has failed");
}

/// Such a program, under way.
class Killed {
 public:
    Killed(const QString& folder, bool ends) {
        // Its first word says which test this is where several are one program.
        QFile own(QStringLiteral("/proc/self/cmdline"));
        (void)own.open(QIODevice::ReadOnly);
        QStringList words;
        if (own.readAll().split('\0').value(1) == "apply_kills") words << QStringLiteral("apply_kills");
        words << QStringLiteral("--program") << folder;
        if (ends) words << QStringLiteral("--end");
        m_process.start(QStringLiteral("/proc/self/exe"), words);
    }
    ~Killed() { kill(); }

    void kill() {
        m_process.kill();
        (void)m_process.waitForFinished();
    }
    /// Until it says so; false: it has ended.
    bool awaits(const char* words) {
        while (!m_said.contains(words)) {
            if (!m_process.waitForReadyRead(kPatience)) return false;
            m_said += m_process.readAllStandardOutput();
        }
        return true;
    }
    /// Whether it is still there after that time.
    bool goesOnFor(int millis) {
        return !m_process.waitForFinished(millis) && m_process.state() == QProcess::Running;
    }
    bool ends() { return m_process.waitForFinished(kPatience) && m_process.exitCode() == 0; }
    bool hasSaid(const QByteArray& words) {
        m_said += m_process.readAllStandardOutput();
        return m_said.contains(words);
    }
    QByteArray trouble() { return m_process.readAllStandardError(); }

 private:
    QProcess m_process;
    QByteArray m_said;
};

}  // namespace

class TestApplyKills : public QObject {
    Q_OBJECT

    const QTemporaryDir m_folder{};

    qint64 number(const char* file, const char* query) {
        SQLite::Database database(m_folder.filePath(QLatin1String(file)).toStdString());
        database.setBusyTimeout(kPatience);
        return database.execAndGet(query).getInt64();
    }
    void checkNumbers() {
        const qint64 rows = number("all.sqlite", "SELECT COUNT(*) FROM numbers");
        QCOMPARE(number("all.sqlite", "SELECT COUNT(DISTINCT n) FROM numbers"), rows);
        QCOMPARE(number("all.sqlite", "SELECT COALESCE(MAX(n) + 1, 0) FROM numbers"), rows);
        QCOMPARE(number("all.sqlite",
                        "SELECT COUNT(*) FROM (SELECT v, LAG(v) OVER (ORDER BY n) AS before "
                        "FROM numbers) WHERE v < before"),
                 qint64{0});
    }

 private Q_SLOTS:
    void eachRowOnceAndEachEditFromOneRowOn() {
        const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
#ifdef RILLWRIGHT_SANITIZED
        const int kills = given > 0 ? given : 3;
#else
        const int kills = given > 0 ? given : 12;
#endif
        QVERIFY(writeNumbers(m_folder.filePath(QStringLiteral("p.rill"))));
        std::mt19937 chance(std::random_device{}());
        int within = 0;  // kills between the command and its effect
        for (int i = 0; i < kills; ++i) {
            Killed program(m_folder.path(), false);
            QVERIFY2(program.awaits("applies "), program.trouble().constData());
            QVERIFY2(program.goesOnFor(static_cast<int>(chance() % 120)), program.trouble().constData());
            program.kill();
            if (!program.hasSaid("applied ")) ++within;
            if (i % 10 == 0) checkNumbers();
            if (QTest::currentTestFailed()) return;
        }
        Killed last(m_folder.path(), true);
        QVERIFY2(last.ends(), last.trouble().constData());
        checkNumbers();
        QVERIFY(number("all.sqlite", "SELECT MAX(v) FROM numbers") >= kills);
        SQLite::Database sums(m_folder.filePath(QStringLiteral("sums.sqlite")).toStdString());
        sums.exec("ATTACH '" + m_folder.filePath(QStringLiteral("all.sqlite")).toStdString() + "' AS a");
        QCOMPARE(sums.execAndGet(
                         "SELECT COUNT(*) FROM (SELECT k, COUNT(*) AS c, SUM(v) AS s FROM a.numbers GROUP BY "
                         "k EXCEPT SELECT k, c, s FROM sums)")
                     .getInt64(),
                 0);
        QCOMPARE(sums.execAndGet("SELECT COUNT(*) FROM sums").getInt64(), 3);
        qInfo("%d kills, %d of them before the edit was applied", kills, within);
    }
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == QStringLiteral("--program"))
        return program(words.value(2), words.contains(QStringLiteral("--end")));
    TestApplyKills test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_apply_kills.moc"
