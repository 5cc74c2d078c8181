// The program is killed (SIGKILL) at random instants, and goes on each time: at its end the outputs hold the
// rows of a run that nobody disturbed. $RILLWRIGHT_KILLS: how often, over all rows; 25 without.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>

#include "tests/cli/campaign.h"
#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using rw::testing::Campaign;
using rw::testing::campaigns;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::SinkFixture;

namespace {

/// Where the checkpoints are.
struct Place {
    const char* name;
    const char* second;   ///< the file of the other output
    const char* ownFile;  ///< --checkpoint-dir; null: in the first sink's file
};
constexpr Place kPlaces[] = {{"in the file of the sinks", "x.db", nullptr},
                             {"in one of two files", "y.db", nullptr},
                             {"in a file of its own", "x.db", "kept"},
                             {"in a file of its own, beside two", "y.db", "kept"},
                             {"beside a CSV file", "passed.csv", nullptr},
                             {"in a file of its own, beside one of NDJSON", "passed.ndjson", "kept"}};

int killsWanted() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    return given > 0 ? given : 25;
}

}  // namespace

class TestKillCampaign : public QObject {
    Q_OBJECT

    /// What an undisturbed run writes.
    std::map<QByteArray, QByteArray> m_expected;
    std::mt19937 m_chance{20'261'122};

    /// `key`: of the campaign and the format of what it writes.
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

    /// Goes on, killed again and again, until it comes to its end; how often it was killed.
    int killedToItsEnd(const SinkFixture& fixture, const QStringList& words, int wanted, bool& over) {
        int kills = 0;
        over = false;
        for (int turn = 0; turn < 500 && !over; ++turn) {
            const auto process = fixture.beginIt(words);
            // What is given up last runs to its end.
            const int patience = kills < wanted ? static_cast<int>(m_chance() % 350) : 60'000;
            // It says no where the end was noticed before.
            over = process->waitForFinished(patience) || process->state() == QProcess::NotRunning;
            if (!over && kills < wanted) {
                process->kill();
                ++kills;
            }
            const Ended ended = SinkFixture::ended(*process);
            if (over && ended.status != 0) {
                qInfo("%s", describe(ended).constData());
                over = false;
                break;
            }
        }
        return kills;
    }

 private Q_SLOTS:
    void rowsAreThoseOfAnUndisturbedRun_data() {
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("place");
        QTest::addColumn<int>("wanted");
        const int count = static_cast<int>(campaigns("x.db").size()),
                  rows = count * static_cast<int>(std::size(kPlaces)), kills = killsWanted();
        // Few kills, too, meet every campaign and every place.
        for (int row = 0; row < std::min(rows, kills); ++row) {
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
        const Place& where = kPlaces[place];
        const std::vector<Campaign> all = campaigns(where.second);
        const Campaign& campaign = all[static_cast<std::size_t>(number)];
        const QByteArray second(where.second), key = campaign.name + second.mid(second.indexOf('.'));
        findExpected(campaign, key);
        if (QTest::currentTestFailed()) return;
        const QByteArray expected = m_expected[key];
        QStringList words{"--resume", "--checkpoint-every", "15ms"};
        if (where.ownFile) words += {"--checkpoint-dir", where.ownFile};
        int kills = 0, ends = 0;
        while (kills < wanted || ends == 0) {
            const SinkFixture fixture;
            campaign.writeTo(fixture);
            bool over = false;
            kills += killedToItsEnd(fixture, words, wanted - kills, over);
            QVERIFY(over);
            ++ends;
            const QByteArray rows = campaign.rowsOf(fixture);
            QVERIFY2(rows == expected, ("after " + QByteArray::number(kills) + " kills:\n" +
                                        rows.right(2'000) + "\n\nexpected:\n" + expected.right(2'000))
                                           .constData());
            const Ended again = fixture.runIt(words);
            QVERIFY2(again.status == 0 && again.err.contains("there is nothing to go on from"),
                     describe(again).constData());
            QCOMPARE(campaign.rowsOf(fixture), expected);
        }
        qInfo("%d kills, %d runs that came to their end", kills, ends);
    }
};

QTEST_GUILESS_MAIN(TestKillCampaign)
#include "test_kill_campaign.moc"
