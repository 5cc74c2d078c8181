// The auction house of NEXMark: its proportions, hot ids, streams that fit together, and the same rows
// however they are cut.
#include <QtTest/QtTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/nodes/sources/nexmark_events.h"
#include "core/pipeline/validate.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kRunStart = 1'700'000'000'000;
constexpr int kRounds = 2'000;  // of 50 events

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

Validated bound(const Json& params) {
    Pipeline pipeline;
    pipeline.nodes.push_back({"n", "nexmark", "", {}, params});
    Validated validated = validate(pipeline, catalogue(), {});
    std::erase_if(validated.issues, [](const Issue& issue) { return issue.param.empty(); });  // not wired
    return validated;
}

/// A source with all that it stands on.
struct House {
    BoundNodeRef node;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::unique_ptr<Source> source;

    explicit House(const Json& params, std::size_t batchRows = 4096) {
        const Validated validated = bound(params);
        node = validated.nodes.at("n").bound;
        if (!node) qFatal("it does not bind");
        MakeContext context;
        context.batchRows = batchRows;
        context.eval.runStart = kRunStart;
        context.clock = clock;
        auto made = catalogue().find("nexmark")->make(*node, context);
        source = std::get<std::unique_ptr<Source>>(std::move(made).value());
    }

    /// The next piece; none at the end.
    std::unique_ptr<Chunk> next() {
        for (;;) {
            std::unique_ptr<Chunk> chunk;
            const auto poll = source->poll(chunk);
            if (!poll.ok() || poll->kind == Poll::Kind::End || chunk) return chunk;
            clock->advance(std::max<std::int64_t>(1, poll->until - clock->steady));
        }
    }
};

/// Rows in columns.
struct MadeRows {
    std::map<std::string, std::vector<std::int64_t>> numbers;
    std::map<std::string, std::vector<std::string>> texts;
    std::vector<std::string> lines;

    void take(const ParsedChunk& parsed) {
        for (const Batch& batch : parsed.batches) {
            for (std::size_t row = 0; row < batch.rows; ++row) lines.push_back(rowText(batch, row));
            for (std::size_t i = 0; i < batch.schema->size(); ++i) {
                const Field& field = batch.schema->fields[i];
                const Column& column = *batch.columns[i];
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    if (field.type.is(TypeId::String))
                        texts[field.name].emplace_back(column.string(row));
                    else
                        numbers[field.name].push_back(column.at<std::int64_t>(row));
                }
            }
        }
    }
};

MadeRows made(const Json& params, std::size_t batchRows = 4096) {
    House house(params, batchRows);
    MadeRows all;
    if (!house.source->open().ok()) return all;
    while (const auto chunk = house.next()) {
        ParsedChunk parsed;
        if (!house.source->parse(*chunk, parsed).ok()) return {};
        all.take(parsed);
    }
    return all;
}

Json params(const char* stream, int rows, Json more = Json::object()) {
    more["stream"] = stream;
    more["rows"] = rows;
    if (!more.contains("rate")) more["rate"] = 0;
    return more;
}

/// As many rows of each stream as so many rounds of 50 events have.
struct Streams {
    MadeRows bids, persons, auctions;
    explicit Streams(int rounds, const Json& more = Json::object())
        : bids(made(params("bid", 46 * rounds, more))),
          persons(made(params("person", rounds, more))),
          auctions(made(params("auction", 3 * rounds, more))) {}
};

const Streams& streams() {
    static const Streams all(kRounds);
    return all;
}

/// Which of these ids were never seen up to the row's own time.
std::size_t strangers(const std::vector<std::int64_t>& ids, const std::vector<std::int64_t>& times,
                      const MadeRows& known) {
    std::map<std::int64_t, Instant> since;
    for (std::size_t i = 0; i < known.numbers.at("id").size(); ++i)
        since[known.numbers.at("id")[i]] = known.numbers.at("ts")[i];
    std::size_t found = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto it = since.find(ids[i]);
        found += it == since.end() || it->second > times[i] ? 1 : 0;
    }
    return found;
}

double share(const std::vector<std::int64_t>& values,
             const std::function<bool(std::int64_t, std::size_t)>& is) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < values.size(); ++i) count += is(values[i], i) ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(values.size());
}

bool near(double value, double wanted, double most) {
    const bool is = std::abs(value - wanted) <= most;
    if (!is) qWarning("%g, not %g", value, wanted);
    return is;
}

}  // namespace

class TestNexmark : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyEventIsARowOfOneStream() {
        std::multiset<std::uint64_t> events;
        for (std::uint64_t row = 0; row < 46 * 20; ++row)
            events.insert(AuctionHouse::eventOf(NexmarkStream::Bid, row));
        for (std::uint64_t row = 0; row < 3 * 20; ++row)
            events.insert(AuctionHouse::eventOf(NexmarkStream::Auction, row));
        for (std::uint64_t row = 0; row < 20; ++row)
            events.insert(AuctionHouse::eventOf(NexmarkStream::Person, row));
        std::uint64_t next = 0;
        for (const std::uint64_t event : events) QCOMPARE(event, next++);
        QCOMPARE(next, std::uint64_t{50 * 20});
        QCOMPARE(AuctionHouse::eventOf(NexmarkStream::Person, 1), std::uint64_t{50});
        QCOMPARE(AuctionHouse::eventOf(NexmarkStream::Auction, 3), std::uint64_t{51});
        QCOMPARE(AuctionHouse::eventOf(NexmarkStream::Bid, 46), std::uint64_t{54});
    }

    void columnsFollowFromTheStream_data() {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<QString>("columns");
        QTest::newRow("bid") << "bid"
                             << "auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, "
                                "ts TIMESTAMP(3)";
        QTest::newRow("person") << "person"
                                << "id BIGINT, name STRING, email STRING, city STRING, state STRING, "
                                   "ts TIMESTAMP(3)";
        QTest::newRow("auction") << "auction"
                                 << "id BIGINT, item STRING, initial_bid BIGINT, reserve BIGINT, "
                                    "seller BIGINT, category BIGINT, ts TIMESTAMP(3), expires TIMESTAMP(3)";
    }
    void columnsFollowFromTheStream() {
        QFETCH(QString, stream);
        QFETCH(QString, columns);
        const Validated validated = bound({{"stream", stream.toStdString()}});
        QVERIFY(validated.issues.empty());
        const BoundNodeRef node = validated.nodes.at("n").bound;
        const StreamType& type = node->outputs.front();
        std::string said;
        for (const Field& field : type.schema->fields)
            said += (said.empty() ? "" : ", ") + field.name + " " + toString(field.type);
        QCOMPARE(said, columns.toStdString());
        QCOMPARE(type.schema->fields[static_cast<std::size_t>(type.eventTime)].name, std::string("ts"));
        QVERIFY(type.sourceOrder && node->live);
    }

    void idsCountUp() {
        for (const MadeRows* each : {&streams().persons, &streams().auctions}) {
            std::int64_t next = 1'000;
            for (const std::int64_t id : each->numbers.at("id")) QCOMPARE(id, next++);
        }
        QCOMPARE(streams().persons.lines.size(), std::size_t{kRounds});
        QCOMPARE(streams().auctions.lines.size(), std::size_t{3 * kRounds});
    }

    void whoIsNamedHasCome() {
        const Streams& all = streams();
        const auto& bids = all.bids.numbers;
        QCOMPARE(bids.at("auction").size(), std::size_t{46 * kRounds});
        QCOMPARE(strangers(bids.at("auction"), bids.at("ts"), all.auctions), std::size_t{0});
        QCOMPARE(strangers(bids.at("bidder"), bids.at("ts"), all.persons), std::size_t{0});
        const auto& auctions = all.auctions.numbers;
        QCOMPARE(strangers(auctions.at("seller"), auctions.at("ts"), all.persons), std::size_t{0});
        // Of another house they are others.
        const MadeRows others = made(params("bid", 46 * kRounds, {{"seed", 7}}));
        QVERIFY(others.numbers.at("auction") != bids.at("auction"));
    }

    /// Where there are few to choose from, at the very beginning.
    void theFirstOnesNameOnlyEachOther() {
        for (int seed = 0; seed < 200; ++seed) {
            const Streams few(2, {{"seed", seed}});
            const auto& bids = few.bids.numbers;
            QCOMPARE(strangers(bids.at("auction"), bids.at("ts"), few.auctions), std::size_t{0});
            QCOMPARE(strangers(bids.at("bidder"), bids.at("ts"), few.persons), std::size_t{0});
            QCOMPARE(strangers(few.auctions.numbers.at("seller"), few.auctions.numbers.at("ts"), few.persons),
                     std::size_t{0});
        }
    }

    void someAreHot() {
        const auto& bids = streams().bids.numbers;
        // Among the 101 newest auctions is the hot one, too.
        QVERIFY(near(share(bids.at("auction"), [](auto id, std::size_t) { return id % 100 == 0; }),
                     0.5 + 0.5 / 101, 0.01));
        QVERIFY(near(share(bids.at("bidder"), [](auto id, std::size_t) { return id % 100 == 1; }),
                     0.75 + 0.25 / 100, 0.01));
        const auto& sellers = streams().auctions.numbers.at("seller");
        QVERIFY(near(share(sellers, [](auto id, std::size_t) { return id % 100 == 0; }), 0.75 + 0.25 / 100,
                     0.02));
        const auto& channels = streams().bids.texts.at("channel");
        const auto named = std::count_if(channels.begin(), channels.end(), [](const std::string& channel) {
            return !channel.starts_with("channel-");
        });
        QVERIFY(near(static_cast<double>(named) / static_cast<double>(channels.size()), 0.5, 0.01));
    }

    void theOthersAreTheNewest() {
        const auto& bids = streams().bids.numbers;
        std::int64_t oldestAuction = 0, oldestBidder = 0;
        for (std::size_t row = 0; row < bids.at("auction").size(); ++row) {
            const auto round = static_cast<std::int64_t>(row) / 46;
            if (bids.at("auction")[row] % 100 != 0)
                oldestAuction = std::max(oldestAuction, 1'002 + 3 * round - bids.at("auction")[row]);
            if (bids.at("bidder")[row] % 100 != 1)
                oldestBidder = std::max(oldestBidder, 1'000 + round - bids.at("bidder")[row]);
        }
        QCOMPARE(oldestAuction, std::int64_t{100});
        QVERIFY2(oldestBidder > 950 && oldestBidder < 1'000, qPrintable(QString::number(oldestBidder)));
    }

    void valuesLieWhereNexmarkHasThem() {
        std::vector<std::int64_t> prices = streams().bids.numbers.at("price");
        std::sort(prices.begin(), prices.end());
        QVERIFY(prices.front() >= 100 && prices.back() <= 100'000'000);
        QVERIFY(near(std::log10(static_cast<double>(prices[prices.size() / 2])), 5, 0.05));
        const auto& auctions = streams().auctions.numbers;
        std::map<std::int64_t, int> categories;
        double length = 0;
        for (std::size_t i = 0; i < auctions.at("id").size(); ++i) {
            ++categories[auctions.at("category")[i]];
            QVERIFY(auctions.at("reserve")[i] > auctions.at("initial_bid")[i]);
            const Millis lasts = auctions.at("expires")[i] - auctions.at("ts")[i];
            QVERIFY(lasts > 0 && lasts <= 2 * 167);
            length += static_cast<double>(lasts);
        }
        QVERIFY(near(length / static_cast<double>(auctions.at("id").size()), 167, 5));
        QCOMPARE(categories.size(), std::size_t{5});
        QCOMPARE(categories.begin()->first, std::int64_t{10});
        for (const auto& [category, count] : categories) QVERIFY(near(count, 3 * kRounds / 5.0, 150));
        const auto& states = streams().persons.texts.at("state");
        const auto near3 = std::count_if(states.begin(), states.end(), [](const std::string& state) {
            return state == "OR" || state == "ID" || state == "CA";
        });
        QVERIFY(near(static_cast<double>(near3), kRounds / 2.0, 120));
    }

    void aChannelHasOneUrl() {
        const auto& channels = streams().bids.texts.at("channel");
        const auto& urls = streams().bids.texts.at("url");
        std::map<std::string, std::string> known;
        std::set<std::string> different;
        for (std::size_t i = 0; i < urls.size(); ++i) {
            QCOMPARE(known.try_emplace(channels[i], urls[i]).first->second, urls[i]);
            different.insert(urls[i]);
            QVERIFY(urls[i].starts_with("https://www.nexmark.com/"));
        }
        QCOMPARE(different.size(), known.size());
        QVERIFY(known.size() > 9'000);
    }

    void timesAreThoseOfTheEvents() {
        const auto& bids = streams().bids.numbers.at("ts");
        QCOMPARE(bids[0], *parseTimestamp("2015-07-15 00:00:00.000"));  // event 4, of ten in a millisecond
        QCOMPARE(bids[6], bids[0] + 1);
        QCOMPARE(bids.back(), bids[0] + kRounds * 50 / 10 - 1);
        const MadeRows paced = made(params("bid", 100, {{"rate", 500}}));
        QCOMPARE(paced.numbers.at("ts")[0], kRunStart + 4 * 2);
        QCOMPARE(paced.numbers.at("ts")[46], kRunStart + 54 * 2);
        const MadeRows persons = made(params("person", 3, {{"rate", 500}}));
        QCOMPARE(persons.numbers.at("ts"),
                 (std::vector<std::int64_t>{kRunStart, kRunStart + 100, kRunStart + 200}));
        // But for their times they are the same.
        QVERIFY(std::equal(paced.numbers.at("auction").begin(), paced.numbers.at("auction").end(),
                           streams().bids.numbers.at("auction").begin()));
    }

    /// The whole house has the rate, and a stream its part of it.
    void theRateIsSharedOut() {
        const std::map<const char*, int> oneSecond{{"bid", 920}, {"auction", 60}, {"person", 20}};
        for (const auto& [stream, rows] : oneSecond) {
            House house(params(stream, rows, {{"rate", 1'000}}));
            QVERIFY(house.source->open().ok());
            while (house.next()) {
            }
            QVERIFY2(std::abs(house.clock->steady - 1'000) <= 60,
                     qPrintable(QString::number(house.clock->steady)));
        }
    }

    void oneSeedOneResultHoweverItIsCut() {
        for (const char* stream : {"bid", "person", "auction"}) {
            const Json given = params(stream, 20'000, {{"disorder", "50ms"}});
            const MadeRows whole = made(given);
            QCOMPARE(whole.lines.size(), std::size_t{20'000});
            QCOMPARE(made(given, 7).lines, whole.lines);
            Json other = given;
            other["seed"] = 2;
            QVERIFY(made(other).lines != whole.lines);
        }
    }

    /// Pieces are parsed by several threads, whichever is free.
    void piecesAreMadeInAnyOrder() {
        const Json given = params("auction", 50'000);
        const MadeRows whole = made(given);
        House house(given);
        QVERIFY(house.source->open().ok());
        std::vector<std::unique_ptr<Chunk>> chunks;
        while (auto chunk = house.next()) chunks.push_back(std::move(chunk));
        QVERIFY(chunks.size() > 2);
        std::vector<MadeRows> parts(chunks.size());
        for (std::size_t i = chunks.size(); i-- > 0;) {
            ParsedChunk parsed;
            QVERIFY(house.source->parse(*chunks[i], parsed).ok());
            parts[i].take(parsed);
        }
        std::vector<std::string> lines;
        for (const MadeRows& part : parts) lines.insert(lines.end(), part.lines.begin(), part.lines.end());
        QCOMPARE(lines, whole.lines);
    }

    void disorderLowersTheEventTimeAlone() {
        const MadeRows ordered = made(params("auction", 5'000));
        const MadeRows disordered = made(params("auction", 5'000, {{"disorder", "10ms"}}));
        std::set<Millis> lags;
        for (std::size_t i = 0; i < ordered.lines.size(); ++i)
            lags.insert(ordered.numbers.at("ts")[i] - disordered.numbers.at("ts")[i]);
        QCOMPARE(lags.size(), std::size_t{11});
        QCOMPARE(*lags.begin(), Millis{0});
        QCOMPARE(*lags.rbegin(), Millis{10});
        for (const char* column : {"id", "seller", "expires", "initial_bid"})
            QCOMPARE(disordered.numbers.at(column), ordered.numbers.at(column));
        const MadeRows byExpiry =
            made(params("auction", 5'000, {{"disorder", "10ms"}, {"event_time", "expires"}}));
        QCOMPARE(byExpiry.numbers.at("ts"), ordered.numbers.at("ts"));
        QVERIFY(byExpiry.numbers.at("expires") != ordered.numbers.at("expires"));
    }

    void disorderWithoutEventTimeIsAWarning() {
        const Validated validated = bound({{"stream", "bid"}, {"disorder", "1s"}, {"event_time", ""}});
        QVERIFY(validated.runnable());
        QCOMPARE(validated.issues.size(), std::size_t{1});
        QCOMPARE(validated.issues[0].severity, Severity::Warning);
        QCOMPARE(validated.issues[0].param, std::string("disorder"));
    }

    void endsWhereItIsToldTo() {
        QVERIFY(!bound(params("bid", 10)).nodes.at("n").bound->live);
        QCOMPARE(made(params("bid", 10)).lines.size(), std::size_t{10});
        QCOMPARE(made(params("person", 1)).lines.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestNexmark)
#include "test_nexmark.moc"
