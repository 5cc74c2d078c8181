// Files of checkpoints that are broken: they are kept under another name, and a run begins in a new one.
#include <QFile>

#include "core/connect/files/output_lock.h"
#include "core/state/damaged_file.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

void overwrite(const Work& work, qint64 from, qint64 behind) {
    QFile file(QString::fromStdString(work.path()));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(from));
    QCOMPARE(file.write(QByteArray(static_cast<int>(behind - from), 'Z')), behind - from);
}

QByteArray contents(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A run from the beginning takes a checkpoint there.
void writesAnew(const Work& work) {
    const Open open = opened(optionsOf(work.location(), "another line"));
    QVERIFY2(open.status.ok(), message(open.status).c_str());
    QVERIFY(open.store->begun().ok());
    const auto written = open.store->write(snapshotOf(7));
    QVERIFY2(written.ok(), message(written.status()).c_str());
    open.store->close();
    QCOMPARE(newest(work.location()), 7);
}

}  // namespace

class TestDamagedFile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aWholeOneStays() {
        const Work work;
        writeAll(work, 1, 3);
        const auto aside = putAsideIfBroken(work.location());
        QVERIFY(aside.ok() && !*aside);
        QCOMPARE(newest(work.location()), 3);
        const auto none = putAsideIfBroken({work.path(QStringLiteral("none.sqlite")), {}, true});
        QVERIFY(none.ok() && !*none);
    }

    void aBrokenOneIsKeptAndARunBegins_data() {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("behind");
        QTest::addColumn<qint64>("parts");
        QTest::newRow("without a head") << qint64(0) << qint64(4096) << qint64(1);
        QTest::newRow("without its list") << qint64(4096) << qint64(4096 * 6) << qint64(1);
        QTest::newRow("without its rest") << qint64(4096 * 5) << qint64(-1) << qint64(1);
        QTest::newRow("cut to a half") << qint64(0) << qint64(0) << qint64(2);
        QTest::newRow("cut to some bytes") << qint64(0) << qint64(0) << qint64(60);
    }
    void aBrokenOneIsKeptAndARunBegins() {
        QFETCH(qint64, from);
        QFETCH(qint64, behind);
        QFETCH(qint64, parts);
        const Work work;
        writeAll(work, 1, 3);
        QFile file(QString::fromStdString(work.path()));
        QVERIFY(file.size() > 4096 * 8 && file.resize(file.size() / parts));
        overwrite(work, from, behind < 0 ? file.size() : behind);
        const QByteArray damaged = contents(work.path());
        const auto aside = putAsideIfBroken(work.location());
        QVERIFY2(aside.ok(), message(aside.status()).c_str());
        QVERIFY(*aside);
        QCOMPARE(**aside, work.path() + ".damaged");
        QVERIFY(contents(**aside) == damaged);
        writesAnew(work);
    }

    void anOlderOneStays() {
        const Work work;
        QByteArrayList damaged;
        for (const char* name : {".damaged", ".damaged-2", ".damaged-3"}) {
            writeAll(work, 1, 3);
            overwrite(work, 4096, 4096 * 6);
            damaged << contents(work.path());
            const auto aside = putAsideIfBroken(work.location());
            QVERIFY(aside.ok() && *aside);
            QCOMPARE(**aside, work.path() + name);
        }
        QVERIFY(contents(work.path() + ".damaged") == damaged.first());
    }

    void oneThatARunWritesStays() {
        const Work work;
        writeAll(work, 1, 3);
        overwrite(work, 4096, 4096 * 6);
        OutputLock run;
        QVERIFY(run.acquire(work.path(), claimedBy(work.location()), OutputClaim::Mode::Alone).ok());
        const auto aside = putAsideIfBroken(work.location());
        QVERIFY(aside.ok() && !*aside);
    }

    /// A run that resumes does not begin at its start instead.
    void oneWithoutAListIsNotTakenForEmpty() {
        const Work work;
        writeAll(work, 1, 3);
        QVERIFY(QFile::resize(QString::fromStdString(work.path()), 500));
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(!loaded.ok());
        QVERIFY2(message(loaded.status()).find("Start the run anew.") != std::string::npos,
                 message(loaded.status()).c_str());
    }

    /// Rows of sinks are in it, and nobody can resume from it.
    void oneWithRowsIsNotPutAside() {
        const Work work;
        writeAll(work, 1, 3);
        const CheckpointLocation withRows{work.path(), {}, false};
        QFile file(QString::fromStdString(work.path()));
        QVERIFY(file.resize(file.size() / 2));
        const auto aside = putAsideIfBroken(withRows);
        QVERIFY(aside.ok() && !*aside);
        QVERIFY(!putDamagedAside(withRows).ok());
        const auto loaded = loadCheckpoint(withRows);
        QVERIFY2(message(loaded.status()).find("start the run anew with another file") != std::string::npos,
                 message(loaded.status()).c_str());
    }
};

QTEST_APPLESS_MAIN(TestDamagedFile)
#include "test_damaged_file.moc"
