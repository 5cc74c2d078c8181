// A comparison from the window's side: on a thread of its own, followed, ended, given up, and forgotten with
// its document.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "tests/support/made_comparison.h"
#include "widgets/clusters/compare_session.h"
#include "widgets/document/consent/run_consent.h"

using namespace rw;
using namespace rw::ui;
using rw::testing::MadeComparison;
using State = CompareSession::State;

namespace {

const QByteArray kStrange = R"({ "rill": 1, "name": "strange", "nodes": [
    { "id": "in", "type": "csv_source", "params": { "path": "in.csv", "columns": ["a INT"] } },
    { "id": "out", "type": "table_view" } ],
  "wires": [{ "from": "in", "to": "out" }] })";

struct ComparedDocument {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    std::shared_ptr<MadeComparison> made = std::make_shared<MadeComparison>();
    std::unique_ptr<CompareSession> session = std::make_unique<CompareSession>(document, environmentSecret);
    NodeId rows, sink;

    ComparedDocument() {
        session->setComparing(rw::testing::comparingBy(made));
        rows = document.addNode({"rows", Json::parse(R"({"columns": ["a INT"], "rows": [[1], [2]]})"), {}},
                                {0, 0});
        sink = document.addNodeBehind({"table_view", Json::object(), {}}, {300, 0}, {rows, "out"});
        made->report = rw::testing::madeReport(sink, sink);
    }
    ~ComparedDocument() { made->held = false; }
    void start() { session->start({kEmbeddedSide, {}}, {"staging", Target()}); }
    bool begun(int times = 1) {
        return QTest::qWaitFor([this, times] { return made->begun == times; }, 20'000);
    }
    bool reached(State state) {
        return QTest::qWaitFor([this, state] { return session->state() == state; }, 20'000);
    }
};

}  // namespace

class TestCompareSession : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theDocumentIsCompared() {
        ComparedDocument fixture;
        QCOMPARE(fixture.session->state(), State::None);
        QSignalSpy ended(fixture.session.get(), &CompareSession::ended);
        fixture.start();
        QCOMPARE(fixture.session->state(), State::Running);  // at once, without waiting
        QVERIFY(fixture.begun());
        const CompareRequest asked = fixture.made->asked();
        QCOMPARE(asked.pipeline.nodes.size(), std::size_t{2});
        QCOMPARE(asked.validate.folder, fixture.document.folder().toStdString());
        QCOMPARE(asked.a.name, std::string("embedded"));
        QVERIFY(!asked.a.target && asked.b.target);
        QTRY_COMPARE(QString::fromStdString(english(fixture.session->doing())),
                     QStringLiteral("running it on staging"));
        QVERIFY(fixture.session->report() == nullptr);
        fixture.made->held = false;
        QVERIFY(fixture.reached(State::Done));
        QCOMPARE(ended.count(), 1);
        QVERIFY(fixture.session->report() != nullptr && fixture.session->failure().ok());
        QCOMPARE(fixture.session->report()->nodes.size(), std::size_t{2});
    }

    void oneAtATime() {
        ComparedDocument fixture;
        fixture.start();
        fixture.start();
        QVERIFY(fixture.begun());
        fixture.made->held = false;
        QVERIFY(fixture.reached(State::Done));
        fixture.start();
        QVERIFY(fixture.session->report() == nullptr);
        QVERIFY(fixture.reached(State::Done));
        QCOMPARE(fixture.made->begun.load(), 2);
    }

    void aFailureIsKept() {
        ComparedDocument fixture;
        fixture.made->held = false;
        fixture.made->failure = Status(ErrorCode::Io, RW_TEXT("test", "It does not answer.")).at("out");
        fixture.start();
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(fixture.session->report() == nullptr);
        QCOMPARE(fixture.session->failure().error().node, std::string("out"));
    }

    void itIsCancelled() {
        ComparedDocument fixture;
        QSignalSpy ended(fixture.session.get(), &CompareSession::ended);
        fixture.session->cancel();  // there is none
        QCOMPARE(fixture.session->state(), State::None);
        fixture.start();
        QVERIFY(fixture.begun());
        fixture.session->cancel();
        fixture.session->cancel();
        QCOMPARE(fixture.session->state(), State::Ending);
        QVERIFY(fixture.reached(State::None));
        QVERIFY(fixture.session->wasCancelled());
        QCOMPARE(fixture.made->cancelled.load(), 1);
        QCOMPARE(ended.count(), 0);
        fixture.made->held = false;
        fixture.start();
        QVERIFY(!fixture.session->wasCancelled());
        QVERIFY(fixture.reached(State::Done));
    }

    // A comparison that ends in the same moment is as good as if it was not cancelled.
    void cancelledTooLateItIsShown() {
        ComparedDocument fixture;
        fixture.session->setComparing(
            [made = fixture.made](const CompareRequest& request) -> Result<CompareReport> {
                ++made->begun;
                while (!*request.cancelled) std::this_thread::yield();
                return made->report;
            });
        fixture.start();
        QVERIFY(fixture.begun());
        fixture.session->cancel();
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(fixture.session->report() != nullptr && !fixture.session->wasCancelled());
    }

    void anotherDocumentEndsIt() {
        ComparedDocument fixture;
        fixture.start();
        QVERIFY(fixture.begun());
        QSignalSpy ended(fixture.session.get(), &CompareSession::ended);
        fixture.document.startEmpty();
        QCOMPARE(fixture.session->state(), State::None);
        QVERIFY(!fixture.session->wasCancelled());
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made->over.load(), 1, 20'000);
        QTest::qWait(50);  // its result is dropped
        QCOMPARE(fixture.session->state(), State::None);
        QCOMPARE(ended.count(), 0);
    }

    void aReportGoesWithItsDocument() {
        ComparedDocument fixture;
        fixture.made->held = false;
        fixture.start();
        QVERIFY(fixture.reached(State::Done));
        QSignalSpy changed(fixture.session.get(), &CompareSession::changed);
        fixture.document.startEmpty();
        QVERIFY(fixture.session->report() == nullptr);
        QCOMPARE(fixture.session->state(), State::None);
        QCOMPARE(changed.count(), 1);
    }

    void anEditMakesItOld() {
        ComparedDocument fixture;
        fixture.made->held = false;
        fixture.start();
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(!fixture.session->isOutdated());
        fixture.document.setTitle(fixture.sink, QStringLiteral("Shown"));
        QVERIFY(!fixture.session->isOutdated());  // it would run as before
        fixture.document.setParam(fixture.rows, "rows", Json::parse("[[3]]"));
        QVERIFY(fixture.session->isOutdated());
        fixture.document.undoStack().undo();
        QVERIFY(!fixture.session->isOutdated());
    }

    // An edit while it runs does not change the compared pipeline.
    void whatIsEditedMeanwhileIsNotCompared() {
        ComparedDocument fixture;
        fixture.start();
        QVERIFY(fixture.begun());
        fixture.document.remove({fixture.sink});
        QCOMPARE(fixture.made->asked().pipeline.nodes.size(), std::size_t{2});
        fixture.made->held = false;
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(fixture.session->isOutdated());
    }

    void theEndOfTheWindowEndsIt() {
        ComparedDocument fixture;
        fixture.start();
        QVERIFY(fixture.begun());
        QElapsedTimer clock;
        clock.start();
        fixture.session.reset();
        QVERIFY2(clock.elapsed() < CompareSession::kEndMillis, "it was not told to end");
        QCOMPARE(fixture.made->cancelled.load(), 1);
    }

    // A disk that does not answer: the window goes all the same, and no deleted object is called.
    void theEndOfTheWindowDoesNotWaitForEver() {
        ComparedDocument fixture;
        fixture.made->deaf = true;
        fixture.start();
        QVERIFY(fixture.begun());
        QElapsedTimer clock;
        clock.start();
        fixture.session.reset();
        QVERIFY(clock.elapsed() < CompareSession::kEndMillis * 3);
        fixture.made->held = false;
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made->over.load(), 1, 20'000);
        QTest::qWait(20);
    }

    // It would read its files, and a cluster would get their rows.
    void aPipelineFromElsewhereIsRunHereFirst() {
        ComparedDocument fixture;
        const QTemporaryDir folder;
        RunConsent consent(fixture.document, folder.filePath(QStringLiteral("consent")));
        fixture.session->setConsent(&consent);
        fixture.made->held = false;
        QFile file(folder.filePath(QStringLiteral("strange.rill")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kStrange);
        file.close();
        QFile data(folder.filePath(QStringLiteral("in.csv")));
        QVERIFY(data.open(QIODevice::WriteOnly));
        data.write("a\n1\n");
        data.close();
        QVERIFY(fixture.document.open(file.fileName()).ok());
        fixture.start();
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(!fixture.session->failure().ok());
        QVERIFY(english(fixture.session->failure().error()).find("comes from elsewhere") !=
                std::string::npos);
        QCOMPARE(fixture.made->begun.load(), 0);
        fixture.session->setConsent(nullptr);
    }

    void ownPipelinesAreCompared() {
        ComparedDocument fixture;
        const QTemporaryDir folder;
        RunConsent consent(fixture.document, folder.filePath(QStringLiteral("consent")));
        fixture.session->setConsent(&consent);
        fixture.made->held = false;
        fixture.start();
        QVERIFY(fixture.reached(State::Done));
        QVERIFY(fixture.session->failure().ok());
        QCOMPARE(fixture.made->begun.load(), 1);
        fixture.session->setConsent(nullptr);
    }

    /// Whatever a link says by then.
    void whatWasLookedAtIsWhatIsCompared() {
        ComparedDocument fixture;
        const QTemporaryDir folder;
        const std::filesystem::path top = std::filesystem::canonical(folder.path().toStdString());
        const auto lead = [&](const char* to) {
            std::filesystem::remove(top / "link.csv");
            std::filesystem::create_symlink(top / to, top / "link.csv");
        };
        for (const char* name : {"in.csv", "other.csv"}) std::ofstream(top / name) << "a\n1\n";
        lead("in.csv");
        const std::string link = (top / "link.csv").native();
        const NodeId read = fixture.document.addNode(
            {"csv_source", Json{{"path", link}, {"columns", Json::array({"a INT"})}}, {}}, {0, 300});
        fixture.document.addNodeBehind({"table_view", Json::object(), {}}, {300, 300}, {read, "out"});
        RunConsent consent(fixture.document, folder.filePath(QStringLiteral("consent")));
        fixture.session->setConsent(&consent);
        fixture.start();
        QVERIFY(fixture.begun());
        const CompareRequest asked = fixture.made->asked();
        QVERIFY(asked.files != nullptr);
        QVERIFY(validate(asked.pipeline, *asked.catalogue, asked.validate).runnable());
        lead("other.csv");
        QVERIFY(!validate(asked.pipeline, *asked.catalogue, asked.validate).runnable());
        QCOMPARE(asked.files->open(link).error().code, ErrorCode::Refused);
        fixture.made->held = false;
        QVERIFY(fixture.reached(State::Done));
        fixture.session->setConsent(nullptr);
    }
};

QTEST_MAIN(TestCompareSession)
#include "test_compare_session.moc"
