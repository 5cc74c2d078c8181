// The pipeline of the newest checkpoint, read without its state.
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

class TestNewestPipeline : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void isThatOfTheNewest() {
        const Work work;
        writeAll(work, 1, 3);
        const auto found = newestPipeline(work.location());
        QVERIFY(found.ok() && *found);
        QCOMPARE((*found)->about.number, Epoch{3});
        QVERIFY((*found)->pipeline == optionsOf(work.location()).pipeline);
    }

    void thereMayBeNone() {
        const Work work;
        const auto nowhere = newestPipeline(work.location());
        QVERIFY(nowhere.ok() && !*nowhere);
        writeAll(work, 1, 1);
        const auto others = newestPipeline(work.location("somebody else"));
        QVERIFY(others.ok() && !*others);
    }

    /// A run that has ended well leaves a row without a pipeline.
    void aFinishedRunHasNone() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        QVERIFY(open.status.ok());
        StateSnapshot last = snapshotOf(2);
        last.ended = true;
        QVERIFY(open.store->write(snapshotOf(1)).ok() && open.store->write(last).ok());
        QVERIFY(open.store->finish().ok());
        open.store->close();
        const auto found = newestPipeline(work.location());
        QVERIFY2(found.ok(), message(found.status()).c_str());
        QVERIFY(!*found);
    }

    void aFileThatIsNoDatabaseIsToldOf() {
        const Work work;
        QFile file(QString::fromStdString(work.path()));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(QByteArray(8192, 'x')) > 0);
        file.close();
        QVERIFY(!newestPipeline(work.location()).ok());
    }
};

QTEST_GUILESS_MAIN(TestNewestPipeline)
#include "test_newest_pipeline.moc"
