// Calls for files fail (failing_calls.c) while a pipeline with checkpoints runs, three times, and the second
// time it is killed, too; then it goes on undisturbed. It succeeds only with the rows of an undisturbed run,
// reports the fault otherwise, and its end is that of an undisturbed run. $RILLWRIGHT_FAILS: how
// many pipelines.
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "tests/cli/campaign.h"
#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"
#include "tests/support/random_cases.h"

using rw::testing::Campaign;
using rw::testing::CampaignPlace;
using rw::testing::campaigns;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::kPlaces;
using rw::testing::SinkFixture;
using rw::testing::stateInFiles;

namespace {

constexpr int kLegs = 3;
constexpr int kPerMille[] = {3, 10, 20, 40};  // at the first many runs come to their end

int casesWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_FAILS");
    return given > 0 ? given : static_cast<int>(rw::test::casesOf(rw::test::suites::FailingCalls));
}

/// The environment of the program, as long as this exists.
class FailingCalls {
 public:
    FailingCalls(const QString& folder, const QString& log, int seed, int perMille) {
        qputenv("RILLWRIGHT_FAIL_FOLDER", folder.toUtf8());
        qputenv("RILLWRIGHT_FAIL_LOG", log.toUtf8());
        qputenv("RILLWRIGHT_FAIL_SEED", QByteArray::number(seed));
        qputenv("RILLWRIGHT_FAIL_PER_MILLE", QByteArray::number(perMille));
        qputenv("LD_PRELOAD", RILLWRIGHT_FAILING_CALLS);
    }
    ~FailingCalls() { qunsetenv("LD_PRELOAD"); }
    FailingCalls(const FailingCalls&) = delete;
    FailingCalls& operator=(const FailingCalls&) = delete;
};

/// A file, a folder, a node or a checkpoint.
bool namesSomething(const QByteArray& said) {
    for (const char* name : {"/", "t.rill", "in.csv", "x.db", "y.db", "passed", "results", "heckpoint"}) {
        if (said.contains(name)) return true;
    }
    return false;
}

}  // namespace

class TestFailingCalls : public QObject {
    Q_OBJECT

    std::map<QByteArray, QByteArray> m_expected;  ///< the output of undisturbed runs
    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::FailingCalls)};
    QTemporaryDir m_logs;

    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }
    QString log() const { return m_logs.filePath("failed"); }

    QByteArray expectedOf(const Campaign& campaign, const QByteArray& key) {
        if (m_expected.count(key) > 0) return m_expected[key];
        const SinkFixture undisturbed;
        campaign.writeTo(undisturbed);
        const Ended ended = undisturbed.runIt();
        if (ended.status != 0) return {};
        return m_expected[key] = campaign.rowsOf(undisturbed);
    }

    /// How it ended, and whether that was our kill.
    std::pair<Ended, bool> leg(const SinkFixture& fixture, const QStringList& words, int seed, bool kills) {
        const FailingCalls failing(fixture.path("."), log(), seed, kPerMille[below(4)]);
        const auto process = fixture.beginIt(words + QStringList{"--restart", "fixed:50ms:3"});
        bool killed = false;
        if (kills && !process->waitForFinished(50 + below(600)) && process->state() == QProcess::Running) {
            process->kill();
            killed = true;
        }
        return {SinkFixture::ended(*process), killed};
    }

 private Q_SLOTS:
    void doneOnlyWithAllRows_data() {
        QTest::addColumn<int>("number");
        for (int i = 0; i < casesWanted(); ++i) QTest::newRow(qPrintable(QString::number(i + 1))) << i;
    }

    void doneOnlyWithAllRows() {
        QFETCH(int, number);
        const CampaignPlace& where = kPlaces[(number + number / 6) % static_cast<int>(std::size(kPlaces))];
        const std::vector<Campaign> all = campaigns(where.second);
        const Campaign& campaign = all[static_cast<std::size_t>(number) % all.size()];
        const QByteArray second(where.second), key = campaign.name + second.mid(second.indexOf('.'));
        const QByteArray expected = expectedOf(campaign, key);
        QVERIFY(!expected.isEmpty() && !expected.contains("error "));
        QStringList words{"--resume", "--checkpoint-every", "100ms"};
        if (where.ownFile) words += {"--checkpoint-dir", where.ownFile};
        if ((number + number / static_cast<int>(all.size())) % 2 == 0) words += stateInFiles();
        const SinkFixture fixture;
        campaign.writeTo(fixture);
        for (int turn = 0; turn < kLegs; ++turn) {
            const auto [ended, killed] = leg(fixture, words, number * kLegs + turn, turn % 2 == 1);
            QVERIFY2(killed || ended.status >= 0, describe(ended).constData());
            const bool right = ended.status == 0 ? campaign.rowsOf(fixture) == expected
                                                 : killed || namesSomething(ended.err);
            QVERIFY2(right, describe(ended).constData());
        }
        const Ended last = fixture.runIt(words);
        QVERIFY2(last.status == 0, describe(last).constData());
        QVERIFY2(campaign.rowsOf(fixture) == expected, describe(last).constData());
    }

    void everyKindOfCallFailed() {
        QFile file(log());
        const QByteArray failed = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        // Of a few pipelines only that some did: a call that was cut short is none.
        QVERIFY(failed.contains(" EIO\n") || failed.contains(" ENOSPC\n") || failed.contains(" EINTR\n"));
        QByteArray counts;
        for (const char* kind : {"open", "read", "write", "sync", "rename"}) {
            const auto count = failed.count(QByteArray(kind) + ' ');
            counts += QByteArray(kind) + ' ' + QByteArray::number(count) + ' ';
            if (casesWanted() >= 20) QVERIFY2(count > 0, kind);
        }
        qInfo("calls that failed: %s", counts.constData());
    }
};

QTEST_GUILESS_MAIN(TestFailingCalls)
#include "test_failing_calls.moc"
