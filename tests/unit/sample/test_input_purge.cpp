// What was kept by itself goes once it may not be kept: heard rows and the newest input of the run, when the
// pipeline says that it keeps no input, or when a connection is gone. What is kept of others stays.
#include <QtTest/QtTest>

#include "core/connect/connections/connection_store.h"
#include "core/data/schema.h"
#include "core/listen/heard_store.h"
#include "core/tape/rolling/rolling_tape.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/document/connection_list.h"
#include "widgets/sample/input_purge.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A saved pipeline, and what was heard of it by the connection “one”, and of another one by “two”.
struct PurgeFixture : SessionFixture {
    QTemporaryDir folder{};
    ConnectionList connections{document, environmentSecret, path("connections.json").toStdString()};
    QStringList told{};
    InputPurge purge{document, session, connections, [this](const QString& words) { told << words; }};
    QSignalSpy purged{&purge, &InputPurge::purged};
    NodeId live{};

    PurgeFixture() {
        HeardStore().forgetAll();
        live = document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"rate", 200}, {"columns", {"n BIGINT = i"}}}),
            {0, 0});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()), {300, 0},
                               {live, "out"});
        if (!document.saveAs(path("own.rill")).ok()) qFatal("not saved");
        hear("a", document.path(), "one");
        hear("b", path("other.rill"), "two");
    }
    ~PurgeFixture() {
        session.stop(StopMode::Discard);
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 30'000);
        HeardStore().forgetAll();
    }
    QString path(const char* name) const { return folder.filePath(QLatin1String(name)); }
    static void hear(const char* key, const QString& pipeline, const char* connection) {
        HeardRows heard;
        heard.source.node = "live";
        heard.source.type = "kafka_source";
        heard.source.schema = std::make_shared<Schema>();
        heard.at = 1'700'000'000'000;
        TapePiece piece;
        piece.rows.reject(0, RW_TEXT("test", "it is no number"), "x");
        piece.rows.rowsRead = 1;
        heard.pieces.push_back(std::move(piece));
        const HeardBy by{key + std::string(31, '0'), {connection}, pipeline.toStdString(), key};
        QVERIFY(HeardStore().keep(by, heard).ok());
    }
    /// The titles of what is kept.
    static QStringList kept() {
        QStringList titles;
        for (const KeptSource& each : HeardStore().all()) titles << QString::fromStdString(each.by.title);
        titles.sort();
        return titles;
    }
    void keepInput(bool keeps) {
        Settings settings = document.pipeline().settings;
        settings.unknown["keep_input"] = keeps;
        document.setSettings(settings);
    }
};

}  // namespace

class TestInputPurge : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsThatWereKeptBeforeAreGone() {
        PurgeFixture fixture;
        fixture.keepInput(true);
        fixture.document.setTitle(fixture.live, QStringLiteral("Lines"));
        QCOMPARE(fixture.kept(), (QStringList{"a", "b"}));
        fixture.keepInput(false);
        QTRY_COMPARE(fixture.purged.count(), 1);
        QCOMPARE(fixture.kept(), QStringList{"b"});
        QCOMPARE(fixture.told.size(), 1);
        QVERIFY2(fixture.told.front().contains(QLatin1String("keeps no input")),
                 qPrintable(fixture.told.front()));
        // Said once, and again only after it kept some.
        fixture.hear("c", fixture.document.path(), "one");
        fixture.document.setTitle(fixture.live, QStringLiteral("Rows"));
        fixture.keepInput(true);
        QCOMPARE(fixture.kept(), (QStringList{"b", "c"}));
        fixture.keepInput(false);
        QTRY_COMPARE(fixture.purged.count(), 2);
        QCOMPARE(fixture.kept(), QStringList{"b"});
    }

    void theNewestInputOfTheRunIsGone() {
        const QTemporaryDir inputs;
        PurgeFixture fixture;
        fixture.session.keepInput(inputs.path(), true);
        QVERIFY(fixture.validated());
        fixture.session.start();
        const auto keeps = [&fixture] {
            const auto& input = fixture.session.keptInput();
            return input && input->kept().any;
        };
        QTRY_VERIFY(keeps());
        fixture.session.stop(StopMode::Discard);
        QTRY_VERIFY(!fixture.session.isActive());
        QVERIFY(keeps());
        fixture.keepInput(false);
        QTRY_VERIFY(!keeps());
        QTRY_COMPARE(fixture.purged.count(), 1);
        QCOMPARE(fixture.kept(), QStringList{"b"});
    }

    void whatCameByAConnectionGoesWithIt() {
        PurgeFixture fixture;
        for (const char* name : {"one", "two"})
            QVERIFY(fixture.connections.add({name, "http", {{"address", "http://127.0.0.1:1"}}, {}}).ok());
        QVERIFY(fixture.purged.isEmpty());
        QVERIFY(fixture.connections.remove("two").ok());
        QTRY_COMPARE(fixture.purged.count(), 1);
        QCOMPARE(fixture.kept(), QStringList{"a"});
        QCOMPARE(fixture.told.size(), 1);
        QVERIFY2(fixture.told.front().contains(QLatin1String("removed connection")),
                 qPrintable(fixture.told.front()));
    }
};

QTEST_MAIN(TestInputPurge)
#include "test_input_purge.moc"
