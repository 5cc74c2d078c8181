// How often campaigns kill, and the rows that they kill for.
#pragma once
#include <QDateTime>
#include <vector>

#include "tests/servers/kafka_fixture.h"
#include "tests/servers/real_kafka.h"

namespace rw::servers {

/// $RILLWRIGHT_KILLS, or a few.
inline int killsOfEach() {
    const int given = qEnvironmentVariableIntValue("RILLWRIGHT_KILLS");
    constexpr int kFew = 3;
    return given > 0 ? given : kFew;
}

/// The one of that number as {"k": …, "v": number, "ts": …}, from 2026 on.
inline KafkaRow timedRow(qint64 number, int keys, qint64 millisBetween, int partition) {
    constexpr qint64 kBegins = 1767225600000;
    KafkaRow row;
    row.value = QStringLiteral("{\"k\":%1,\"v\":%2,\"ts\":\"%3\"}")
                    .arg(number % keys)
                    .arg(number)
                    .arg(QDateTime::fromMSecsSinceEpoch(kBegins + number * millisBetween, Qt::UTC)
                             .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")))
                    .toStdString();
    row.partition = partition;
    return row;
}

inline std::vector<KafkaRow> timedRows(int count, int partitions) {
    constexpr int kKeys = 7, kMillisBetween = 25;
    std::vector<KafkaRow> rows;
    rows.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) rows.push_back(timedRow(i, kKeys, kMillisBetween, i % partitions));
    return rows;
}

/// The pipeline “windows”: rows of timedRows() in that topic, so many a second, counted and summed in
/// windows; `sink` is the node “out”.
inline void writeWindows(const KafkaFixture& fixture, const QByteArray& from, int rate,
                         const QByteArray& sink) {
    fixture.pipeline(
        "windows",
        {source(from, "k INT, v BIGINT, ts TIMESTAMP(3)",
                {"\"format\": \"json\"", "\"event_time\": \"ts\"", "\"watermark_delay\": \"0s\"",
                 "\"end\": \"latest\""}),
         "{\"id\": \"slow\", \"type\": \"throttle\", \"params\": {\"rate\": " + QByteArray::number(rate) +
             "}}",
         "{\"id\": \"w\", \"type\": \"window_aggregate\", \"params\": {\"window\": \"tumble\", \"size\": "
         "\"10s\", \"keys\": [\"k\"], \"aggregates\": [\"COUNT(*) AS n\", \"SUM(v) AS s\"]}}",
         sink},
        {wired("src.out", "slow.in"), wired("slow.out", "w.in"), wired("w.out", "out.in")});
}

}  // namespace rw::servers
