// Kafka → windows → PostgreSQL for $RILLWRIGHT_SOAK seconds (30 without), as tests/run --soak does it for an
// hour: rows come all the time, the broker is killed and started again every five minutes (three times in a
// shorter run), and the memory of the program is sampled. At the end every row has been counted once, and in
// a run of ten minutes or more the memory is flat.
#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/kills.h"
#include "tests/servers/own_server.h"
#include "tests/servers/sql_fixture.h"

using namespace rw::servers;
using namespace rw::testing;

namespace {

constexpr int kSoakPartitions = 3, kSoakKeys = 50;
constexpr int kPortion = 1'000;                      // rows that are brought at once
constexpr int kPortionEvery = 250;                   // milliseconds: 4 000 rows a second
constexpr int kRestartEvery = 300, kFlatFrom = 600;  // seconds
constexpr qint64 kMillisOfRow = 5;                   // between the times of two rows
constexpr qint64 kWindowMillis = 10'000;
constexpr qint64 kAllowedGrowth = qint64{48} << 20;  // bytes: allocators and caches of the libraries

int soakSeconds() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_SOAK");
    return given > 0 ? given : 30;
}

/// Resident bytes; 0: it has ended.
qint64 memoryOf(const QProcess& process) {
    QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
    if (!status.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) return line.mid(6).trimmed().split(' ').first().toLongLong() * 1'024;
    }
    return 0;
}

qint64 median(std::vector<qint64> numbers) {
    if (numbers.empty()) return 0;
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

}  // namespace

class TestSoak : public QObject {
    Q_OBJECT

    std::unique_ptr<OwnServer> m_kafka{};
    qint64 m_brought = 0;  ///< rows

    void bring(const KafkaFixture& fixture, const QByteArray& topic) {
        std::vector<KafkaRow> rows;
        for (int i = 0; i < kPortion; ++i, ++m_brought)
            rows.push_back(
                timedRow(m_brought, kSoakKeys, kMillisOfRow, static_cast<int>(m_brought % kSoakPartitions)));
        fixture.kafka().put(topic.toStdString(), rows);
    }

    /// Behind all windows that count, a row in each partition, so that the windows before it are over.
    void bringTheEnd(const KafkaFixture& fixture, const QByteArray& topic) const {
        const qint64 far = m_brought + 1'000 * kWindowMillis / kMillisOfRow;
        std::vector<KafkaRow> rows;
        for (int partition = 0; partition < kSoakPartitions; ++partition)
            rows.push_back(timedRow(far, kSoakKeys, kMillisOfRow, partition));
        fixture.kafka().put(topic.toStdString(), rows);
    }

    /// Windows, rows in them, and the sum of their numbers, as psql prints them.
    QByteArray expected() const {
        const qint64 rowsOfWindow = kWindowMillis / kMillisOfRow;
        const qint64 whole = m_brought / rowsOfWindow, rest = m_brought % rowsOfWindow;
        const qint64 windows = whole * kSoakKeys + std::min<qint64>(rest, kSoakKeys);
        return QByteArray::number(windows) + '\t' + QByteArray::number(m_brought) + '\t' +
               QByteArray::number(m_brought * (m_brought - 1) / 2);
    }

 private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(qEnvironmentVariableIsSet("RILLWRIGHT_SERVER") &&
                     qEnvironmentVariableIsSet("RILLWRIGHT_POSTGRESQL"),
                 "run it by tests/run --servers or --soak");
        m_kafka = std::make_unique<OwnServer>("kafka", "soak");
        QVERIFY(!m_kafka->address().isEmpty());
    }
    void cleanupTestCase() { m_kafka.reset(); }

    void nothingIsLostAndMemoryIsFlat() {
        const SqlFixture beside;
        const QByteArray table = beside.table("soak");
        const KafkaFixture fixture(m_kafka->address());
        fixture.connect({"{\"name\": \"db\", \"kind\": \"postgresql\", \"fields\": {\"address\": \"" +
                         qgetenv("RILLWRIGHT_POSTGRESQL") +
                         "\", \"database\": \"rill\", \"user\": \"rill\", \"tls\": \"off\"}}"});
        qputenv("RILLWRIGHT_ALLOW_CONNECTIONS", "k,db");
        const QByteArray topic = fixture.topic("soak", kSoakPartitions, {{"retention.bytes", "67108864"}});
        fixture.pipeline(
            "soak",
            {source(topic, "k INT, v BIGINT, ts TIMESTAMP(3)",
                    {"\"format\": \"json\"", "\"event_time\": \"ts\"", "\"watermark_delay\": \"0s\""}),
             "{\"id\": \"w\", \"type\": \"window_aggregate\", \"params\": {\"window\": \"tumble\", \"size\": "
             "\"10s\", \"keys\": [\"k\"], \"aggregates\": [\"COUNT(*) AS n\", \"SUM(v) AS s\"]}}",
             "{\"id\": \"out\", \"type\": \"sql_sink\", \"params\": {\"connection\": \"db\", \"table\": \"" +
                 table + "\"}}"},
            {wired("src.out", "w.in"), wired("w.out", "out.in")});
        bring(fixture, topic);
        const std::unique_ptr<QProcess> run = fixture.beginIt(
            "soak", {"--checkpoint-every", "2s", "--checkpoint-dir", "kept", "--metrics", "m.json"});
        const int seconds = soakSeconds();
        const int restartEvery = std::min(kRestartEvery, std::max(5, seconds / 4));
        std::vector<qint64> memory;
        int restarts = 0;
        QElapsedTimer timer;
        timer.start();
        for (qint64 turn = 0; timer.elapsed() < seconds * 1'000LL; ++turn) {
            if (run->state() != QProcess::Running) QFAIL(describe(fixture.ended(*run)).constData());
            bring(fixture, topic);
            (void)run->readAllStandardError();  // notes of each restart
            if (timer.elapsed() >= (restarts + 1) * restartEvery * 1'000LL) {
                m_kafka->kill();
                QTest::qWait(2'000);
                QVERIFY(m_kafka->startAgain());
                ++restarts;
            }
            if (turn % 40 == 0) memory.push_back(memoryOf(*run));
            QTest::qWait(kPortionEvery);
        }
        bringTheEnd(fixture, topic);
        const auto found = [&] { return beside.ask("SELECT count(*), sum(n), sum(s) FROM " + table); };
        QVERIFY2(comes([&] { return found() == expected(); }),
                 ("expected " + expected() + ", found " + found()).constData());
        QCOMPARE(
            beside.ask("SELECT count(*) FROM (SELECT DISTINCT window_start, k FROM " + table + ") AS one"),
            expected().split('\t').first());
        const Ended ended = KafkaFixture::stop(*run);
        QVERIFY2(ended.status == 0, describe(ended).constData());

        // Without the first tenth, in which caches fill.
        memory.erase(memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(memory.size() / 10));
        const auto half = memory.begin() + static_cast<std::ptrdiff_t>(memory.size() / 2);
        const qint64 early = median({memory.begin(), half}), late = median({half, memory.end()});
        const qint64 most = memory.empty() ? 0 : *std::max_element(memory.begin(), memory.end());
        qInfo(
            "%d s, %lld rows, %d restarts of the broker; resident MiB: %lld in the first half, %lld in the "
            "second "
            "(medians of %zu samples), %lld at most",
            seconds, static_cast<long long>(m_brought), restarts, static_cast<long long>(early >> 20),
            static_cast<long long>(late >> 20), memory.size(), static_cast<long long>(most >> 20));
        if (seconds >= kFlatFrom) QVERIFY2(late <= early + kAllowedGrowth, "the memory grows");
        beside.ask("DROP TABLE " + table);
    }
};

QTEST_GUILESS_MAIN(TestSoak)
#include "test_soak.moc"
