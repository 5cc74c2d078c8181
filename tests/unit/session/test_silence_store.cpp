// Silences of alerts outlive the program: by the pipeline's file, until their time.
#include <QtTest/QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "widgets/session/alert_feed.h"
#include "widgets/session/run_session.h"
#include "widgets/session/silence_store.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

constexpr Instant kNowHere = 1'700'000'000'000;

void writeFile(const std::string& path, const std::string& text) {
    QVERIFY(QDir().mkpath(QFileInfo(QString::fromStdString(path)).path()));
    std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

class TestSilenceStore : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

 private Q_SLOTS:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); }

    void whatIsKeptIsThereAgain() {
        const std::vector<AlertKeyPart> key{{"core", "7"}, {"host", "a \"b\""}};
        keepSilences("/a.rill", {{"alert", key, kNowHere + 60'000}, {"other", {}, kMaxTimestamp}});
        const auto kept = keptSilences("/a.rill", kNowHere);
        QCOMPARE(kept.size(), std::size_t{2});
        QCOMPARE(kept[0].node, NodeId("alert"));
        QVERIFY(kept[0].key == key);
        QCOMPARE(kept[0].until, kNowHere + 60'000);
        QVERIFY(kept[1].key.empty());
        QCOMPARE(kept[1].until, kMaxTimestamp);
        // Not what is over, nor those of another pipeline.
        QCOMPARE(keptSilences("/a.rill", kNowHere + 60'000).size(), std::size_t{1});
        QVERIFY(keptSilences("/b.rill", kNowHere).empty());
        QVERIFY(keptSilences("", kNowHere).empty());
        keepSilences("/a.rill", {});
        QVERIFY(keptSilences("/a.rill", kNowHere).empty());
        QVERIFY(!QFile::exists(QString::fromStdString(silencesPath("/a.rill"))));
    }

    void othersMayNotReadThem() {
        keepSilences("/c.rill", {{"alert", {}, kMaxTimestamp}});
        const QFile::Permissions all = QFile::permissions(QString::fromStdString(silencesPath("/c.rill")));
        QVERIFY(!(all & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void aBrokenFileIsNone_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "{", "[]", "{\"silences\": 1}", "{\"silences\": [1, {}, {\"node\": 1}]}",
                                 "{\"silences\": [{\"node\": \"a\", \"key\": [[\"core\"]]}]}",
                                 "{\"silences\": [{\"node\": \"a\", \"key\": [], \"until\": \"x\"}]}"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void aBrokenFileIsNone() {
        QFETCH(QString, text);
        writeFile(silencesPath("/d.rill"), text.toStdString());
        QVERIFY(keptSilences("/d.rill", kNowHere).empty());
    }

    /// Keys are any bytes.
    void keysThatAreNoTextBreakNothing() {
        keepSilences("/e.rill", {{"alert", {{"core", "\xff\xfe"}}, kMaxTimestamp}});
        QCOMPARE(keptSilences("/e.rill", kNowHere).size(), std::size_t{1});
    }

    void aSessionKeepsAndFindsThem() {
        const Catalogue catalogue = builtin();
        const QString file = m_home.filePath(QStringLiteral("p.rill"));
        const Json rows{{"columns", {"n INT", "ts TIMESTAMP"}},
                        {"rows", {{1, "2024-03-01 12:00:00"}}},
                        {"event_time", "ts"}};
        NodeId alert;
        {
            PipelineDocument document(catalogue);
            RunSession session(document);
            const NodeId source = document.addNode({"rows", rows}, {});
            alert = document.addNodeBehind({"alert", Json{{"condition", "n > 0"}, {"message", "m"}}}, {},
                                           {source, "out"});
            document.addNodeBehind({"table_view"}, {}, {alert, "out"});
            QVERIFY(document.saveAs(file).ok());
            session.start();
            QTRY_COMPARE(session.state(), RunSession::State::Finished);
            QTRY_COMPARE(session.alerts().open(), 1);
            session.alerts().silence(alert, {}, kMaxTimestamp);
            QTRY_COMPARE(keptSilences(file.toStdString(), kNowHere).size(), std::size_t{1});
        }
        PipelineDocument document(catalogue);
        RunSession session(document);
        QVERIFY(document.open(file).ok());
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        QTRY_VERIFY(!session.alerts().look().entries.empty());
        QCOMPARE(session.alerts().open(), 0);
        session.alerts().silence(alert, {}, 0);
        QCOMPARE(session.alerts().open(), 1);
        QTRY_VERIFY(keptSilences(file.toStdString(), kNowHere).empty());
    }
};

QTEST_MAIN(TestSilenceStore)
#include "test_silence_store.moc"
