// lookup_join in a database server: its whole table, and rows by key with what is kept of them, and what a
// replay gives.
#include <QtTest/QtTest>

#include "tests/support/databases/postgresql_world.h"
#include "tests/unit/nodes/fixtures/lookup_shop.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::lookups;

namespace {

/// A run that is recorded: keeps the answers.
struct AnswersKept final : LookupRecorder {
    std::vector<Answers> answers{};
    std::size_t addLookup(TapeLookup) override { return 0; }
    std::size_t addAsking(NodeId) override { return 0; }
    bool admits() override { return true; }
    void add(std::size_t, TapeTable) override {}
    void add(std::size_t, Answers some) override { answers.push_back(std::move(some)); }
};

/// And gives them again.
struct AnswersAgain final : AnswerReader {
    explicit AnswersAgain(std::vector<Answers> all) : left(std::move(all)) {}
    Result<std::vector<Answers>> read() override { return std::exchange(left, {}); }
    bool isWhole() const override { return true; }
    std::vector<Answers> left;
};

struct AnswersPlayed final : TapePlayer {
    explicit AnswersPlayed(std::vector<Answers> all) : answersOfTape(std::move(all)) {}
    Instant began() const override { return 0; }
    std::uint64_t seed() const override { return 0; }
    bool isHeld() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string&, const BoundNode&,
                                           const MakeContext&) const override {
        return Status(ErrorCode::Internal, RW_TEXT("test", "There is no source."));
    }
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup&, const std::vector<int>&) const override {
        return std::shared_ptr<LookupTables>();
    }
    std::shared_ptr<AnswerReader> answers(const NodeId&) const override {
        return std::make_shared<AnswersAgain>(answersOfTape);
    }
    std::vector<Answers> answersOfTape;
};

class Market {
 public:
    explicit Market(Json more = Json::object()) {
        world.createTable("\"items\" (\"k\" text, \"price\" double precision)");
        Json params = {{"from", "server"},
                       {"connection", "shop"},
                       {"table", "items"},
                       {"columns", {"k STRING", "price DOUBLE"}},
                       {"on", "left.k = right.k"},
                       {"kind", "left"},
                       {"by", "key"},
                       {"ttl", "1min"}};
        params.update(more);
        bound = bindNode(lookupKind(), params, {{keyedStream()}});
        connections = world.connections("shop");
    }
    void put(const char* key, const char* price) { world.put("items", {{key, price}}); }
    std::unique_ptr<Operator> make() const {
        MakeContext context;
        context.node = "n";
        context.clock = clock;
        context.scope = scope;
        context.recorder = recorder;
        context.replay = replay;
        context.connections = connections;
        context.inputs.emplace_back().type = keyedStream();
        Result<Made> made = lookupKind().make(*bound.node, context);
        return made.ok() ? std::get<std::unique_ptr<Operator>>(std::move(*made)) : nullptr;
    }
    static Lines met(Operator& op, const Batch& batch) {
        Taken taken;
        const Status status = Shop::feed(op, batch, taken);
        return status.ok() ? taken.lines() : Lines{english(status.error())};
    }
    /// How often it was asked for rows.
    std::size_t questions() const {
        const std::vector<std::string> all = world.statements();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const std::string& each) {
            return each.starts_with("COPY (SELECT");
        }));
    }

    PostgresqlWorld world{};
    BoundForTest bound{};
    std::shared_ptr<const Connections> connections{};
    const std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    const std::shared_ptr<RunScope> scope = std::make_shared<RunScope>();
    LookupRecorder* recorder = nullptr;
    std::shared_ptr<const TapePlayer> replay{};
};

}  // namespace

class TestKeyedLookup : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsMeetThoseOfTheirKeys() {
        Market market;
        QVERIFY2(market.bound.node, market.bound.said().c_str());
        market.put("a", "1.5");
        market.put("b", "2");
        market.put("a", "3");
        const auto op = market.make();
        const Batch batch =
            batchOf({{text("a"), 1}, {text("c"), 2}, {Value(), 3}, {text("b"), Value()}, {text("a"), 4}});
        QCOMPARE(Market::met(*op, batch),
                 (Lines{"a|1|a|1.5", "a|1|a|3", "c|2|∅|∅", "∅|3|∅|∅", "b|∅|b|2", "a|4|a|1.5", "a|4|a|3"}));
        QCOMPARE(market.questions(), std::size_t{1});
    }

    void whatIsKnownIsNotAskedAgain() {
        Market market;
        market.put("a", "1");
        const auto op = market.make();
        const Batch batch = batchOf({{text("a"), 1}, {text("none"), 2}});
        const Lines expected{"a|1|a|1", "none|2|∅|∅"};
        QCOMPARE(Market::met(*op, batch), expected);
        market.put("a", "2");
        QCOMPARE(Market::met(*op, batch), expected);
        QCOMPARE(market.questions(), std::size_t{1});
        market.clock->advance(60000);
        QCOMPARE(Market::met(*op, batch), (Lines{"a|1|a|1", "a|1|a|2", "none|2|∅|∅"}));
        QCOMPARE(market.questions(), std::size_t{2});
    }

    void nothingIsKeptWhereNoneMayBe() {
        for (const Json& more : {Json{{"cache", 0}}, Json{{"ttl", "0s"}}}) {
            Market market(more);
            market.put("a", "1");
            const auto op = market.make();
            for (int i = 0; i < 3; ++i)
                QCOMPARE(Market::met(*op, batchOf({{text("a"), 1}})), Lines{"a|1|a|1"});
            QCOMPARE(market.questions(), std::size_t{3});
            QCOMPARE(op->stateSize().keys, std::size_t{0});
        }
    }

    void theOldestGiveWay() {
        Market market(Json{{"cache", 2}});
        const auto op = market.make();
        for (const char* const key : {"a", "b", "c"}) (void)Market::met(*op, batchOf({{text(key), 1}}));
        QCOMPARE(op->stateSize().keys, std::size_t{2});
        (void)Market::met(*op, batchOf({{text("c"), 1}}));
        QCOMPARE(market.questions(), std::size_t{3});
        (void)Market::met(*op, batchOf({{text("a"), 1}}));
        QCOMPARE(market.questions(), std::size_t{4});
    }

    // At most 256 in a question.
    void manyKeysAreSeveralQuestions() {
        Market market;
        market.put("k599", "7");
        const auto op = market.make();
        std::vector<std::pair<Value, Value>> rows;
        for (int i = 0; i < 600; ++i) rows.emplace_back(Value("k" + std::to_string(i)), Value(i));
        const Lines met = Market::met(*op, batchOf(rows));
        QCOMPARE(met.size(), std::size_t{600});
        QCOMPARE(met.back(), std::string("k599|599|k599|7"));
        QCOMPARE(market.questions(), std::size_t{3});
    }

    void aSessionThatWasEndedIsMadeAgain() {
        Market market;
        market.put("a", "1");
        const auto op = market.make();
        QCOMPARE(Market::met(*op, batchOf({{text("a"), 1}})), Lines{"a|1|a|1"});
        market.world.killSessions();
        QCOMPARE(Market::met(*op, batchOf({{text("b"), 1}})), Lines{"b|1|∅|∅"});
    }

    void aReplayAsksNobody() {
        Market market;
        market.put("a", "1");
        AnswersKept kept;
        market.recorder = &kept;
        const std::vector<Batch> batches{batchOf({{text("a"), 1}, {text("b"), 2}}),
                                         batchOf({{text("a"), 3}})};
        Lines first;
        {
            const auto op = market.make();
            for (const Batch& batch : batches)
                for (const std::string& line : Market::met(*op, batch)) first.push_back(line);
        }
        QCOMPARE(first, (Lines{"a|1|a|1", "b|2|∅|∅", "a|3|a|1"}));
        QVERIFY(!kept.answers.empty());
        market.put("b", "9");
        market.recorder = nullptr;
        market.replay = std::make_shared<AnswersPlayed>(kept.answers);
        market.connections = nullptr;  // as on another computer
        const std::size_t before = market.questions();
        const auto op = market.make();
        QVERIFY(op != nullptr);
        Lines again;
        for (const Batch& batch : batches)
            for (const std::string& line : Market::met(*op, batch)) again.push_back(line);
        QCOMPARE(again, first);
        QCOMPARE(market.questions(), before);
    }

    void aWholeTableIsReadAgainAfterAWhile() {
        Market market(Json{{"by", "whole"}, {"refresh", "1min"}});
        QVERIFY2(market.bound.node, market.bound.said().c_str());
        market.put("a", "1");
        const auto op = market.make();
        const Batch batch = batchOf({{text("a"), 1}, {text("b"), 2}});
        QCOMPARE(Market::met(*op, batch), (Lines{"a|1|a|1", "b|2|∅|∅"}));
        market.put("b", "5");
        QCOMPARE(Market::met(*op, batch), (Lines{"a|1|a|1", "b|2|∅|∅"}));
        market.clock->advance(60000);
        (void)Market::met(*op, batch);  // behind it the table is read again
        QCOMPARE(Market::met(*op, batch), (Lines{"a|1|a|1", "b|2|b|5"}));
    }

    void aTableThatIsMissingEndsTheRun() {
        Market market(Json{{"table", "nothing"}});
        const auto op = market.make();
        const Lines said = Market::met(*op, batchOf({{text("a"), 1}}));
        QVERIFY2(said.front().find("There is no table") != std::string::npos, said.front().c_str());
    }
};

QTEST_GUILESS_MAIN(TestKeyedLookup)
#include "test_keyed_lookup.moc"
