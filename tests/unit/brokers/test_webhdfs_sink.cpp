// Rows as files of HDFS: when a file is finished and gets its name, and what a run finds that resumes.
#include "core/connect/hadoop/webhdfs_sink.h"

#include <QtTest/QtTest>
#include <atomic>

#include "core/data/state_reader.h"
#include "tests/support/batch_of.h"
#include "tests/support/worlds/hdfs_world.h"
#include "tests/support/worlds/wire_badness.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Goes on when a test says so.
class HandClock final : public Clock {
 public:
    Instant now() const override { return time; }
    std::int64_t steadyMillis() const override { return time; }
    std::int64_t time = 1'700'000'000'000;
};

SchemaRef numbers() {
    return std::make_shared<Schema>(Schema{{{"n", Type::of(TypeId::Bigint)}}});
}

Batch batchFrom(std::int64_t first, std::int64_t until) {
    Rows rows;
    for (std::int64_t n = first; n < until; ++n) rows.push_back({Value{n}});
    return batchOf(numbers(), rows);
}

using Lines = std::vector<std::string>;

Lines lines(int first, int until) {
    Lines out;
    for (int n = first; n < until; ++n) out.push_back("{\"n\":" + std::to_string(n) + "}");
    return out;
}

int hiddenFiles(const HdfsWorld& world) {
    int hidden = 0;
    for (const std::string& path : world.files()) hidden += path.find("/.part-") != std::string::npos ? 1 : 0;
    return hidden;
}

}  // namespace

class TestWebhdfsSink : public QObject {
    Q_OBJECT

    std::unique_ptr<HdfsWorld> m_world{};
    std::shared_ptr<HandClock> m_clock{};
    WebhdfsTarget m_target{};
    std::atomic<bool> m_stops{false};
    std::string m_address{};  ///< of the NameNode; empty: that of the world

    std::unique_ptr<WebhdfsSink> sinkOf(const std::string& line, bool bounded = false) {
        MakeContext context;
        context.node = "out";
        context.clock = m_clock;
        context.checkpoints = line;
        context.bounded = bounded;
        context.stopping = [this] { return m_stops.load(); };
        std::map<std::string, std::string> fields;
        if (!m_address.empty()) fields["address"] = m_address;
        context.connections = m_world->connections("lake", fields);
        return std::make_unique<WebhdfsSink>(m_target, context, *connectionOf(context, "lake"));
    }
    static std::string stateOf(WebhdfsSink& sink, Epoch epoch) {
        if (!sink.prepare(epoch).ok()) return {};
        StateWriter writer;
        if (!sink.snapshot(writer).ok()) return {};
        return writer.finish();
    }
    /// One that resumes from there, up to its first commit.
    std::unique_ptr<WebhdfsSink> resumed(const std::string& state, Epoch epoch, Status& status) {
        auto sink = sinkOf("line");
        const Result<StateReader> reader = StateReader::open(state);
        status = reader.ok() ? sink->restore(*reader) : reader.status();
        if (status.ok()) status = sink->open();
        if (status.ok()) status = sink->commit(epoch);
        return sink;
    }

 private Q_SLOTS:
    void init() {
        m_world = std::make_unique<HdfsWorld>();
        m_clock = std::make_shared<HandClock>();
        m_target = {};
        m_target.folder = "/out";
        m_target.ending = ".json";
        m_target.encoder.schema = numbers();
        m_target.rollAfter = 60'000;
        m_target.giveUpAfter = 20'000;
        m_stops = false;
        m_address.clear();
    }

    void rowsWaitInCheckpointsUntilTheFileIsOld() {
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchFrom(0, 3)).ok());
        QVERIFY(!stateOf(*sink, 1).empty() && sink->commit(1).ok());
        QVERIFY(m_world->files().empty());
        m_clock->time += 60'000;
        QVERIFY(sink->onBatch(batchFrom(3, 5)).ok());
        QVERIFY(!stateOf(*sink, 2).empty());
        QCOMPARE(hiddenFiles(*m_world), 1);
        QVERIFY(m_world->rows().empty());
        QVERIFY(sink->commit(2).ok());
        QCOMPARE(m_world->rows(), lines(0, 5));
        QCOMPARE(hiddenFiles(*m_world), 0);
    }

    /// Before the first row, and not minutes later with the first file.
    void whoMayNotWriteThereIsToldAtTheStart() {
        m_world->put("/data/other", "1\n");
        m_target.folder = "/data/new/deep";
        auto asked = std::make_shared<std::string>();
        m_world->setFault([asked](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (call.op != "CHECKACCESS") return std::nullopt;
            *asked = call.path + ' ' + call.param("fsaction");
            return HdfsWorld::thrown("AccessControlException", "Permission denied: user=rill");
        });
        const Status status = sinkOf("line")->open();
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Denied);
        QCOMPARE(*asked, std::string("/data -wx"));
        m_world->setFault({});  // this world does not know the question, as old servers do not
        QVERIFY(sinkOf("line")->open().ok());
    }

    void rowsThatWaitAreWrittenByTheRunThatResumes() {
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
            state = stateOf(*sink, 1);
            QVERIFY(sink->commit(1).ok());
            QVERIFY(sink->onBatch(batchFrom(3, 9)).ok());  // which no checkpoint has
        }
        Status status;
        const auto sink = resumed(state, 1, status);
        QVERIFY(status.ok() && sink->onBatch(batchFrom(3, 5)).ok());
        sink->setLast();
        QVERIFY(sink->onEnd().ok() && sink->prepare(2).ok() && sink->commit(2).ok());
        QCOMPARE(m_world->rows(), lines(0, 5));
    }

    /// The run is killed when the checkpoint is durable: before the rename, or behind it.
    void aRenameIsDoneOrWasDone_data() {
        QTest::addColumn<bool>("renamed");
        QTest::newRow("killed before it") << false;
        QTest::newRow("killed behind it") << true;
    }
    void aRenameIsDoneOrWasDone() {
        QFETCH(const bool, renamed);
        m_target.rollAfter = 0;
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
            state = stateOf(*sink, 1);
            if (renamed) QVERIFY(sink->commit(1).ok());
        }
        Status status;
        const auto sink = resumed(state, 1, status);
        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
        QCOMPARE(m_world->rows(), lines(0, 3));
        QCOMPARE(hiddenFiles(*m_world), 0);
        QVERIFY(sink->commit(1).ok());  // asked again
        QCOMPARE(m_world->rows(), lines(0, 3));
    }

    /// Killed before the decision: its files are of no checkpoint, and their rows come again.
    void filesOfLaterNumbersGo() {
        m_target.rollAfter = 0;
        m_world->put("/out/part-of-others.json", "theirs\n");
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
            state = stateOf(*sink, 1);
            QVERIFY(sink->commit(1).ok() && sink->onBatch(batchFrom(3, 6)).ok());
            QVERIFY(sink->prepare(2).ok() && sink->commit(2).ok());
            QVERIFY(sink->onBatch(batchFrom(6, 9)).ok() && sink->prepare(3).ok());
        }
        QCOMPARE(hiddenFiles(*m_world), 1);
        Status status;
        const auto sink = resumed(state, 1, status);
        QVERIFY(status.ok());
        QCOMPARE(hiddenFiles(*m_world), 0);
        Lines there = lines(0, 3);
        there.push_back("theirs");
        QCOMPARE(m_world->rows(), there);
        const std::vector<Text> notes = sink->takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(english(notes.front()).find("behind the checkpoint") != std::string::npos);
        QVERIFY(sink->onBatch(batchFrom(3, 5)).ok() && sink->prepare(2).ok() && sink->commit(2).ok());
        there = lines(0, 5);
        there.push_back("theirs");
        QCOMPARE(m_world->rows(), there);
    }

    /// Nothing is removed before the decision.
    void openingChangesNothing() {
        m_target.rollAfter = 0;
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
            state = stateOf(*sink, 1);
            QVERIFY(sink->commit(1).ok() && sink->onBatch(batchFrom(3, 6)).ok() && sink->prepare(2).ok());
        }
        const auto before = m_world->files();
        const auto sink = sinkOf("line");
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok() && sink->restore(*reader).ok() && sink->open().ok());
        sink->abort();
        sink->close();
        QCOMPARE(m_world->files(), before);
    }

    void aFileThatSomebodyTookIsToldAndHoldsNobody() {
        m_target.rollAfter = 0;
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
            state = stateOf(*sink, 1);
            QVERIFY(sink->commit(1).ok());
        }
        for (const std::string& path : m_world->files()) m_world->remove(path);
        Status status;
        const auto sink = resumed(state, 1, status);
        QVERIFY(status.ok());
        QCOMPARE(sink->takeNotes().size(), std::size_t{1});
    }

    /// Of a pipeline that was edited: elsewhere they would pass for files that somebody has taken.
    void filesThatWaitElsewhereAreNotForgotten() {
        m_target.rollAfter = 0;
        m_target.connection = "lake";
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
        const std::string state = stateOf(*sink, 1);
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok());
        const HdfsWorld other;
        m_target.connection = "pond";
        MakeContext context;
        context.node = "out";
        context.clock = m_clock;
        context.checkpoints = "line";
        context.stopping = [] { return false; };
        context.connections = other.connections("pond");
        WebhdfsSink elsewhere(m_target, context, *connectionOf(context, "pond"));
        const Status status = elsewhere.restore(*reader);
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Invalid);
        QVERIFY(english(status.error()).find("“lake”") != std::string::npos);
        QVERIFY(sinkOf("line")->restore(*reader).ok());  // renamed, to the same place
    }

    void aNameThatOthersHaveIsAnError() {
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->commit(0).ok() && sink->onBatch(batchFrom(0, 3)).ok());
        QVERIFY(sink->prepare(1).ok());
        std::string hidden = m_world->files().front();
        std::string final = hidden.substr(0, hidden.rfind(".inprogress"));
        final.erase(final.find("/.") + 1, 1);
        m_world->put(final, "theirs");
        const Status status = sink->commit(1);
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find("not of this run") != std::string::npos);
        QCOMPARE(m_world->file(final).value_or("none"), std::string("theirs"));
    }

    void withoutCheckpointsFilesAreThereWhenTheyAreLarge() {
        m_target.rollBytes = 30;
        m_target.head = "head\n";
        const auto sink = sinkOf({});
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 7)).ok());
        QCOMPARE(m_world->files().size(), std::size_t{1});
        QVERIFY(sink->hasVisibleOutput());
        QVERIFY(sink->onEnd().ok() && sink->prepare(1).ok() && sink->commit(1).ok());
        QCOMPARE(m_world->rows(), (Lines{"head", "{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "head",
                                         "{\"n\":4}", "{\"n\":5}", "{\"n\":6}"}));
    }

    void abortedRunsLeaveNothing() {
        m_target.rollBytes = 30;
        const auto sink = sinkOf({}, true);
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 9)).ok());
        QCOMPARE(hiddenFiles(*m_world), 2);
        m_stops = true;
        sink->abort();
        QVERIFY(m_world->files().empty());
    }

    /// A run that were started again would write the first file twice: it is told that something is visible.
    void aCommitThatBreaksOffIsVisible() {
        m_target.rollBytes = 30;
        const auto sink = sinkOf({}, true);
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 8)).ok() && sink->prepare(1).ok());
        QVERIFY(!sink->hasVisibleOutput());
        m_world->setFault([](const HdfsCall& call) -> std::optional<FakeAnswer> {
            const bool second = call.op == "RENAME" && call.path.find("-00000001") != std::string::npos;
            if (!second) return std::nullopt;
            return HdfsWorld::thrown("AccessControlException", "Permission denied");
        });
        QVERIFY(!sink->commit(1).ok());
        sink->abort();
        QVERIFY(sink->hasVisibleOutput());
        QCOMPARE(m_world->rows(), lines(0, 4));
        QCOMPARE(hiddenFiles(*m_world), 0);
    }

    void aHalfFileIsWrittenAgain() {
        m_target.rollAfter = 0;
        m_world->halveNext();
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 9)).ok() && sink->prepare(1).ok());
        QVERIFY(sink->commit(1).ok());
        QCOMPARE(m_world->rows(), lines(0, 9));
        QVERIFY(!sink->takeNotes().empty());
    }

    void outagesAreSurvived_data() {
        QTest::addColumn<QString>("exception");
        QTest::newRow("safe mode") << "SafeModeException";
        QTest::newRow("standby") << "StandbyException";
        QTest::newRow("lease") << "AlreadyBeingCreatedException";
        QTest::newRow("broken connection") << "";
    }
    void outagesAreSurvived() {
        QFETCH(const QString, exception);
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok());
        auto left = std::make_shared<int>(2);
        m_world->setFault([left, exception](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if ((call.op != "CREATE" && call.op != "RENAME") || --*left < 0) return std::nullopt;
            return exception.isEmpty() ? HdfsWorld::brokenOff()
                                       : HdfsWorld::thrown(exception.toStdString(), "not now");
        });
        QVERIFY(sink->onBatch(batchFrom(0, 9)).ok() && sink->prepare(1).ok() && sink->commit(1).ok());
        QCOMPARE(m_world->rows(), lines(0, 9));
        QVERIFY(sink->standing()->state == PartitionState::Live);
        QVERIFY(!sink->takeNotes().empty());
    }

    /// The answer of a rename that was done is lost: it is asked for again, and answers “false”.
    void aLostAnswerOfARenameIsNoHarm() {
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 9)).ok() && sink->prepare(1).ok());
        m_world->loseAnswerOf("RENAME");
        const Status status = sink->commit(1);
        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
        QCOMPARE(m_world->rows(), lines(0, 9));
    }

    /// To the NameNode and to the DataNode.
    void aBadLineLosesNothing_data() {
        QTest::addColumn<int>("badness");
        for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i)
            QTest::newRow(kBadnesses[i].name) << i;
    }
    void aBadLineLosesNothing() {
        QFETCH(const int, badness);
        BadWire names(m_world->address()), data(m_world->dataAddress());
        m_address = names.address();
        m_world->leadTo(data.address());
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok());
        int written = 0;
        Epoch epoch = 0;
        const auto writes = [&](bool last) {
            Status status = sink->onBatch(batchFrom(written, written + 20));
            written += 20;
            if (last) sink->setLast();
            if (status.ok() && last) status = sink->onEnd();
            if (status.ok()) status = sink->prepare(++epoch);
            if (status.ok()) status = sink->commit(epoch);
            return status.ok() ? std::string() : english(status.error());
        };
        {
            const Disturbance disturbance({&names, &data}, kBadnesses[badness]);
            while (!disturbance.isOver()) QCOMPARE(writes(false), std::string());
        }
        QCOMPARE(writes(true), std::string());
        QVERIFY(names.came() > 0 && data.came() > 0);
        QCOMPARE(m_world->rows(), lines(0, written));
        QCOMPARE(hiddenFiles(*m_world), 0);
    }

    void aSilentLineHoldsNoStop() {
        m_target.rollAfter = 0;
        BadWire names(m_world->address());
        m_address = names.address();
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
        names.faults().silent = true;
        m_stops = true;
        QElapsedTimer timer;
        timer.start();
        const Status status = sink->prepare(1);
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Cancelled);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }

    void noPermissionIsAnErrorAtOnce() {
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok());
        m_world->setFault([](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (call.op != "CREATE") return std::nullopt;
            return HdfsWorld::thrown("AccessControlException", "Permission denied: user=rill");
        });
        QVERIFY(sink->onBatch(batchFrom(0, 3)).ok());
        const Status status = sink->prepare(1);
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Denied);
        QVERIFY(english(status.error()).find("setfacl") != std::string::npos);
    }

    void aStoppedRunWaitsForNobody() {
        m_target.rollAfter = 0;
        const auto sink = sinkOf("line");
        QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 3)).ok());
        m_world->setFault([](const HdfsCall&) { return std::optional(FakeAnswer{{}, true, false}); });
        m_stops = true;
        QElapsedTimer timer;
        timer.start();
        const Status status = sink->prepare(1);
        QVERIFY(!status.ok() && status.error().code == ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 10'000);
    }

    void aFileIsNoFolder() {
        m_world->put("/out", "a file");
        const Status status = sinkOf("line")->open();
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find("is a file") != std::string::npos);
    }

    void aTextWithALineBreakIsLeftOut() {
        m_target.encoder.schema = std::make_shared<Schema>(Schema{{{"s", Type::of(TypeId::String)}}});
        m_target.encoder.format = FormatKind::Text;
        const auto sink = sinkOf({});
        QVERIFY(sink->open().ok());
        const Rows rows{{Value{std::string("one")}}, {Value{std::string("two\nlines")}}};
        QVERIFY(sink->onBatch(batchOf(m_target.encoder.schema, rows)).ok());
        QCOMPARE(sink->takeUnwritable().size(), std::size_t{1});
        QVERIFY(sink->prepare(1).ok() && sink->commit(1).ok());
        QCOMPARE(m_world->rows(), Lines{"one"});
    }

    /// A pipeline that was edited: its rows so far are a file of their own.
    void anotherFormatIsAnotherFile() {
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->open().ok() && sink->onBatch(batchFrom(0, 2)).ok());
            state = stateOf(*sink, 1);
        }
        m_target.encoder.format = FormatKind::Csv;
        m_target.ending = ".csv";
        Status status;
        const auto sink = resumed(state, 1, status);
        QVERIFY(status.ok() && sink->onBatch(batchFrom(2, 4)).ok());
        sink->setLast();
        QVERIFY(sink->prepare(2).ok() && sink->commit(2).ok());
        QCOMPARE(m_world->rows(), (Lines{"{\"n\":0}", "{\"n\":1}", "2", "3"}));
        const auto files = m_world->files();
        QVERIFY(files[0].ends_with("-00000000.json") && files[1].ends_with("-00000001.csv"));
    }
};

QTEST_GUILESS_MAIN(TestWebhdfsSink)
#include "test_webhdfs_sink.moc"
