// The program is killed (SIGKILL) at random instants, and resumes each time: at its end the outputs hold the
// rows of an undisturbed run. Each time with another degree of parallelism, and with its state in memory
// or in files; kills come at any time of the first 350 ms, which is while it goes on, or once all input was
// read, which is while tables and files get their last rows and their names. $RILLWRIGHT_KILLS: how often,
// over all rows.
#include <sqlite3.h>

#include <QDirIterator>
#include <QtTest/QtTest>
#include <algorithm>
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

/// Whether all input was read, and only the last rows have still to be put in place, as the checkpoints in
/// `file` say. A reader like any other, which does not wait for locks.
bool isEnding(const QString& file) {
    if (!QFileInfo::exists(file)) return false;
    sqlite3* handle = nullptr;
    bool ending = false;
    if (sqlite3_open_v2(qPrintable(file), &handle, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
        sqlite3_exec(
            handle, "SELECT 1 FROM _rill_checkpoints WHERE kind = 1 LIMIT 1",
            [](void* found, int, char**, char**) {
                *static_cast<bool*>(found) = true;
                return 0;
            },
            &ending, nullptr);
    }
    sqlite3_close(handle);
    return ending;
}

int killsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    return given > 0 ? given : static_cast<int>(rw::test::casesOf(rw::test::suites::KillsOfTables));
}

}  // namespace

class TestKillCampaign : public QObject {
    Q_OBJECT

    /// The output of an undisturbed run.
    std::map<QByteArray, QByteArray> m_expected;
    std::mt19937 m_chance{rw::test::firstSeedOf(rw::test::suites::KillsOfTables)};
    int m_kills = 0;
    bool m_lastRan = false;                               ///< the last run had something to do
    int m_ofThoseThatWentOn = 0, m_ofThoseThatEnded = 0;  ///< of these

    /// `key`: of the campaign and the format of its output.
    void findExpected(const Campaign& campaign, const QByteArray& key) {
        if (m_expected.count(key) > 0) return;
        const SinkFixture undisturbed;
        campaign.writeTo(undisturbed);
        const Ended ended = undisturbed.runIt();
        QVERIFY2(ended.status == 0, describe(ended).constData());
        const QByteArray rows = campaign.rowsOf(undisturbed);
        QVERIFY2(rows.count('\n') > campaign.leastRows && !rows.contains("error "),
                 rows.right(200).constData());
        m_expected[key] = rows;
    }

    int below(int count) { return static_cast<int>(m_chance() % static_cast<unsigned>(count)); }

    /// Waits until the run that writes its checkpoints into `file` is ending, or is over.
    static void awaitEnding(QProcess& process, const QString& file) {
        while (process.state() == QProcess::Running && !isEnding(file)) (void)process.waitForFinished(2);
    }

    /// Waits until the run has printed which checkpoint it resumes from, and opens its sources and sinks next; its
    /// output so far.
    static QByteArray awaitBeginning(QProcess& process) {
        process.setReadChannel(QProcess::StandardError);
        QByteArray said;
        while (!said.contains("resuming: ") && process.waitForReadyRead(60'000)) said += process.readAll();
        return said;
    }

    /// Goes on, killed again and again, until it comes to its end; how often it was killed. `file`: of the
    /// checkpoints.
    int killedToItsEnd(const SinkFixture& fixture, const QStringList& words, const QString& file, int wanted,
                       bool& over) {
        int kills = 0;
        over = false;
        for (int turn = 0; turn < 500 && !over; ++turn) {
            const int degrees[] = {1, 2, 3, 5};
            const auto process =
                fixture.beginIt(words + QStringList{"--parallelism", QString::number(degrees[below(4)])} +
                                (below(2) == 0 ? stateInFiles() : QStringList()));
            const int when = below(3);
            const bool atItsEnd = kills < wanted && when == 0;
            if (atItsEnd) awaitEnding(*process, file);
            QByteArray said;
            if (kills < wanted && when == 1) said = awaitBeginning(*process);
            // The last run is not killed.
            const int patience = kills == wanted ? 60'000 : below(atItsEnd ? 12 : when == 1 ? 100 : 350);
            // It says no where the end was noticed before.
            over = process->waitForFinished(patience) || process->state() == QProcess::NotRunning;
            const bool kill = !over && kills < wanted;
            if (kill) {
                process->kill();
                ++kills;
            }
            const Ended ended = SinkFixture::ended(*process);
            if (kill && (said + ended.err).contains("resuming: from checkpoint")) ++m_ofThoseThatWentOn;
            if (kill && atItsEnd) ++m_ofThoseThatEnded;
            m_lastRan = !(said + ended.err).contains("there is nothing to resume from");
            if (over && ended.status != 0) {
                qInfo("%s", describe(ended).constData());
                over = false;
                break;
            }
        }
        m_kills += kills;
        return kills;
    }

 private Q_SLOTS:
    void rowsAreThoseOfAnUndisturbedRun_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("place");
        QTest::addColumn<int>("wanted");
        const int count = static_cast<int>(campaigns("x.db").size()), kills = killsWanted();
        // Few kills, too, meet every campaign and every place; of two the other meets a run that went on.
        const int rows = std::clamp(kills / 2, 1, count * static_cast<int>(std::size(kPlaces)));
        for (int row = 0; row < rows; ++row) {
            const int number = row % count,
                      place = (row / count + number) % static_cast<int>(std::size(kPlaces));
            const QByteArray name = campaigns("x.db")[static_cast<std::size_t>(number)].name;
            QTest::newRow((name + ", " + kPlaces[place].name).constData())
                << number << place << kills / rows + (row < kills % rows ? 1 : 0);
        }
    }

    void rowsAreThoseOfAnUndisturbedRun() {
        QFETCH(int, number);
        QFETCH(int, place);
        QFETCH(int, wanted);
        const CampaignPlace& where = kPlaces[place];
        const std::vector<Campaign> all = campaigns(where.second);
        const Campaign& campaign = all[static_cast<std::size_t>(number)];
        const QByteArray second(where.second), key = campaign.name + second.mid(second.indexOf('.'));
        findExpected(campaign, key);
        if (QTest::currentTestFailed()) return;
        const QByteArray expected = m_expected[key];
        QStringList words{"--resume", "--checkpoint-every", "15ms"};
        if (where.ownFile) words += {"--checkpoint-dir", where.ownFile};
        const QString file = where.ownFile ? QString::fromUtf8(where.ownFile) + "/t.checkpoints.sqlite"
                                           : QStringLiteral("x.db");
        int kills = 0, ends = 0;
        while (kills < wanted || ends == 0) {
            const SinkFixture fixture;
            campaign.writeTo(fixture);
            bool over = false;
            kills += killedToItsEnd(fixture, words, fixture.path(file), wanted - kills, over);
            QVERIFY(over);
            ++ends;
            const QByteArray rows = campaign.rowsOf(fixture);
            QVERIFY2(rows == expected, ("after " + QByteArray::number(kills) + " kills:\n" +
                                        rows.right(2'000) + "\n\nexpected:\n" + expected.right(2'000))
                                           .constData());
            const Ended again = fixture.runIt(words);
            QVERIFY2(again.status == 0 && again.err.contains("there is nothing to resume from"),
                     describe(again).constData());
            QCOMPARE(campaign.rowsOf(fixture), expected);
            // Those of a run that was killed are removed when the pipeline runs again.
            QDirIterator left(fixture.path("."), {"*.rill-state*"}, QDir::AllEntries | QDir::Hidden,
                              QDirIterator::Subdirectories);
            QVERIFY2(!m_lastRan || !left.hasNext(), qPrintable(left.next()));
        }
        qInfo("%d kills, %d runs that came to their end", kills, ends);
    }

    void killsReachedEveryPart() {
        if (m_kills < 20) return;  // so few were asked for
        qInfo("%d kills, %d of runs that went on, %d of runs that were ending", m_kills, m_ofThoseThatWentOn,
              m_ofThoseThatEnded);
        QVERIFY(m_ofThoseThatWentOn > 0 && m_ofThoseThatEnded > 0);
    }
};

QTEST_GUILESS_MAIN(TestKillCampaign)
#include "test_kill_campaign.moc"
