// When a run asks first: about the outputs of others, and about pipelines from elsewhere.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>

#include "core/pipeline/json/json.h"
#include "tests/unit/session/consent_program.h"
#include "tests/unit/session/own_files.h"
#include "widgets/document/examples.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// A pipeline that writes numbers into a CSV file.
QByteArray writing(const QString& path, int rows = 3, const QByteArray& more = {}) {
    return R"({"rill":1,"nodes":[{"id":"g","type":"generator","params":{"columns":["n BIGINT = i"],"rows":)" +
           QByteArray::number(rows) + R"(}},{"id":"out","type":"csv_sink","params":{"path":")" +
           path.toUtf8() + R"("}})" + more + R"(],"wires":[{"from":"g","to":"out"}]})";
}

}  // namespace

class TestRunConsent : public QObject, private OwnFiles {
    Q_OBJECT

 private Q_SLOTS:
    void init() { renewFolder(); }

    // ── Saving ──

    // Files are waited for in a loop that serves other events: in the midst of being told that it was saved,
    // they would find the document half told.
    void nobodyIsKeptWaitingWhileASaveIsTold() {
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));
        int works = 0;
        program.document.setFileWork([&works](const QString&, const std::function<void()>& work) {
            ++works;
            work();
            return true;
        });
        QVERIFY(program.document.saveAs(path(QStringLiteral("mine.rill"))).ok());
        QCOMPARE(works, 1);  // the writing alone
        // The rest of the record is kept all the same, for the next program, too.
        PipelineDocument again(program.kinds);
        QVERIFY(again.open(path(QStringLiteral("mine.rill"))).ok());
        const RunConsent consent(again, data());
        const ConsentRequest request = consent.consents().requestFor(consent.subject(), {});
        QVERIFY(!request.untrusted);
        QVERIFY(ConsentStore(data()).wasSaved(again.origin().bytes.toStdString()));
    }

    // ── Outputs of others ──

    void asksOnceBeforeItOverwrites() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.build(theirs);
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(!asked[0].untrusted);
        QCOMPARE(asked[0].targets.size(), std::size_t{1});
        QVERIFY(asked[0].targets[0].foreign);
        QCOMPARE(asked[0].targets[0].access.target, QFileInfo(theirs).canonicalFilePath().toStdString());
        QCOMPARE(program.session.state(), State::Finished);
        QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("n\n0\n1\n2\n"));
        QVERIFY(program.runsUnasked());
    }

    void refusalRunsNothingAndSaysSo() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.agrees = false;
        program.build(theirs);
        QSignalSpy declined(&program.session, &RunSession::declined);
        QCOMPARE(program.run().size(), std::size_t{1});
        QCOMPARE(program.session.state(), State::Stopped);
        QVERIFY(program.session.wasDeclined());
        QCOMPARE(declined.count(), 1);
        QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious"));
        QCOMPARE(program.run().size(), std::size_t{1});  // asked again: nothing was agreed to
    }

    void ownOutputIsWrittenAgain() {
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));
        QVERIFY(program.runsUnasked());
        QVERIFY(program.runsUnasked());
        QVERIFY(!contents(QStringLiteral("out.csv")).isEmpty());
    }

    void remembersBeyondTheSessionAndUnderAnotherName() {
        {
            Program program(data());
            program.build(path(QStringLiteral("out.csv")));
            QVERIFY(program.runsUnasked());
            QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        }
        {
            Program program(data());
            QVERIFY(program.document.open(path(QStringLiteral("a.rill"))).ok());
            QVERIFY(program.runsUnasked());
            QVERIFY(program.document.saveAs(path(QStringLiteral("b.rill"))).ok());
            QVERIFY(program.runsUnasked());
        }
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));  // another pipeline
        QCOMPARE(program.run().size(), std::size_t{1});
    }

    void whatSomebodyPutInItsPlaceIsTheirs() {
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));
        QVERIFY(program.runsUnasked());
        write(QStringLiteral("out.csv"), "precious, put here by hand");
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(QFile::remove(path(QStringLiteral("out.csv"))));
        QVERIFY(program.runsUnasked());
    }

    void whatAFailedRunDidNotWriteIsNotItsOwn() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.build(theirs);
        const NodeId source = program.document.pipeline().nodes[0].id;
        const NodeId full = program.document.addNode({"csv_sink", Json{{"path", "/dev/full"}}}, {});
        program.document.connectPorts({source, "out"}, {full, "in"});
        QCOMPARE(program.run().size(), std::size_t{1});
        QCOMPARE(program.session.state(), State::Failed);
        QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious"));
        QVERIFY(program.run().empty());  // agreed to: the pipeline and the old output are the same
        program.document.setParam(source, "rows", 4);
        QCOMPARE(program.run().size(), std::size_t{1});
        write(QStringLiteral("out.csv"), "precious, by another hand");
        QCOMPARE(program.run().size(), std::size_t{1});
        QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious, by another hand"));
    }

    void linkIsItsTarget() {
        const QString theirs = write(QStringLiteral("precious.txt"), "precious");
        QVERIFY(QFile::link(theirs, path(QStringLiteral("out.csv"))));
        Program program(data());
        program.agrees = false;
        program.build(path(QStringLiteral("sub/../out.csv")));
        QVERIFY(QDir().mkdir(path(QStringLiteral("sub"))));
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QCOMPARE(asked[0].targets[0].access.target, QFileInfo(theirs).canonicalFilePath().toStdString());
    }

    void tablesOfOthersAreTheirs() {
        const QString database = path(QStringLiteral("d.sqlite"));
        {
            Program other(data());
            other.build({});
            other.document.setParam(other.out, "path", path(QStringLiteral("x.csv")).toStdString());
            const NodeId table = other.document.addNode(
                {"sqlite_sink", Json{{"database", database.toStdString()}, {"table", "Mine"}}}, {});
            other.document.connectPorts({other.document.pipeline().nodes[0].id, "out"}, {table, "in"});
            QVERIFY(other.runsUnasked());
            QVERIFY(other.runsUnasked());
        }
        Program program(data());
        program.build(path(QStringLiteral("y.csv")));
        const Json params{{"database", database.toStdString()}, {"table", "mine"}, {"mode", "append"}};
        const NodeId table = program.document.addNode({"sqlite_sink", params}, {});
        program.document.connectPorts({program.document.pipeline().nodes[0].id, "out"}, {table, "in"});
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(asked[0].targets[0].access.adds);
        program.document.setParam(table, "table", "new");
        QVERIFY(program.runsUnasked());  // a new table takes nothing from anybody
        program.document.setParam(table, "table", "mine");
        SQLite::Database(database.toStdString(), SQLite::OPEN_READWRITE).exec("INSERT INTO mine VALUES (7)");
        QVERIFY(program.runsUnasked());  // adding rows removes nothing
    }

    void aTableThatSomebodyChangedIsTheirs() {
        const std::string database = path(QStringLiteral("d.sqlite")).toStdString();
        Program program(data());
        program.build(path(QStringLiteral("x.csv")));
        const NodeId table =
            program.document.addNode({"sqlite_sink", Json{{"database", database}, {"table", "t"}}}, {});
        program.document.connectPorts({program.document.pipeline().nodes[0].id, "out"}, {table, "in"});
        QVERIFY(program.runsUnasked());
        QVERIFY(program.runsUnasked());
        const auto change = [&](const char* sql) {
            SQLite::Database(database, SQLite::OPEN_READWRITE).exec(sql);
            return program.run().size();
        };
        QCOMPARE(change("CREATE TABLE other (n)"), std::size_t{0});
        QCOMPARE(change("UPDATE t SET n = 5 WHERE n = 1"), std::size_t{1});
        QCOMPARE(change("INSERT INTO other VALUES (1)"), std::size_t{0});
        QCOMPARE(change("INSERT INTO t VALUES (8)"), std::size_t{1});
        QCOMPARE(change("DELETE FROM t WHERE n = 0"), std::size_t{1});
        QCOMPARE(change("DROP TABLE t"), std::size_t{0});
        QCOMPARE(change("DROP TABLE t; CREATE TABLE t (precious TEXT)"), std::size_t{1});
    }

    void changesOfARunAreAskedAboutAndTheRunGoesOn() {
        const QString theirs = write(QStringLiteral("other.csv"), "precious");
        Program program(data());
        program.agrees = false;
        program.build(path(QStringLiteral("live.csv")));
        const NodeId source = program.document.pipeline().nodes[0].id;
        program.document.setParams(source, Json{{"rows", 0}, {"rate", 100}}, QStringLiteral("live"));
        program.session.start();
        QTRY_COMPARE(program.session.state(), State::Running);
        QTRY_VERIFY(!contents(QStringLiteral("live.csv")).isEmpty());
        program.document.setParam(source, "rate", 200);
        program.session.apply();  // the file is there, but it is this run's own
        QTRY_VERIFY(!program.session.hasUnappliedChanges());
        QTRY_COMPARE(program.session.state(), State::Running);
        QVERIFY(program.asked.empty());
        program.document.setParam(program.out, "path", theirs.toStdString());
        program.session.apply();
        QTRY_COMPARE(program.asked.size(), std::size_t{1});
        QCOMPARE(program.session.state(), State::Running);
        QVERIFY(program.session.hasUnappliedChanges());
        program.session.stop();
        QTRY_VERIFY(!program.session.isActive());
        QCOMPARE(contents(QStringLiteral("other.csv")), QByteArray("precious"));
    }

    // ── Pipelines from elsewhere ──

    /// Other code waits for consent; that which was allowed goes on, and no row of the other is there.
    void otherCodeWaitsWhileTheAllowedGoesOn() {
        const auto codeThatSays = [](const char* word) {
            return std::string("def process(row):\n    return {'n': row.n, 'said': '") + word + "'}\n";
        };
        const Json theirs{
            {"rill", 1},
            {"settings", {{"checkpoint_every", "50ms"}}},
            {"nodes",
             {{{"id", "g"},
               {"type", "generator"},
               {"params", {{"columns", {"n BIGINT = i"}}, {"rate", 200}}}},
              {{"id", "p"},
               {"type", "python"},
               {"params", {{"code", codeThatSays("old")}, {"columns", {"n BIGINT", "said STRING"}}}}},
              {{"id", "out"}, {"type", "csv_sink"}, {"params", {{"path", "said.csv"}}}}}},
            {"wires", {{{"from", "g"}, {"to", "p"}}, {{"from", "p"}, {"to", "out"}}}}};
        const NodeId code = "p";
        Program program(data());
        QVERIFY(
            program.document.open(write(QStringLiteral("s.rill"), QByteArray::fromStdString(theirs.dump())))
                .ok());
        program.session.start();
        QTRY_COMPARE(program.session.state(), State::Running);
        QCOMPARE(program.asked.size(), std::size_t{1});  // whether the code may run at all
        QVERIFY(program.asked[0].untrusted);
        QTRY_VERIFY(contents(QStringLiteral("said.csv")).contains("old"));
        program.asked.clear();
        program.agrees = false;
        program.document.setParam(code, "code", codeThatSays("new"));
        program.session.apply();
        QTRY_COMPARE(program.asked.size(), std::size_t{1});
        QCOMPARE(program.session.state(), State::Running);
        QVERIFY(program.session.hasUnappliedChanges());
        const qsizetype before = contents(QStringLiteral("said.csv")).size();
        QTRY_VERIFY(contents(QStringLiteral("said.csv")).size() > before);
        QVERIFY(!contents(QStringLiteral("said.csv")).contains("new"));
        // The code of before needs no other consent; the other, once it has it, is taken.
        program.document.setParam(code, "code", codeThatSays("old"));
        QVERIFY(!program.session.hasUnappliedChanges());
        program.agrees = true;
        program.document.setParam(code, "code", codeThatSays("new"));
        program.session.apply();
        QTRY_VERIFY(contents(QStringLiteral("said.csv")).contains("new"));
        QCOMPARE(program.asked.size(), std::size_t{2});
        program.session.stop();
        QTRY_VERIFY(!program.session.isActive());
    }

    void strangersPipelineIsShownBeforeItsFirstRun() {
        const QString file = write(QStringLiteral("s.rill"), writing(QStringLiteral("out.csv")));
        {
            Program program(data());
            program.agrees = false;
            QVERIFY(program.document.open(file).ok());
            const auto asked = program.run();
            QCOMPARE(asked.size(), std::size_t{1});
            QVERIFY(asked[0].untrusted);
            QCOMPARE(asked[0].targets.size(), std::size_t{1});
            QVERIFY(!QFile::exists(path(QStringLiteral("out.csv"))));
            program.agrees = true;
            QCOMPARE(program.run().size(), std::size_t{1});
            QVERIFY(QFile::exists(path(QStringLiteral("out.csv"))));
            QVERIFY(program.runsUnasked());
        }
        Program program(data());
        QVERIFY(program.document.open(file).ok());
        QVERIFY(program.runsUnasked());  // agreed to, for this path and these targets
    }

    void asksAgainWhenTheListGrows() {
        const QString file = write(QStringLiteral("s.rill"), writing(QStringLiteral("out.csv")));
        Program program(data());
        QVERIFY(program.document.open(file).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        write(QStringLiteral("s.rill"), writing(QStringLiteral("out.csv"), 5));
        QVERIFY(program.document.open(file).ok());
        QVERIFY(program.runsUnasked());  // other bytes, the same list
        write(QStringLiteral("s.rill"),
              writing(QStringLiteral("out.csv"), 5,
                      R"(,{"id":"m","type":"this_computer","params":{"table":"load"}})"));
        QVERIFY(program.document.open(file).ok());
        program.agrees = false;
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QCOMPARE(asked[0].targets.size(), std::size_t{2});
        QVERIFY(!asked[0].targets[1].access.isFile());
    }

    void consentIsForOnePath() {
        const QByteArray text = writing(path(QStringLiteral("out.csv")));
        Program program(data());
        QVERIFY(program.document.open(write(QStringLiteral("s.rill"), text)).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(program.document.open(write(QStringLiteral("t.rill"), text)).ok());
        QVERIFY(!program.run().empty());
    }

    void whatWasSavedHereIsKnown() {
        Program program(data());
        program.build(QStringLiteral("out.csv"));
        QVERIFY(program.document.saveAs(path(QStringLiteral("mine.rill"))).ok());
        Program later(data());
        QVERIFY(later.document.open(path(QStringLiteral("mine.rill"))).ok());
        QVERIFY(later.runsUnasked());
        QVERIFY(QFile::copy(path(QStringLiteral("mine.rill")), path(QStringLiteral("copy.rill"))));
        QVERIFY(QFile::remove(path(QStringLiteral("out.csv"))));
        QVERIFY(later.document.open(path(QStringLiteral("copy.rill"))).ok());
        QVERIFY(later.runsUnasked());
        // A copy of mine with other bytes is a stranger's.
        QByteArray text = contents(QStringLiteral("mine.rill"));
        write(QStringLiteral("mine.rill"), text.replace("out.csv", "gut.csv"));
        QVERIFY(later.document.open(path(QStringLiteral("mine.rill"))).ok());
        QVERIFY(!later.run().empty());
    }

    void savingMakesNoStrangersPipelineMine() {
        Program program(data());
        program.agrees = false;
        const QByteArray text = writing(QStringLiteral("out.csv"));
        QVERIFY(program.document.open(write(QStringLiteral("s.rill"), text)).ok());
        program.document.setTitle("out", QStringLiteral("Harmless"));
        QVERIFY(program.document.save().ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(program.document.open(path(QStringLiteral("s.rill"))).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        program.agrees = true;
        QCOMPARE(program.run().size(), std::size_t{1});
        program.document.setParam("out", "path", "other.csv");
        QVERIFY(program.document.save().ok());  // one's own now, with one's own changes
        QVERIFY(program.document.open(path(QStringLiteral("s.rill"))).ok());
        QVERIFY(program.runsUnasked());
    }

    void anotherFileInThePlaceOfAnAgreedOneIsAStrangers() {
        Program program(data());
        QVERIFY(
            program.document.open(write(QStringLiteral("s.rill"), writing(QStringLiteral("out.csv")))).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(program.document.open(write(QStringLiteral("s.rill"), writing(QStringLiteral("other.csv"))))
                    .ok());
        program.document.setTitle("out", QStringLiteral("Harmless"));
        QVERIFY(program.document.save().ok());
        QVERIFY(program.document.open(path(QStringLiteral("s.rill"))).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
    }

    void examplesAskNothing() {
        for (const Example& example : examples()) {
            Program program(data());
            QVERIFY(program.document.openCopy(example.file).ok());
            QCOMPARE(program.document.origin().example, QFileInfo(example.file).fileName());
            const RunSubject subject = program.consent.subject();
            const Consents& consents = program.consent.consents();
            Access written;
            written.kind = Access::Kind::Writes;
            written.target = write(QStringLiteral("x"), "x").toStdString();
            QVERIFY(consents.requestFor(subject, {written}).empty());
            program.document.addNode({"union"}, {});
            QVERIFY(!consents.requestFor(program.consent.subject(), {written}).untrusted);
            QVERIFY(!consents.requestFor(program.consent.subject(), {written}).empty());
        }
    }

    void folderOfExamplesMakesNoExample() {
        QVERIFY(QDir().mkpath(path(QStringLiteral("resources/examples"))));
        Program program(data());
        const QString evil = write(QStringLiteral("resources/examples/this_computer.rill"),
                                   writing(path(QStringLiteral("out.csv"))));
        QVERIFY(program.document.openCopy(evil).ok());
        program.agrees = false;
        QVERIFY(program.run().front().untrusted);
    }

    void pipelineWithoutNodesIsNobodys() {
        Program program(data());
        QVERIFY(program.document.open(write(QStringLiteral("e.rill"), R"({"rill":1,"nodes":[],"wires":[]})"))
                    .ok());
        program.build(QStringLiteral("out.csv"));
        QVERIFY(program.runsUnasked());
        QVERIFY(program.runsUnasked());
    }

    void crashDoesNotMakeAStrangersPipelineMine() {
        const QString file = write(QStringLiteral("s.rill"), writing(QStringLiteral("out.csv")));
        Program program(data());
        QVERIFY(program.document.open(file).ok());
        program.document.setTitle("out", QStringLiteral("Harmless"));
        Program later(data());
        QVERIFY(
            later.document.restore(savePipeline(program.document.pipeline()), file, program.document.origin())
                .ok());
        later.agrees = false;
        QVERIFY(later.run().front().untrusted);
    }

    // ── Records ──

    void brokenMemoryAsksAgain() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        {
            Program program(data());
            program.build(theirs);
            QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
            QCOMPARE(program.run().size(), std::size_t{1});
        }
        const QDir kept(data());
        for (const QString& file : kept.entryList({QStringLiteral("*.json")}))
            write(QStringLiteral("data/") + file, R"({"written": [1, {"a": )");
        Program program(data());
        QVERIFY(program.document.open(path(QStringLiteral("a.rill"))).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(program.runsUnasked());
    }

    void memoryThatCannotBeWrittenLastsUntilTheEnd() {
        write(QStringLiteral("data"), "no folder");
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.build(theirs);
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        QCOMPARE(program.run().size(), std::size_t{1});
        QVERIFY(program.runsUnasked());
        QVERIFY(program.document.open(path(QStringLiteral("a.rill"))).ok());
        QVERIFY(program.runsUnasked());
    }

    void anotherDocumentEndsTheQuestion() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.session.disconnect();
        program.build(theirs);
        program.session.start();
        QTRY_VERIFY(program.session.isAwaitingConsent());
        QCOMPARE(program.session.state(), State::Starting);
        program.document.startEmpty();
        QVERIFY(!program.session.isAwaitingConsent());
        QCOMPARE(program.session.state(), State::Stopped);
        program.session.proceed();
        QCOMPARE(program.session.state(), State::Stopped);
        QCOMPARE(contents(QStringLiteral("out.csv")), QByteArray("precious"));
    }
};

QTEST_MAIN(TestRunConsent)
#include "test_run_consent.moc"
