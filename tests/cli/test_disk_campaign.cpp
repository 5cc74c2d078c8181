// Faults of the files of a run: a disk without room, a folder that can't be written, another program that keeps
// the file locked, checkpoints that were cut or changed. The run says so, and once the fault is mended comes to
// the rows of an undisturbed run.
#include <QDir>
#include <QFile>
#include <QtTest/QtTest>
#include <memory>

#include "tests/cli/campaign.h"
#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/patience.h"

using rw::testing::Campaign;
using rw::testing::campaigns;
using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;

namespace {

const QStringList kGoOn{"--resume", "--checkpoint-every", "15ms", "--restart", "none"};
const QStringList kOwnFile{"--checkpoint-dir", "kept"};
const QString kKept = QStringLiteral("kept/t.checkpoints.sqlite");

/// A file system of its own in a folder, as long as it lives.
class SmallDisk {
 public:
    explicit SmallDisk(QString folder) : m_folder(std::move(folder)) {
        QDir().mkpath(m_folder);
        m_mounted = QProcess::execute(QStringLiteral("mount"),
                                      {"-t", "tmpfs", "-o", "size=1000k", "tmpfs", m_folder}) == 0;
    }
    ~SmallDisk() {
        if (m_mounted) QProcess::execute(QStringLiteral("umount"), {"-l", m_folder});
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return m_mounted; }
    bool become(const QString& options) const {
        return QProcess::execute(QStringLiteral("mount"), {"-o", "remount," + options, m_folder}) == 0;
    }

 private:
    const QString m_folder;
    bool m_mounted = false;
};

Campaign named(const QByteArray& name, const QByteArray& first = "x.db", const QByteArray& second = "x.db") {
    for (const Campaign& campaign : campaigns(second, first)) {
        if (campaign.name == name) return campaign;
    }
    qFatal("there is no campaign %s", name.constData());
}

/// Runs until so many checkpoints are in the file, and is killed then. False: it ended before.
bool killedAfter(int checkpoints, const SinkFixture& fixture, const QStringList& words, const QString& file) {
    const auto process = fixture.beginIt(words);
    const bool came = QTest::qWaitFor(
        [&] {
            if (process->state() == QProcess::NotRunning || process->waitForFinished(5)) return true;
            if (!QFile::exists(fixture.path(file))) return false;
            return Database(fixture, file).query("SELECT count(*) FROM _rill_checkpoints").toInt() >=
                   checkpoints;
        },
        20'000);
    const bool runs = process->state() == QProcess::Running;
    if (runs) process->kill();
    (void)SinkFixture::ended(*process);
    return came && runs;
}

}  // namespace

class TestDiskCampaign : public QObject {
    Q_OBJECT

    static QByteArray undisturbed(const QByteArray& name) {
        const SinkFixture fixture;
        const Campaign campaign = named(name);
        campaign.writeTo(fixture);
        return fixture.runIt().status == 0 ? campaign.rowsOf(fixture) : QByteArray("it does not run");
    }

 private Q_SLOTS:
    void aFullDisk() {
        const SinkFixture fixture;
        const SmallDisk disk(fixture.path("small"));
        if (!disk.mounted()) QSKIP("no file system can be mounted here: only root may");
        const Campaign campaign = named("group", "small/x.db", "small/x.db");
        campaign.writeTo(fixture);
        int full = 0, size = 1'000;
        Ended ended;
        for (; size < 200'000; size += size / 2) {
            QVERIFY(disk.become("size=" + QString::number(size) + "k"));
            ended = fixture.runIt(kGoOn);
            if (ended.status == 0) break;
            QVERIFY2(ended.status == 1 && ended.err.contains("disk is full"), describe(ended).constData());
            ++full;
        }
        QVERIFY2(ended.status == 0 && full > 0, describe(ended).constData());
        QVERIFY(campaign.rowsOf(fixture) == undisturbed("group"));
    }

    void aFolderThatCantBeWritten() {
        const SinkFixture fixture;
        const SmallDisk disk(fixture.path("small"));
        if (!disk.mounted()) QSKIP("no file system can be mounted here: only root may");
        QVERIFY(disk.become("size=64m"));
        const Campaign campaign = named("tumble", "small/x.db", "y.db");
        campaign.writeTo(fixture);
        QVERIFY(killedAfter(3, fixture, kGoOn, "small/x.db"));
        QVERIFY(disk.become("ro"));
        const QByteArray before = fixture.read("small/x.db") + fixture.read("small/x.db-wal");
        const Ended refused = fixture.runIt(kGoOn);
        QVERIFY2(refused.status != 0 && refused.err.contains("small/x.db"), describe(refused).constData());
        QVERIFY(fixture.read("small/x.db") + fixture.read("small/x.db-wal") == before);
        QVERIFY(disk.become("rw"));
        const Ended ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint "),
                 describe(ended).constData());
        QVERIFY(campaign.rowsOf(fixture) == undisturbed("tumble"));
    }

    void anotherProgramKeepsItLocked_data() {
        QTest::addColumn<int>("millis");
        QTest::newRow("for a moment") << 600;
        QTest::newRow("for too long") << 7'000;
    }
    void anotherProgramKeepsItLocked() {
        QFETCH(int, millis);
        const SinkFixture fixture;
        const Campaign campaign = named("upsert", "x.db", "y.db");
        campaign.writeTo(fixture);
        const auto process = fixture.beginIt(kGoOn);
        QTRY_VERIFY(Database(fixture).query("SELECT count(*) FROM results").toInt() > 0);
        {
            Database other(fixture);
            QVERIFY(other.exec("BEGIN IMMEDIATE"));
            process->waitForFinished(millis);
        }
        Ended ended = SinkFixture::ended(*process);
        const bool tooLong = millis > 5'000;
        QVERIFY2(ended.status == (tooLong ? 1 : 0), describe(ended).constData());
        QVERIFY2(ended.err.contains("Another program keeps") == tooLong, describe(ended).constData());
        if (tooLong) ended = fixture.runIt(kGoOn);
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(campaign.rowsOf(fixture) == undisturbed("upsert"));
    }

    /// The tape holds as much as is reported, and that can be replayed.
    void aTapeOnAFullDiskIsToldAsItIs() {
        const SinkFixture fixture;
        const SmallDisk disk(fixture.path("small"));
        if (!disk.mounted()) QSKIP("no file system can be mounted here: only root may");
        fixture.write("small/rest", QByteArray(900'000, 'x'));
        fixture.pipeline({rw::testing::numbers(0, 200'000), rw::testing::csv()},
                         {rw::testing::wire("numbers", "out")});
        const Ended ended =
            fixture.runIt({"--checkpoint-every", "0s", "--record", "small/t.tape", "--for", "3s"});
        QVERIFY2(ended.status == 0 && ended.err.contains("the recording has ended"),
                 describe(ended).constData());
        const Ended listed = fixture.run({"tape", "small/t.tape"});
        const QByteArray line = listed.out.left(listed.out.indexOf('\n'));
        const QByteArray about = line.mid(line.indexOf("recorded "));
        QVERIFY2(listed.status == 0 && about.contains("cut off"), describe(listed).constData());
        QVERIFY2(ended.err.contains("recorded: small/t.tape, " + about), describe(ended).constData());
    }

    void aDamagedCheckpointIsPassedOver_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("ownFile");
        bool own = false;
        for (const Campaign& campaign : campaigns("x.db")) {
            QTest::newRow((campaign.name + (own ? ", in a file of its own" : ", with the rows")).constData())
                << campaign.name << own;
            own = !own;
        }
    }
    void aDamagedCheckpointIsPassedOver() {
        QFETCH(QByteArray, name);
        QFETCH(bool, ownFile);
        const SinkFixture fixture;
        const Campaign campaign = named(name, "x.db", "y.db");
        campaign.writeTo(fixture);
        const QStringList words = ownFile ? kGoOn + kOwnFile : kGoOn;
        const QString file = ownFile ? kKept : QStringLiteral("x.db");
        QVERIFY(killedAfter(3, fixture, words, file));
        // A byte of a part that only the newest has; where it has none, its sum.
        QVERIFY(Database(fixture, file)
                    .exec("UPDATE _rill_checkpoint_parts SET content = zeroblob(length(content)) WHERE id = "
                          "(SELECT max(part) FROM _rill_checkpoint_uses WHERE checkpoint = (SELECT max(id) "
                          "FROM _rill_checkpoints) AND part NOT IN (SELECT part FROM _rill_checkpoint_uses "
                          "WHERE checkpoint < (SELECT max(id) FROM _rill_checkpoints)));"
                          "UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = (SELECT max(id) FROM "
                          "_rill_checkpoints) AND changes() = 0"));
        const Ended ended = fixture.runIt(words);
        QVERIFY2(ended.status == 0 && ended.err.contains(" is damaged. ") && ended.err.contains(", is used."),
                 describe(ended).constData());
        QVERIFY(campaign.rowsOf(fixture) == undisturbed(name));
    }

    void aFileOfCheckpointsThatWasCut_data() {
        QTest::addColumn<int>("percent");
        for (const int percent : {10, 40, 70, 95})
            QTest::newRow(qPrintable(QString::number(percent) + " of 100")) << percent;
    }
    /// It resumes from a whole one, or says that none is; a wrong row it never gives.
    void aFileOfCheckpointsThatWasCut() {
        QFETCH(int, percent);
        const SinkFixture fixture;
        const Campaign campaign = named("group", "x.db", "y.db");
        campaign.writeTo(fixture);
        QVERIFY(killedAfter(3, fixture, kGoOn + kOwnFile, kKept));
        QVERIFY(Database(fixture, kKept).exec("PRAGMA wal_checkpoint(TRUNCATE)"));
        QFile file(fixture.path(kKept));
        const qint64 size = file.size() * percent / 100;
        QVERIFY(size > 0 && file.resize(size));
        const Ended ended = fixture.runIt(kGoOn + kOwnFile);
        if (ended.status != 0) {
            QVERIFY2(ended.status == 1 && (ended.err.contains("damaged") || ended.err.contains("is whole") ||
                                           ended.err.contains("not an SQLite database")),
                     describe(ended).constData());
            return;
        }
        QVERIFY2(ended.err.contains("resuming: from checkpoint "), describe(ended).constData());
        QVERIFY(campaign.rowsOf(fixture) == undisturbed("group"));
    }
};

QTEST_GUILESS_MAIN(TestDiskCampaign)
#include "test_disk_campaign.moc"
