// Readings at a steady pace: each of its moment, cut into batches, with the time of arrival where wanted.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

/// A source of the node with these parameters, opened.
struct Opened {
    BoundNodeRef bound;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::unique_ptr<Source> source;

    explicit Opened(const Json& params, std::size_t batchRows = 4096) {
        Pipeline pipeline;
        pipeline.nodes.push_back({"c", "this_computer", "", {}, params});
        bound = validate(pipeline, catalogue(), {}).nodes.at("c").bound;
        MakeContext context;
        context.clock = clock;
        context.batchRows = batchRows;
        source = std::get<std::unique_ptr<Source>>(
            catalogue().find("this_computer")->make(*bound, context).value());
    }
};

}  // namespace

class TestThisComputer : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyTableHasItsColumns_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("columns");
        QTest::newRow("cpu") << "cpu"
                             << "ts core load freq_mhz";
        QTest::newRow("memory") << "memory"
                                << "ts total used available swap_used";
        QTest::newRow("processes") << "processes"
                                   << "ts pid name cpu memory";
        QTest::newRow("disk") << "disk"
                              << "ts device read written";
        QTest::newRow("network") << "network"
                                 << "ts interface received sent";
        QTest::newRow("load") << "load"
                              << "ts one five fifteen";
    }

    void everyTableHasItsColumns() {
        QFETCH(QString, table);
        QFETCH(QString, columns);
        const Opened opened(Json{{"table", table.toStdString()}});
        QStringList names;
        for (const Field& field : opened.bound->outputs[0].schema->fields)
            names << QString::fromStdString(field.name);
        QCOMPARE(names.join(QLatin1Char(' ')), columns);
        QCOMPARE(opened.bound->outputs[0].eventTime, 0);
        QVERIFY(opened.bound->live);
    }

    void readingsComeWhenTheyAreDue() {
        Opened opened(Json{{"table", "load"}, {"every", "100ms"}});
        QVERIFY(opened.source->open().ok());
        std::unique_ptr<Chunk> chunk;
        Poll poll = *opened.source->poll(chunk);
        QCOMPARE(poll.kind, Poll::Kind::Wait);
        QCOMPARE(poll.until, std::int64_t{100});
        opened.clock->advance(100);
        QCOMPARE(opened.source->poll(chunk)->kind, Poll::Kind::Ready);
        QCOMPARE(chunk->arrived, opened.clock->wall);
        QCOMPARE(opened.source->poll(chunk)->until, std::int64_t{200});
        opened.clock->advance(1'050);  // a pause: missed readings stay missed, the beat stays the same
        QCOMPARE(opened.source->poll(chunk)->kind, Poll::Kind::Ready);
        poll = *opened.source->poll(chunk);
        QCOMPARE(poll.kind, Poll::Kind::Wait);
        QCOMPARE(poll.until, std::int64_t{1'200});
    }

    void aReadingIsCutIntoBatches() {
        Opened opened(Json{{"table", "processes"}, {"arrival_time", "seen"}}, 1);
        QVERIFY(opened.source->open().ok());
        opened.clock->advance(1'000);
        std::unique_ptr<Chunk> chunk;
        QCOMPARE(opened.source->poll(chunk)->kind, Poll::Kind::Ready);
        ParsedChunk parsed;
        QVERIFY(opened.source->parse(*chunk, parsed).ok());
        QVERIFY(parsed.rowsRead > 1);  // this one, and its parent
        QCOMPARE(parsed.batches.size(), std::size_t{parsed.rowsRead});
        const auto seen = *opened.bound->outputs[0].schema->find("seen");
        std::int64_t position = 0;
        for (const Batch& batch : parsed.batches) {
            QCOMPARE(batch.rows, std::size_t{1});
            QCOMPARE(batch.positions.at(0), position++);
            QCOMPARE(batch.column(0).at<Instant>(0), opened.clock->wall);
            QCOMPARE(batch.column(seen).at<Instant>(0), chunk->arrived);
        }
    }
};

QTEST_APPLESS_MAIN(TestThisComputer)
#include "test_this_computer.moc"
