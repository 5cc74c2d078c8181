// Where a run keeps its checkpoints, and where those that there are are found: for the command line and the
// window alike.
#include <SQLiteCpp/Database.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/launch/checkpoint_locations.h"
#include "core/state/checkpoint_store.h"
#include "tests/support/hot_journal.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using rw::testing::hotJournal;

namespace {

BoundNode writing(const std::string& database) {
    BoundNode bound;
    bound.keepsCheckpoints = database;
    return bound;
}

/// A checkpoint of that time of day.
void take(const CheckpointLocation& location, const std::string& lineage, Instant taken) {
    CheckpointStoreOptions options;
    options.location = location;
    options.lineage = lineage;
    const auto store = makeCheckpointStore(std::move(options));
    MakeContext context;
    context.clock = std::make_shared<test::SimulatedClock>(taken);
    context.checkpoints = lineage;
    StateSnapshot snapshot;
    snapshot.number = 1;
    snapshot.states[{"node", 0}] = {"state"};
    if (!store->open(context).ok() || !store->write(snapshot).ok()) qFatal("not written");
    store->close();
}

void put(const QString& path, const QByteArray& contents) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size()) qFatal("not written");
}

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("gone");
}

struct Locations {
    QTemporaryDir folder{};
    const std::vector<CheckpointLocation> all{at("a"), at("b"), at("home")};
    CheckpointLocation at(const char* name) const {
        return {folder.filePath(QString::fromLatin1(name)).toStdString(), {}, true};
    }
};

}  // namespace

class TestCheckpointLocations : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void databasesComeBeforeTheDataFolder() {
        const NodeKind sink{};
        const BoundNode none{}, first = writing("/data/a.sqlite"), second = writing("/data/b.sqlite");
        const std::vector<RunningNode> nodes{
            {"x", &sink, &none}, {"a", &sink, &first}, {"b", &sink, &second}, {"c", &sink, &first}};
        const auto locations = checkpointLocations(nodes, "/data/p.rill");
        QCOMPARE(locations.size(), std::size_t{3});
        QVERIFY(locations[0].path == "/data/a.sqlite" && locations[0].owner == "p.rill" &&
                !locations[0].alone);
        QVERIFY(locations[1].path == "/data/b.sqlite" && locations[2] == locationAtHome("/data/p.rill"));
        QVERIFY((checkpointLocations({{"x", &sink, &none}}, "/data/p.rill") ==
                 std::vector{locationAtHome("/data/p.rill")}));
    }

    void aSinkThatDecidesKeepsThemOutOfDatabases() {
        const NodeKind sink{};
        BoundNode table, decider;
        table.keepsCheckpoints = "/data/a.sqlite";
        decider.decidesWith = "shop";
        const auto locations =
            checkpointLocations({{"a", &sink, &table}, {"b", &sink, &decider}}, "/data/p.rill");
        QVERIFY((locations == std::vector{locationAtHome("/data/p.rill"),
                                          locationInDatabase("/data/a.sqlite", "/data/p.rill")}));
    }

    void aFolderThatWasNamedIsTheOnlyOne() {
        const NodeKind sink{};
        const BoundNode first = writing("/data/a.sqlite");
        const auto locations = checkpointLocations({{"a", &sink, &first}}, "/data/p.rill", "/kept");
        QCOMPARE(locations.size(), std::size_t{1});
        QVERIFY(locations[0].path == "/kept/p.checkpoints.sqlite" && locations[0].alone);
    }

    void theyAreFoundWhereverTheyAre() {
        const Locations locations;
        QVERIFY(findCheckpoints(locations.all).location == locations.all[0]);
        QVERIFY(findCheckpoints(locations.all).saved.empty());
        for (const CheckpointLocation& location : {locations.all[2], locations.all[1]}) {
            take(location, "line", 1'700'000'000'000);
            if (location == locations.all[2]) QVERIFY(findCheckpoints(locations.all).location == location);
        }
        QVERIFY(findCheckpoints(locations.all).location == locations.all[1]);  // of one time: the first
    }

    void thoseOfTheNewestCount() {
        const Locations locations;
        take(locations.all[0], "old", 1'700'000'000'000);
        take(locations.all[1], "new", 1'700'000'001'000);
        const FoundCheckpoints found = findCheckpoints(locations.all);
        QVERIFY(found.location == locations.all[1] && found.failure.ok());
        QCOMPARE(found.saved.front().lineage, std::string("new"));
    }

    void whoOnlyLooksPlaysNoJournalBack_data() {
        QTest::addColumn<bool>("linked");
        QTest::newRow("beside the database") << false;
        QTest::newRow("beside the target of a link") << true;
    }

    /// It may name any file as the journal above it, which would be deleted.
    void whoOnlyLooksPlaysNoJournalBack() {
        QFETCH(bool, linked);
        const Locations locations;
        const QString database = locations.folder.filePath(QStringLiteral("real"));
        take({database.toStdString(), {}, true}, "line", 1'700'000'000'000);
        {
            SQLite::Database plain(database.toStdString(), SQLite::OPEN_READWRITE);
            plain.exec("PRAGMA journal_mode = DELETE");
        }
        const QString victim = locations.folder.filePath(QStringLiteral("victim"));
        put(victim, "mine");
        const QString journal = database + QStringLiteral("-journal");
        const QByteArray before = contentsOf(database), beside = hotJournal(victim.toUtf8(), before.size());
        put(journal, beside);
        QString named = database;
        if (linked) {
            named = locations.folder.filePath(QStringLiteral("link"));
            QVERIFY(QFile::link(database, named));
        }
        const CheckpointLocation location{named.toStdString(), {}, true};
        const FoundCheckpoints found = findCheckpoints({location}, CheckpointLook::Only);
        QVERIFY(!found.failure.ok() && found.saved.empty());
        QVERIFY(english(found.failure.error()).find("--trusted") != std::string::npos);
        QCOMPARE(contentsOf(database), before);
        QCOMPARE(contentsOf(journal), beside);
        QCOMPARE(contentsOf(victim), QByteArray("mine"));
        // With a consent they are found.
        QVERIFY(findCheckpoints({location}).failure.ok());
        QVERIFY(!QFile::exists(journal) && !QFile::exists(victim));
    }

    void aFileThatCannotBeReadIsTold() {
        const Locations locations;
        take(locations.all[2], "line", 1'700'000'000'000);
        QFile broken(QString::fromStdString(locations.all[1].path));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write(QByteArray(8192, 'x')) == 8192);
        broken.close();
        const FoundCheckpoints found = findCheckpoints(locations.all);
        QVERIFY(found.location == locations.all[1] && !found.failure.ok());
        take(locations.all[0], "line", 1'700'000'000'000);
        QVERIFY(findCheckpoints(locations.all).location == locations.all[0]);
        QVERIFY(findCheckpoints(locations.all).failure.ok());
    }
};

QTEST_APPLESS_MAIN(TestCheckpointLocations)
#include "test_checkpoint_locations.moc"
