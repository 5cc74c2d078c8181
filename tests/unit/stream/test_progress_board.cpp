// How far the partitions of a source are: what was given, what is there, and the next try.
#include <QtTest/QtTest>
#include <atomic>
#include <thread>

#include "core/stream/waiting/progress_board.h"

using namespace rw;

namespace {

std::string sixteens(std::int64_t position) {
    return "0/" + QString::number(position, 16).toStdString();
}

}  // namespace

class TestProgressBoard : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theLagIsWhatWasNotGiven() {
        ProgressBoard board;
        QVERIFY(board.all().empty());
        board.place("b", 10);
        board.end("a", 7);
        board.end("b", 25);
        std::vector<PartitionProgress> all = board.all();
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].name, std::string("a"));
        QVERIFY2(all[0].position.empty() && !all[0].lag, "where it is nobody has told");
        QCOMPARE(all[1].position, std::string("10"));
        QVERIFY(all[1].lag == std::uint64_t{15});
        // The end is told from time to time, the place with each chunk.
        board.place("b", 30);
        all = board.all();
        QVERIFY(all[1].lag == std::uint64_t{0});
        QCOMPARE(all[1].position, std::string("30"));
    }

    void positionsHaveWordsOfTheirOwn() {
        ProgressBoard board(PartitionProgress::Unit::Bytes, sixteens);
        board.place("", 255);
        board.end("", 300);
        const std::vector<PartitionProgress> all = board.all();
        QCOMPARE(all.front().position, std::string("0/ff"));
        QVERIFY(all.front().lag == std::uint64_t{45});
        QVERIFY(all.front().unit == PartitionProgress::Unit::Bytes);
    }

    void theNextTryIsOfAll() {
        ProgressBoard board;
        board.retryAt(1'000);
        QCOMPARE(board.all().size(), std::size_t{1});
        QCOMPARE(board.all().front().nextTry, Instant{1'000});
        board.place("a", 1);
        board.place("b", 1);
        for (const PartitionProgress& one : board.all()) QCOMPARE(one.nextTry, Instant{1'000});
        board.retryAt(0);
        for (const PartitionProgress& one : board.all()) QCOMPARE(one.nextTry, Instant{0});
    }

    void anyThreadLooks() {
        ProgressBoard board;
        std::atomic<bool> over{false};
        std::thread writer([&] {
            for (std::int64_t at = 0; at < 20'000; ++at) {
                board.end("p", at + 5);
                board.place("p", at);
            }
            over = true;
        });
        while (!over) {
            for (const PartitionProgress& one : board.all()) {
                if (one.lag && *one.lag > 6) qFatal("a lag of nobody");
            }
        }
        writer.join();
        QVERIFY(board.all().front().lag == std::uint64_t{5});
    }
};

QTEST_APPLESS_MAIN(TestProgressBoard)
#include "test_progress_board.moc"
