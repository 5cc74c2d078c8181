// The checkpoint that a run resumes from.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>

#include "core/nodes/catalogue.h"
#include "core/state/checkpoint_store.h"
#include "core/state/damaged_file.h"
#include "core/state/resume_plan.h"
#include "tests/support/simulated_clock.h"

using namespace rw;

namespace {

struct Saved {
    QTemporaryDir folder{};
    CheckpointLocation location{folder.filePath(QStringLiteral("c.sqlite")).toStdString(), {}, true};

    /// Checkpoints 1 to `last` of a lineage, each with `last` bytes of state of “node” and a byte of “other”.
    explicit Saved(Epoch last) {
        const auto store = opened();
        for (Epoch number = 1; number <= last; ++number) {
            StateSnapshot snapshot;
            snapshot.number = number;
            snapshot.states[{"node", 0}] = {std::string(10 + number, 'n')};
            snapshot.states[{"other", 0}] = {"o"};
            if (!store->write(snapshot).ok()) qFatal("not written");
        }
        store->close();
    }
    std::unique_ptr<CheckpointStore> opened() const {
        CheckpointStoreOptions options;
        options.location = location;
        options.lineage = "line";
        auto store = makeCheckpointStore(std::move(options));
        MakeContext context;
        context.clock = std::make_shared<test::SimulatedClock>(1'700'000'000'000);
        context.checkpoints = "line";
        if (!store->open(context).ok()) qFatal("not opened");
        return store;
    }
    std::vector<SavedCheckpoint> all() const {
        const auto found = savedCheckpoints(location);
        return found.ok() ? *found : std::vector<SavedCheckpoint>();
    }
};

}  // namespace

class TestResumePlan : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// A name of a file has 255 bytes, with “-journal” behind it.
    void aLongNameHasAPlaceAtHome() {
        const auto nameOf = [](int letters) {
            const QString file = QStringLiteral("/data/") + QString(letters, QChar(0x7BA1));
            return QString::fromStdString(locationAtHome((file + QStringLiteral(".rill")).toStdString()).path)
                .section(QLatin1Char('/'), -1);
        };
        QVERIFY(nameOf(80).toUtf8().size() < 247 && nameOf(80).startsWith(QString(60, QChar(0x7BA1))));
        QVERIFY(!nameOf(80).contains(QChar::ReplacementCharacter));  // no letter is cut in two
        QVERIFY(nameOf(80) != nameOf(81));
        QVERIFY(nameOf(20).startsWith(QString(20, QChar(0x7BA1)) + QLatin1Char('-')));
    }

    void newestIsGoneOnFrom() {
        QVERIFY(newestResumable({}) == nullptr);
        std::vector<SavedCheckpoint> saved(2);
        saved[0].number = 2;
        saved[1].number = 1;
        QCOMPARE(newestResumable(saved)->number, Epoch{2});
        saved[0].kind = CheckpointKind::Finished;
        QVERIFY(newestResumable(saved) == nullptr);
    }

    /// Neither the one that is resumed, nor those that could not be resumed before.
    void savepointsBehindItAreLeftBehind() {
        LoadedCheckpoint from;
        from.about.lineage = "line";
        from.about.number = 2;
        std::vector<SavedCheckpoint> saved;
        const auto add = [&saved](const char* name, const char* lineage, Epoch number, bool behind = false) {
            SavedCheckpoint each;
            each.name = name;
            each.lineage = lineage;
            each.number = number;
            each.behind = behind;
            saved.push_back(each);
        };
        add("", "line", 5);
        add("gone before", "line", 4, true);
        add("later", "line", 3);
        add("itself", "line", 2);
        add("earlier", "line", 1);
        add("of another lineage", "other", 6);
        const Pipeline pipeline;
        const ValidateOptions options;
        const CheckpointedPipeline text;
        const auto plan = planResume(from, {text, {pipeline, options}, builtin()}, saved);
        QVERIFY(plan.ok() && plan->losesAnything());
        QCOMPARE(plan->leftBehind.size(), std::size_t{1});
        QCOMPARE(plan->leftBehind.front().name, std::string("later"));
    }

    void anyOfThemIsRead() {
        const Saved saved(3);
        for (const SavedCheckpoint& each : saved.all()) {
            const auto loaded = loadSaved(saved.location, each);
            QVERIFY(loaded.ok());
            QCOMPARE(loaded->about.number, each.number);
            QCOMPARE(loaded->snapshot.states.at({"node", 0}).front().size(), std::size_t{10 + each.number});
        }
        SavedCheckpoint gone = saved.all().front();
        gone.number = 99;
        QVERIFY(loadSaved(saved.location, gone).error().code == ErrorCode::NotFound);
        QVERIFY(loadSaved({"/nowhere/c.sqlite", {}, true}, gone).error().code == ErrorCode::NotFound);
    }

    void sizesAreThoseOfTheNodes() {
        const Saved saved(2);
        const auto sizes = savedSizes(saved.location, saved.all().front());
        QVERIFY(sizes.ok());
        QVERIFY((*sizes == std::map<NodeId, std::uint64_t>{{"node", 12}, {"other", 1}}));
        SavedCheckpoint gone = saved.all().front();
        gone.name = "never";
        QVERIFY(savedSizes(saved.location, gone).error().code == ErrorCode::NotFound);
    }

    void anyOfThemIsRemoved() {
        const Saved saved(3);
        const std::vector<SavedCheckpoint> before = saved.all();
        QCOMPARE(before.size(), std::size_t{3});
        QVERIFY(nameCheckpoint(saved.location, before[1], "kept").ok());
        QVERIFY(removeSaved(saved.location, before[1]).error().code ==
                ErrorCode::NotFound);  // it has a name now
        QVERIFY(removeSaved(saved.location, before[0]).ok());
        QCOMPARE(saved.all().size(), std::size_t{2});
        // The newest loses its name first.
        QVERIFY(removeSaved(saved.location, saved.all().front()).ok());
        QCOMPARE(saved.all().size(), std::size_t{2});
        QVERIFY(saved.all().front().name.empty());
        QVERIFY(removeSaved(saved.location, saved.all().front()).ok());
        const auto loaded = loadCheckpoint(saved.location);
        QVERIFY(loaded.ok() && *loaded);
        QCOMPARE((*loaded)->about.number, Epoch{1});
    }

    /// It may be in another program: after a kill there would be no checkpoint.
    void whatARunLooksAfterStays() {
        const Saved saved(2);
        QVERIFY(nameCheckpoint(saved.location, saved.all().back(), "kept").ok());
        const auto store = saved.opened();
        const Status refused = removeSaved(saved.location, saved.all().front());
        QVERIFY(refused.error().code == ErrorCode::Invalid && !refused.error().fix.empty());
        QVERIFY(removeSaved(saved.location, saved.all().back()).ok());  // a savepoint
        store->close();
        QVERIFY(removeSaved(saved.location, saved.all().front()).ok());
        QVERIFY(saved.all().empty());
    }

    void aDamagedFileIsPutAside() {
        const Saved saved(1);
        const Result<std::string> aside = putDamagedAside(saved.location);
        QVERIFY(aside.ok());
        QVERIFY(QFile::exists(QString::fromStdString(*aside)));
        QCOMPARE(saved.all().size(), std::size_t{1});  // the intact one stays where it was
        // Sinks' rows are in it, too.
        QVERIFY(!putDamagedAside({saved.location.path, "p.rill", false}).ok());
    }
};

QTEST_APPLESS_MAIN(TestResumePlan)
#include "test_resume_plan.moc"
