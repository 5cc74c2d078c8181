// The pipeline of the newest checkpoint among the versions that can be compared.
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "tests/unit/state/written_checkpoints.h"
#include "tests/unit/versions/compare_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A saved pipeline, and a checkpoint of one that may be another.
struct Saved {
    QTemporaryDir folder{};
    test::Work work{};
    QString file() const { return folder.filePath(QStringLiteral("p.rill")); }
    Saved() {
        QFile text(file());
        QVERIFY(text.open(QFile::WriteOnly) && text.write(R"({"rill": 1, "nodes": [], "wires": []})") > 0);
    }
    void write(const CheckpointedPipeline& pipeline) const {
        CheckpointStoreOptions options = test::optionsOf(work.location());
        options.pipeline = pipeline;
        const test::Open open = test::opened(options);
        QVERIFY(open.status.ok());
        QVERIFY(open.store->write(test::snapshotOf(7)).ok());
        open.store->close();
    }
    /// Null: there is none.
    std::unique_ptr<VersionEntry> checkpoint() const { return checkpointIn({work.location()}, true); }
    std::unique_ptr<VersionEntry> checkpointIn(std::vector<CheckpointLocation> places, bool agreed) const {
        const auto trust = [agreed] {
            Trust made;
            made.agreed = agreed;
            return made;
        };
        const ReadVersions read =
            readVersionsOf(file(), {std::move(places), trust, folder.path().toStdString()});
        for (const VersionEntry& entry : read.entries) {
            if (entry.kind == VersionEntry::Kind::Checkpoint) return std::make_unique<VersionEntry>(entry);
        }
        return nullptr;
    }
};

}  // namespace

class TestCheckpointVersions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    void isReadWithItsNumberAndTime() {
        Saved saved;
        QVERIFY(saved.checkpoint() == nullptr);
        CheckpointedPipeline pipeline;
        pipeline.text = savePipeline(Pipeline());
        pipeline.folder = "/elsewhere";
        saved.write(pipeline);
        const auto entry = saved.checkpoint();
        QVERIFY(entry != nullptr && entry->failure.ok() && entry->pipeline != nullptr);
        QCOMPARE(entry->number, Epoch{7});
        QVERIFY(entry->saved > 0);
        QCOMPARE(entry->folder, QStringLiteral("/elsewhere"));
        QCOMPARE(VersionsModel::titleOfEntry(*entry), QStringLiteral("Checkpoint 7"));
    }

    /// The checkpoint has their nodes in their place: all of them would seem to be new.
    void oneWithSubflowsIsNotCompared() {
        Saved saved;
        CheckpointedPipeline pipeline;
        pipeline.text = savePipeline(Pipeline());
        pipeline.inside = {{"inside_1", "part/f"}};
        saved.write(pipeline);
        const auto entry = saved.checkpoint();
        QVERIFY(entry != nullptr && entry->pipeline == nullptr && !entry->failure.ok());
        QVERIFY(english(entry->failure.error()).find("subflows") != std::string::npos);
    }

    /// Wherever it stands among the places: where a sink decides the own one is the first.
    void aDatabaseThatAStrangerNamesIsNotRead() {
        Saved saved;
        CheckpointedPipeline pipeline;
        pipeline.text = savePipeline(Pipeline());
        saved.write(pipeline);
        const CheckpointLocation own{saved.work.path(QStringLiteral("own.sqlite")), {}, true},
            named{saved.work.path(), {}, false};
        for (const bool ownFirst : {true, false}) {
            const std::vector<CheckpointLocation> places =
                ownFirst ? std::vector{own, named} : std::vector{named, own};
            QVERIFY(saved.checkpointIn(places, true) != nullptr);
            QVERIFY(saved.checkpointIn(places, false) == nullptr);
        }
        QVERIFY(saved.checkpointIn({named}, false) == nullptr);
    }

    void whatCanNotBeReadIsTold() {
        Saved saved;
        QFile file(QString::fromStdString(saved.work.path()));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(QByteArray(8192, 'x')) > 0);
        file.close();
        const auto entry = saved.checkpoint();
        QVERIFY(entry != nullptr && !entry->failure.ok());
        QCOMPARE(VersionsModel::titleOfEntry(*entry), QStringLiteral("Newest checkpoint"));
    }

    /// A run of the pipeline as it was; edited and saved since.
    void isComparedWithTheWorkingCopy() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Rows"), Json::object()), {900, 0},
                                       {fixture.sums, "out"});
        Settings settings = fixture.document.pipeline().settings;
        settings.unknown["checkpoint_every"] = "50ms";
        fixture.document.setSettings(settings);
        fixture.save();
        QVERIFY(fixture.validated());
        fixture.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.snapshot().metrics.checkpoints.taken >= 2, 20'000);
        fixture.session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), 20'000);
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.save();
        QVERIFY(fixture.validated());
        fixture.open();
        const VersionsModel& model = fixture.page.versions().model();
        const QString key = QStringLiteral("checkpoint");
        const VersionEntry* const entry = model.find(key);
        QVERIFY(entry != nullptr && entry->number > 0 && entry->pipeline != nullptr);
        QCOMPARE(model.rowOf(key), model.rowOf(QStringLiteral("file")) + 1);
        QVERIFY(fixture.page.versions().a() != key);  // only where a person chooses it
        fixture.chooseRow(model.rowOf(key));
        QCOMPARE(fixture.page.versions().a(), key);
        QCOMPARE(fixture.page.difference().changes.size(), std::size_t{1});
        QCOMPARE(fixture.page.difference().changes.front().lines, QStringList{"Size: 10s → 30s"});
        QVERIFY2(fixture.counts().contains(QStringLiteral("state lost")), qPrintable(fixture.counts()));
    }

 private:
    std::unique_ptr<QTemporaryDir> m_data;
};

QTEST_MAIN(TestCheckpointVersions)
#include "test_checkpoint_versions.moc"
