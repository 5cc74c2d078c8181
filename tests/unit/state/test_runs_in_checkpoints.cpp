// Checkpoints that name files of state: where these lie, what is read of them, when they go, and what a
// missing, damaged or moved one leaves.
#include <SQLiteCpp/Statement.h>

#include <QDir>
#include <QFile>
#include <QtTest/QtTest>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/data/state_reader.h"
#include "core/state/carried/content_of_files.h"
#include "core/state/damaged_file.h"
#include "core/store/sorted_run.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kField = "piece";

std::string recordOf(const std::string& text) {
    StateWriter writer;
    writer.bytes("text", text);
    constexpr std::size_t kBeforeVersion = 16;  // the seal
    return writer.finish().substr(kBeforeVersion);
}

class Runs {
 public:
    explicit Runs(const Work& work)
        : m_folder(*SpillFolder::open(systemOutputFiles(), *systemFiles(), work.path(QStringLiteral("spill")))) {}
    /// In two key groups.
    std::shared_ptr<const SortedRun> make(const std::string& text) const {
        const auto writer = SortedRunWriter::create(m_folder);
        if (!writer.ok() || !(*writer)->add(3, 1, recordOf(text)).ok() ||
            !(*writer)->add(200, 1, recordOf(text + "!")).ok())
            qFatal("no file");
        return *(*writer)->finish();
    }

 private:
    const std::shared_ptr<SpillFolder> m_folder;
};

std::string restOf() {
    StateWriter rest;
    rest.u64("rest", 1);
    return rest.finish();
}

Result<CheckpointStore::AddedRun> addOne(CheckpointStore& store, std::shared_ptr<const SortedRun> run) {
    const NamedRun named{kField, std::move(run)};
    RW_TRY_ASSIGN(auto added, store.addRuns({&named, 1}));
    return added.at(0);
}

/// A run whose node “sums” has state in files.
class Naming {
 public:
    explicit Naming(const Work& work, const std::string& owner = {})
        : m_open(opened(optionsOf(work.location(owner)))) {
        if (!m_open.status.ok()) qFatal("%s", message(m_open.status).c_str());
    }
    CheckpointStore& store() { return *m_open.store; }
    /// A checkpoint with these files besides those before that are `live`.
    Status write(Epoch number, bool whole, const std::vector<std::shared_ptr<const SortedRun>>& added,
                 const std::vector<std::shared_ptr<const SortedRun>>& live) {
        StateSnapshot snapshot;
        snapshot.number = number;
        StateSnapshot::Changes changes;
        changes.whole = whole;
        for (const auto& run : added) {
            RW_TRY_ASSIGN(const auto made, addOne(store(), run));
            changes.parts.push_back(made.part);
        }
        for (const auto& run : live) changes.runs.insert(run->saved().name);
        snapshot.mayNameRuns = !live.empty();
        snapshot.states[{"sums", 0}] = {restOf()};
        snapshot.changes[{"sums", 0}] = {changes};
        RW_TRY_ASSIGN(size, store().write(snapshot));
        return {};
    }
    CheckpointSize size{};  ///< of the last one

 private:
    const Open m_open;
};

QString folderOf(const Work& work) {
    return QString::fromStdString(work.path()) + ".rill-checkpoints";
}
QStringList filesIn(const Work& work) {
    return QDir(folderOf(work)).entryList(QDir::Files);
}
QString pathOf(const Work& work, const SortedRun& run) {
    return folderOf(work) + "/" + QString::fromStdString(run.saved().name);
}

/// The texts in the files that the newest checkpoint names, or why there is none.
std::string newestTexts(const Work& work) {
    const auto loaded = loadCheckpoint(work.location());
    if (!loaded.ok()) return message(loaded.status());
    if (!*loaded) return "none";
    const StateSnapshot& snapshot = (*loaded)->snapshot;
    const Result<StateReader> reader = StateReader::open(snapshot.states.at({"sums", 0}).at(0));
    const auto files = reader->files();
    std::string out = std::to_string(snapshot.number) + ":";
    for (const auto& [field, record] : *files) {
        const Result<SavedRun> saved = SavedRun::read(record);
        if (!saved.ok()) return message(saved.status());
        const auto run = snapshot.runs.open(*saved);
        for (const RunSection& section : run->sections()) {
            const auto bytes = run->read(section);
            if (!bytes.ok()) return message(bytes.status());
            out += " " + std::string(*StateReader::unsealed(*bytes)->bytes("text"));
        }
    }
    return out;
}

}  // namespace

class TestRunsInCheckpoints : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theFileIsBesideTheCheckpointsAndNamedAgain() {
        const Work work;
        const Runs runs(work);
        Naming run(work);
        const auto first = runs.make("one");
        QVERIFY(run.write(1, true, {first}, {first}).ok());
        QVERIFY(run.size.bytes > first->bytes());
        QCOMPARE(filesIn(work).size(), 1);
        QCOMPARE(newestTexts(work), std::string("1: one one!"));
        const auto again = addOne(run.store(), first);
        QVERIFY(again.ok());
        QCOMPARE(again->written, std::uint64_t{0});
        const auto second = runs.make("two");
        QVERIFY(addOne(run.store(), second)->written > second->bytes());
        QVERIFY(run.write(2, false, {second}, {first, second}).ok());
        QCOMPARE(newestTexts(work), std::string("2: one one! two two!"));
        SQLite::Database database(work.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT max(version) FROM _rill_checkpoints").getInt(), 4);
    }

    void theRunNeedNotLiveOn() {
        const Work work;
        Naming run(work);
        {
            const Runs runs(work);
            const auto made = runs.make("one");
            QVERIFY(run.write(1, true, {made}, {made}).ok());
        }
        QCOMPARE(newestTexts(work), std::string("1: one one!"));
    }

    void filesGoWithTheLastCheckpointThatNamesThem() {
        const Work work;
        const Runs runs(work);
        Naming run(work);
        const auto first = runs.make("one"), second = runs.make("two");
        QVERIFY(run.write(1, true, {first, second}, {first, second}).ok());
        QVERIFY(run.write(2, false, {}, {second}).ok());
        QCOMPARE(newestTexts(work), std::string("2: two two!"));
        QCOMPARE(filesIn(work).size(), 2);
        for (const Epoch number : {3U, 4U, 5U}) QVERIFY(run.write(number, false, {}, {second}).ok());
        QCOMPARE(filesIn(work).size(), 1);  // three are kept, and the next one removes their files
        for (const Epoch number : {6U, 7U, 8U, 9U}) QVERIFY(run.write(number, true, {}, {}).ok());
        QVERIFY(!QDir(folderOf(work)).exists());
    }

    void aSavepointKeepsItsFiles() {
        const Work work;
        const Runs runs(work);
        Naming run(work);
        const auto made = runs.make("one");
        QVERIFY(run.write(1, true, {made}, {made}).ok());
        const auto saved = savedCheckpoints(work.location());
        QVERIFY(nameCheckpoint(work.location(), saved->front(), "before").ok());
        for (const Epoch number : {2U, 3U, 4U, 5U}) QVERIFY(run.write(number, true, {}, {}).ok());
        QCOMPARE(filesIn(work).size(), 1);
        const auto loaded = loadCheckpoint(work.location(), "before");
        QVERIFY(loaded.ok() && *loaded);
        QCOMPARE((*loaded)->snapshot.runs.folder, folderOf(work).toStdString());
        const auto sizes = savedSizes(work.location(), (*loaded)->about);
        QVERIFY(sizes.ok() && sizes->at("sums") > made->bytes());
        QVERIFY(removeSavepoint(work.location(), "before").ok());
        QVERIFY(filesIn(work).isEmpty());
    }

    void whatNoCheckpointNamesGoesAtTheStart() {
        const Work work;
        const Runs runs(work);
        const auto mine = runs.make("mine"), other = runs.make("other"), never = runs.make("never");
        Naming others(work, "others");
        QVERIFY(others.write(1, true, {other}, {other}).ok());
        {
            Naming run(work);
            QVERIFY(run.write(1, true, {mine}, {mine}).ok());
            QVERIFY(addOne(run.store(), never).ok());  // and is killed
            run.store().close();
        }
        const QString stray = folderOf(work) + "/" + QString(32, '0') + ".run",
                      strange = folderOf(work) + "/x";
        for (const QString& path : {stray, strange}) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QCOMPARE(filesIn(work).size(), 5);
        const Naming run(work);
        QVERIFY(QFile::exists(pathOf(work, *mine)) && QFile::exists(pathOf(work, *other)));
        QVERIFY(QFile::exists(strange));
        QCOMPARE(filesIn(work).size(), 3);
    }

    void oneThatIsMissingOrCutLeavesTheCheckpointBefore_data() {
        QTest::addColumn<bool>("cut");
        QTest::newRow("missing") << false;
        QTest::newRow("cut") << true;
    }
    void oneThatIsMissingOrCutLeavesTheCheckpointBefore() {
        QFETCH(bool, cut);
        const Work work;
        const Runs runs(work);
        const auto first = runs.make("one"), second = runs.make("two");
        {
            Naming run(work);
            QVERIFY(run.write(1, true, {first}, {first}).ok());
            QVERIFY(run.write(2, false, {second}, {first, second}).ok());
            run.store().close();
        }
        const QString path = pathOf(work, *second);
        QVERIFY(cut ? QFile::resize(path, 5) : QFile::remove(path));
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(loaded.ok() && *loaded);
        QCOMPARE((*loaded)->about.number, Epoch{1});
        QCOMPARE((*loaded)->passedOver.size(), std::size_t{1});
        QVERIFY(english((*loaded)->passedOver.front()).find(path.toStdString()) != std::string::npos);
        QCOMPARE(newestTexts(work), std::string("1: one one!"));
    }

    void aFolderThatWasLeftBehindIsNamed() {
        const Work work;
        const Runs runs(work);
        {
            Naming run(work);
            const auto made = runs.make("one");
            QVERIFY(run.write(1, true, {made}, {made}).ok());
            run.store().close();
        }
        QVERIFY(QDir().rename(folderOf(work), folderOf(work) + "-elsewhere"));
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(!loaded.ok());
        const std::string text = message(loaded.status());
        QVERIFY2(text.find(folderOf(work).toStdString()) != std::string::npos, text.c_str());
        QVERIFY(!loaded.error().fix.empty() && english(loaded.error().fix).starts_with("Move the folder"));
        QVERIFY(QDir().rename(folderOf(work) + "-elsewhere", folderOf(work)));
        QCOMPARE(newestTexts(work), std::string("1: one one!"));
    }

    void noOlderOneTakesThePlaceOfOneWhoseFolderIsElsewhere() {
        const Work work;
        const Runs runs(work);
        {
            Naming run(work);
            QVERIFY(run.write(1, true, {}, {}).ok());
            const auto made = runs.make("one");
            QVERIFY(run.write(2, true, {made}, {made}).ok());
            run.store().close();
        }
        QVERIFY(QDir().rename(folderOf(work), folderOf(work) + "-elsewhere"));
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(!loaded.ok());
        QVERIFY(english(loaded.error().fix).starts_with("Move the folder"));
        QVERIFY(QDir().rename(folderOf(work) + "-elsewhere", folderOf(work)));
        QCOMPARE(newestTexts(work), std::string("2: one one!"));
    }

    void aFileOfCheckpointsThatIsPutAsideLeavesTheirFiles() {
        const Work work;
        const Runs runs(work);
        {
            Naming run(work);
            const auto made = runs.make("one");
            QVERIFY(run.write(1, true, {made}, {made}).ok());
            run.store().close();
        }
        QVERIFY(putDamagedAside(work.location()).ok());
        { const Naming next(work); }
        QCOMPARE(newestTexts(work), std::string("1: one one!"));
    }

    void aNameThatSomebodyHasPutInRemovesNoOtherFile() {
        const Work work;
        const Runs runs(work);
        {
            Naming run(work);
            const auto made = runs.make("one");
            QVERIFY(run.write(1, true, {made}, {made}).ok());
            run.store().close();
        }
        const QString other = QString::fromStdString(work.path(QStringLiteral("other")));
        QFile file(other);
        QVERIFY(file.open(QIODevice::WriteOnly));
        {
            SQLite::Database database(work.path(), SQLite::OPEN_READWRITE);
            database.exec("INSERT INTO _rill_checkpoint_runs VALUES ('x', x'00', '../other', 1)");
        }
        { const Naming next(work); }
        QVERIFY(QFile::exists(other));
        QCOMPARE(filesIn(work).size(), 1);
    }

    void aByteThatIsChangedIsFoundWhenItIsRead() {
        const Work work;
        const Runs runs(work);
        const auto made = runs.make("one");
        {
            Naming run(work);
            QVERIFY(run.write(1, true, {made}, {made}).ok());
            run.store().close();
        }
        QFile file(pathOf(work, *made));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(10) && file.putChar('?'));
        file.close();
        const std::string text = newestTexts(work);
        QVERIFY2(text.find(pathOf(work, *made).toStdString()) != std::string::npos, text.c_str());
    }

    void withoutAFolderTheContentCanBeWritten() {
        const Work work;
        const Runs runs(work);
        QFile inTheWay(folderOf(work));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        Naming run(work);
        const auto made = runs.make("one");
        QVERIFY(addOne(run.store(), made)->part.empty());
        StateWriter content;
        std::size_t next = 0;
        QVERIFY(writeContent(*made, kField, next, 1'000, content).ok());
        QCOMPARE(next, std::size_t{2});
        const auto part = run.store().add(content.takeFields());
        QVERIFY(part.ok());
        StateSnapshot snapshot;
        snapshot.number = 1;
        StateSnapshot::Changes changes;
        changes.whole = true;
        changes.parts = {*part};
        snapshot.states[{"sums", 0}] = {restOf()};
        snapshot.changes[{"sums", 0}] = {changes};
        QVERIFY(run.store().write(snapshot).ok());
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(loaded.ok() && *loaded && (*loaded)->snapshot.runs.folder.empty());
        const std::string& state = (*loaded)->snapshot.states.at({"sums", 0}).at(0);
        QCOMPARE(StateReader::open(state)->keyed(kField)->size(), std::size_t{2});
    }

    void aStateThatIsChangedHasItsContent() {
        const Work work;
        const Runs runs(work);
        Naming run(work);
        const auto made = runs.make("one");
        QVERIFY(run.write(1, true, {made}, {made}).ok());
        const auto loaded = loadCheckpoint(work.location());
        const StateSnapshot& snapshot = (*loaded)->snapshot;
        const auto whole = withContent(snapshot.states.at({"sums", 0}).at(0), snapshot.runs);
        QVERIFY(whole.ok());
        const auto reader = StateReader::open(*whole);
        QVERIFY(reader.ok() && reader->files()->empty());
        const auto content = reader->keyed(kField);
        QCOMPARE(content->size(), std::size_t{2});
        QCOMPARE(content->at(0).first, 3);
        QCOMPARE(std::string(*content->at(1).second.bytes("text")), std::string("one!"));
        QCOMPARE(std::string(*content->at(1).second.bytes(kRunOfContent)), made->saved().name);
        QCOMPARE(*reader->u64("rest"), std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(TestRunsInCheckpoints)
#include "test_runs_in_checkpoints.moc"
