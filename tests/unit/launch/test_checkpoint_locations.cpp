// Where a run keeps its checkpoints, and where those that there are are found: for the command line and the
// window alike.
#include <SQLiteCpp/Database.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/base/simulated_clock.h"
#include "core/launch/checkpoint_locations.h"
#include "core/state/checkpoint_store.h"
#include "tests/support/hot_journal.h"

using namespace rw;
using rw::testing::hotJournal;

namespace {

BoundNode writing(const std::string& database) {
    BoundNode bound;
    bound.keepsCheckpoints = database;
    return bound;
}

/// A checkpoint of that time of day; its line is `line`.
void take(const CheckpointLocation& place, const std::string& line, Instant taken) {
    CheckpointStoreOptions options;
    options.place = place;
    options.line = line;
    const auto store = makeCheckpointStore(std::move(options));
    MakeContext context;
    context.clock = std::make_shared<SimulatedClock>(taken);
    context.checkpoints = line;
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

struct Places {
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
        const auto places = checkpointPlaces(nodes, "/data/p.rill");
        QCOMPARE(places.size(), std::size_t{3});
        QVERIFY(places[0].path == "/data/a.sqlite" && places[0].owner == "p.rill" && !places[0].alone);
        QVERIFY(places[1].path == "/data/b.sqlite" && places[2] == placeAtHome("/data/p.rill"));
        QVERIFY((checkpointPlaces({{"x", &sink, &none}}, "/data/p.rill") ==
                 std::vector{placeAtHome("/data/p.rill")}));
    }

    void aFolderThatWasNamedIsTheOnlyOne() {
        const NodeKind sink{};
        const BoundNode first = writing("/data/a.sqlite");
        const auto places = checkpointPlaces({{"a", &sink, &first}}, "/data/p.rill", "/kept");
        QCOMPARE(places.size(), std::size_t{1});
        QVERIFY(places[0].path == "/kept/p.checkpoints.sqlite" && places[0].alone);
    }

    void theyAreFoundWhereverTheyAre() {
        const Places places;
        QVERIFY(findCheckpoints(places.all).place == places.all[0]);
        QVERIFY(findCheckpoints(places.all).saved.empty());
        for (const CheckpointLocation& place : {places.all[2], places.all[1]}) {
            take(place, "line", 1'700'000'000'000);
            if (place == places.all[2]) QVERIFY(findCheckpoints(places.all).place == place);
        }
        QVERIFY(findCheckpoints(places.all).place == places.all[1]);  // of one time: the first
    }

    void thoseOfTheNewestCount() {
        const Places places;
        take(places.all[0], "old", 1'700'000'000'000);
        take(places.all[1], "new", 1'700'000'001'000);
        const FoundCheckpoints found = findCheckpoints(places.all);
        QVERIFY(found.place == places.all[1] && found.failure.ok());
        QCOMPARE(found.saved.front().line, std::string("new"));
    }

    void whoOnlyLooksPlaysNoJournalBack_data() {
        QTest::addColumn<bool>("linked");
        QTest::newRow("beside the database") << false;
        QTest::newRow("beside the target of a link") << true;
    }

    /// It may name any file as the journal above it, which would be deleted.
    void whoOnlyLooksPlaysNoJournalBack() {
        QFETCH(bool, linked);
        const Places places;
        const QString database = places.folder.filePath(QStringLiteral("real"));
        take({database.toStdString(), {}, true}, "line", 1'700'000'000'000);
        {
            SQLite::Database plain(database.toStdString(), SQLite::OPEN_READWRITE);
            plain.exec("PRAGMA journal_mode = DELETE");
        }
        const QString victim = places.folder.filePath(QStringLiteral("victim"));
        put(victim, "mine");
        const QString journal = database + QStringLiteral("-journal");
        const QByteArray before = contentsOf(database), beside = hotJournal(victim.toUtf8(), before.size());
        put(journal, beside);
        QString named = database;
        if (linked) {
            named = places.folder.filePath(QStringLiteral("link"));
            QVERIFY(QFile::link(database, named));
        }
        const CheckpointLocation place{named.toStdString(), {}, true};
        const FoundCheckpoints found = findCheckpoints({place}, CheckpointLook::Only);
        QVERIFY(!found.failure.ok() && found.saved.empty());
        QVERIFY(english(found.failure.error()).find("--trusted") != std::string::npos);
        QCOMPARE(contentsOf(database), before);
        QCOMPARE(contentsOf(journal), beside);
        QCOMPARE(contentsOf(victim), QByteArray("mine"));
        // With a consent they are found.
        QVERIFY(findCheckpoints({place}).failure.ok());
        QVERIFY(!QFile::exists(journal) && !QFile::exists(victim));
    }

    void aFileThatCannotBeReadIsTold() {
        const Places places;
        take(places.all[2], "line", 1'700'000'000'000);
        QFile broken(QString::fromStdString(places.all[1].path));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write(QByteArray(8192, 'x')) == 8192);
        broken.close();
        const FoundCheckpoints found = findCheckpoints(places.all);
        QVERIFY(found.place == places.all[1] && !found.failure.ok());
        take(places.all[0], "line", 1'700'000'000'000);
        QVERIFY(findCheckpoints(places.all).place == places.all[0]);
        QVERIFY(findCheckpoints(places.all).failure.ok());
    }
};

QTEST_APPLESS_MAIN(TestCheckpointLocations)
#include "test_checkpoint_locations.moc"
