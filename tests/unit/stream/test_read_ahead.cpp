// The read-ahead of a blocking source: its thread waits while there is no room, and is woken for an errand
// and once half of it was taken.
#include <QtTest/QtTest>
#include <utility>

#include "core/stream/waiting/read_ahead.h"

using namespace rw;
using Next = SourceWork::Next;

namespace {

/// A piece a call, without end.
class Endless final : public SourceReader {
 public:
    Result<Read> read(Millis, ReadOutput& out) override {
        out.give(std::make_unique<Chunk>(), 1);
        return Read::Some;
    }
    std::vector<Text> takeNotes() override { return std::exchange(notes, {}); }

    std::vector<Text> notes{};
};

std::shared_ptr<ReadAhead> endless(std::size_t pieces) {
    ReadAhead::About about;
    about.clock = systemClock();
    about.limits.pieces = pieces;
    about.acknowledges = true;
    return std::make_shared<ReadAhead>(std::make_shared<Endless>(), std::move(about));
}

/// Steps until the thread has to wait; how many read something.
int fill(ReadAhead& ahead) {
    int read = 0;
    while (ahead.step(0) != Next::Wait) ++read;
    return read;
}

}  // namespace

class TestReadAhead : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theThreadWaitsWithoutRoom() {
        const auto ahead = endless(4);
        QCOMPARE(fill(*ahead), 4);
        QVERIFY(!ahead->take()->wakeThread);  // one of four: not for every piece
        QVERIFY(!ahead->take()->wakeThread);
        QVERIFY(ahead->take()->wakeThread);
        QVERIFY(!ahead->take()->wakeThread);  // it was woken
        QCOMPARE(fill(*ahead), 4);
    }

    void anErrandWakesTheThread() {
        const auto ahead = endless(4);
        fill(*ahead);
        int done = 0;
        QVERIFY(ahead->carryOut([&done] {
            ++done;
            return Status();
        }));
        QVERIFY(ahead->step(0) == Next::Again);
        QCOMPARE(done, 1);
        QVERIFY(ahead->step(0) == Next::Wait);
        QVERIFY(*ahead->settle());
        QCOMPARE(done, 1);
    }

    /// The last one comes behind the last call of the reader.
    void whatAnErrandHasToSayIsTold() {
        ReadAhead::About about;
        about.clock = systemClock();
        about.acknowledges = true;
        const auto reader = std::make_shared<Endless>();
        ReadAhead ahead(reader, std::move(about));
        ahead.carryOut([reader] {
            reader->notes.push_back(Text{"test", "It was not taken."});
            return Status();
        });
        ahead.finish();
        QVERIFY(*ahead.settle());
        QCOMPARE(ahead.takeNotes().size(), std::size_t{1});
        QVERIFY(ahead.takeNotes().empty());
    }

    void anErrandIsReplacedUntilItBegins() {
        const auto ahead = endless(1);
        fill(*ahead);
        std::string done;
        for (const char* const name : {"a", "b"})
            ahead->carryOut([&done, name] {
                done += name;
                return Status();
            });
        ahead->finish();
        QVERIFY(*ahead->settle());
        QCOMPARE(done, std::string("b"));
        QVERIFY(ahead->step(0) == Next::Wait);  // for further acknowledgements
    }
};

QTEST_APPLESS_MAIN(TestReadAhead)
#include "test_read_ahead.moc"
