// The files looked at for a pipeline from elsewhere, before and after the user agreed to run it.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <filesystem>

#include "tests/support/hot_journal.h"
#include "tests/unit/session/consent_program.h"
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/infer_columns.h"
#include "widgets/session/run_start.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

QByteArray readingInto(const QByteArray& path, const QByteArray& more = {}) {
    return R"({"rill":1,"nodes":[{"id":"in","type":"csv_source","params":{"path":")" + path +
           R"(","columns":["n INT"]}},{"id":"out","type":"csv_sink","params":{"path":"out.csv"}})" + more +
           R"(],"wires":[{"from":"in","to":"out"}]})";
}

QString saidOf(const PipelineDocument& document) {
    QStringList lines;
    for (const Issue& issue : document.issues()) lines << QString::fromStdString(english(issue));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

class TestLooking : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString data() const { return path(QStringLiteral("kept")); }
    void write(const QString& name, const QByteArray& text) const {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("can't write");
    }
    void open(Program& program, const QByteArray& text) const {
        write(QStringLiteral("project/a.rill"), text);
        if (!program.document.open(path(QStringLiteral("project/a.rill"))).ok()) qFatal("can't open");
        if (!QTest::qWaitFor([&] { return program.document.isValidated(); }, 20'000)) qFatal("never checked");
    }

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        write(QStringLiteral("elsewhere/in.csv"), "n\n1\n2\n");
        write(QStringLiteral("project/near.csv"), "n\n1\n");
    }

    void afterConsentEverythingIsLookedAt() {
        Program program(data());
        open(program, readingInto("../elsewhere/gone.csv"));
        QVERIFY2(saidOf(program.document).contains(QLatin1String("was not looked at")),
                 qPrintable(saidOf(program.document)));
        write(QStringLiteral("elsewhere/gone.csv"), "n\n3\n");
        QCOMPARE(program.run().size(), std::size_t{1});
        QCOMPARE(program.session.state(), State::Finished);
        QTRY_COMPARE(saidOf(program.document), QString());
        // Kept for the next time.
        Program again(data());
        open(again, readingInto("../elsewhere/gone.csv"));
        QCOMPARE(saidOf(again.document), QString());
    }

    void refusalKeepsItLimited() {
        Program program(data());
        program.agrees = false;
        open(program, readingInto("../elsewhere/in.csv"));
        QCOMPARE(program.run().size(), std::size_t{1});
        program.document.revalidate();
        QTest::qWait(0);
        QTRY_VERIFY(saidOf(program.document).contains(QLatin1String("was not looked at")));
    }

    void onesOwnIsLookedAtAtOnce() {
        Program program(data());
        program.document.addNode(
            {"csv_source",
             Json{{"path", path(QStringLiteral("elsewhere/in.csv")).toStdString()}, {"columns", {"n INT"}}}},
            {});
        QTRY_VERIFY(program.document.isValidated());
        QVERIFY(!saidOf(program.document).contains(QLatin1String("was not looked at")));
    }

    /// Another file in its place, by another author, was not agreed to.
    void consentIsForTheText() {
        {
            Program program(data());
            open(program, readingInto("../elsewhere/in.csv"));
            QCOMPARE(program.run().size(), std::size_t{1});
        }
        Program program(data());
        open(program, readingInto("/etc/passwd"));
        QVERIFY(saidOf(program.document).contains(QLatin1String("was not looked at")));
    }

    /// The nodes inside are known only once the file may be read: a second question.
    void aSubflowElsewhereIsAskedAboutFirst() {
        write(QStringLiteral("elsewhere/part.rill"),
              R"({"rill":1,"nodes":[{"id":"in","type":"csv_source","params":{"path":"in.csv",)"
              R"("columns":["n INT"]}},{"id":"rows","type":"subflow_output"}],)"
              R"("wires":[{"from":"in","to":"rows"}]})");
        Program program(data());
        open(program,
             R"({"rill":1,"nodes":[{"id":"sub","type":"subflow","params":{"file":)"
             R"("../elsewhere/part.rill"}},{"id":"out","type":"csv_sink","params":{"path":"out.csv"}},)"
             R"({"id":"g","type":"generator","params":{"columns":["n BIGINT = i"],"rows":3}},)"
             R"({"id":"v","type":"table_view"}],)"
             R"("wires":[{"from":"sub.rows","to":"out"},{"from":"g","to":"v"}]})");
        QVERIFY2(saidOf(program.document).contains(QLatin1String("was not looked at")),
                 qPrintable(saidOf(program.document)));
        const auto asked = program.run();
        QCOMPARE(asked.size(), std::size_t{2});
        const auto names = [](const ConsentRequest& request, const char* file) {
            return std::any_of(request.targets.begin(), request.targets.end(),
                               [&](const auto& target) { return target.access.target.ends_with(file); });
        };
        QVERIFY(names(asked[0], "part.rill") && !names(asked[0], "in.csv"));
        QVERIFY(names(asked[1], "in.csv"));
        QCOMPARE(program.session.state(), State::Finished);
        QVERIFY(program.runsUnasked());
    }

    /// Between the last look and the start.
    void aLinkThatLeadsElsewhereStartsNothing() {
        namespace fs = std::filesystem;
        const std::string link = path(QStringLiteral("project/link.csv")).toStdString();
        fs::create_symlink(path(QStringLiteral("project/near.csv")).toStdString(), link);
        Program program(data());
        open(program, readingInto("link.csv"));
        const StartRequest request{program.document.pipeline(), program.document.validateOptions(),
                                   program.document.sharedCatalogue()};
        const Consents& consents = program.consent.consents();
        const CheckedStart begun{program.document.version(), program.consent.subject()};
        const CheckedStart asked = checkStart(request, consents, begun, {});
        QVERIFY(asked.request.untrusted);
        const CheckedStart agreed = checkStart(request, consents, begun, asked.request);
        QVERIFY(agreed.request.empty());
        fs::remove(link);
        fs::create_symlink(path(QStringLiteral("elsewhere/in.csv")).toStdString(), link);
        const auto never = std::make_shared<std::atomic<bool>>(false);
        const StartedRun started = startRun(request, Permission{consents, agreed}, never, {});
        QVERIFY(!started.run);
        QVERIFY(!started.status.ok());
        QVERIFY(english(started.status.error()).find("a link leads elsewhere now") != std::string::npos);
        QVERIFY(!QFile::exists(path(QStringLiteral("project/out.csv"))));
    }

    /// Nor is a journal played back beside the database that it writes: it may delete any file.
    void checkpointsOfAStrangersFileAreNotRecovered() {
        QDir().mkpath(path(QStringLiteral("project")));
        const QString database = path(QStringLiteral("project/out.sqlite"));
        SQLite::Database(database.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (n INT)");
        const QByteArray victim = path(QStringLiteral("victim")).toUtf8();
        write(QStringLiteral("victim"), "mine");
        write(QStringLiteral("project/out.sqlite-journal"),
              rw::testing::hotJournal(victim, QFileInfo(database).size()));
        Program program(data());
        CheckpointList list(program.document, program.session);
        open(program,
             R"({"rill":1,"nodes":[{"id":"g","type":"generator","params":{"columns":["n BIGINT = i"]}},)"
             R"({"id":"out","type":"sqlite_sink","params":{"database":"out.sqlite","table":"t"}}],)"
             R"("wires":[{"from":"g","to":"out"}]})");
        QTRY_VERIFY(!list.failure().ok());
        Status failure;
        bool told = false;
        connect(&list, &CheckpointList::examined, this, [&](const ExaminedCheckpoint& found) {
            failure = found.failure;
            told = true;
        });
        list.examine({});
        QTRY_VERIFY(told);
        QVERIFY(!failure.ok());
        QVERIFY(QFile::exists(QString::fromUtf8(victim)));
        QVERIFY(QFile::exists(database + QStringLiteral("-journal")));
    }

    /// A database that anybody may have named is not written before somebody agreed.
    void checkpointsOfAStrangersFileAreNotChanged() {
        QDir().mkpath(path(QStringLiteral("project")));
        const QString database = path(QStringLiteral("project/out.sqlite"));
        SQLite::Database(database.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (n INT)");
        Program program(data());
        CheckpointList list(program.document, program.session);
        open(program,
             R"({"rill":1,"nodes":[{"id":"r","type":"rows","params":{"columns":["n INT"],"rows":[[1]]}},)"
             R"({"id":"out","type":"sqlite_sink","params":{"database":"out.sqlite","table":"t"}}],)"
             R"("wires":[{"from":"r","to":"out"}]})");
        std::vector<ErrorCode> told;
        connect(&list, &CheckpointList::failed, this,
                [&](const Status& why) { told.push_back(why.error().code); });
        const auto both = [&] {
            told.clear();
            list.name({}, QStringLiteral("before"));
            SavedCheckpoint named;
            named.name = "before";
            list.remove(named);
            return QTest::qWaitFor([&] { return told.size() == 2; }, 20'000);
        };
        QVERIFY(both());
        QVERIFY(told[0] == ErrorCode::Denied && told[1] == ErrorCode::Denied);
        QVERIFY(!program.run().empty());
        QVERIFY(both());
        QVERIFY(told[0] == ErrorCode::NotFound && told[1] == ErrorCode::NotFound);
    }

    void columnsOfAStrangersFileAreNotRead() {
        Program program(data());
        open(program, readingInto("../elsewhere/in.csv"));
        const auto read = [&](const QByteArray& file, TrustQuestion ask) {
            const Result<std::vector<std::string>> columns =
                columnInference(*program.kinds.find("csv_source"), Json{{"path", file.toStdString()}},
                                program.document.folder().toStdString(), std::move(ask))();
            return QString::fromStdString(columns.ok() ? columns->front() : english(columns.error()));
        };
        const TrustQuestion strange = DocumentTrust::questionOf(program.document);
        QVERIFY(read("../elsewhere/in.csv", strange).contains(QLatin1String("was not read")));
        QVERIFY(read("/*/*/*/*.csv", strange).contains(QLatin1String("was not read")));
        QCOMPARE(read("near.csv", strange), QStringLiteral("n INT"));
        QCOMPARE(read("*.csv", strange), QStringLiteral("n INT"));
        QCOMPARE(read("../elsewhere/in.csv", nullptr), QStringLiteral("n INT"));  // the person chose it
    }
};

QTEST_MAIN(TestLooking)
#include "test_looking.moc"
