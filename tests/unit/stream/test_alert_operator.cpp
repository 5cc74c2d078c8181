// What an alert node tells its board, what of it is in a checkpoint, and what the clock of the run adds,
// which a tape repeats.
#include <QtTest>
#include <memory>
#include <string>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/stream/alerts/alert_operator.h"
#include "core/stream/recording/tape.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

StreamType loads() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{{{"core", Type::of(TypeId::Int)},
                                                           {"load", Type::of(TypeId::Double)},
                                                           {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 2;
    stream.sourceOrder = true;
    return stream;
}

const NodeKind& alertKindOfTest() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("alert");
}

/// Keeps the letters, and says nothing of them.
class Pigeonhole final : public AlertCarrier {
 public:
    void carry(AlertLetter letter) override { letters.push_back(std::move(letter)); }
    void finish(Millis) override {}
    std::vector<AlertLetter> letters{};
};

/// Records stalls, and plays them.
class StallTape final : public LookupRecorder, public TapePlayer {
 public:
    std::size_t addLookup(TapeLookup) override { return 0; }
    std::size_t addAsking(NodeId) override { return 0; }
    bool admits() override { return true; }
    void add(std::size_t, TapeTable) override {}
    void add(std::size_t, Answers given) override { kept.push_back(std::move(given)); }

    Instant began() const override { return 0; }
    std::uint64_t seed() const override { return 0; }
    bool isHeld() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string&, const BoundNode&,
                                           const MakeContext&) const override {
        return Status(ErrorCode::NotFound, {});
    }
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup&, const std::vector<int>&) const override {
        return std::shared_ptr<LookupTables>();
    }
    std::shared_ptr<AnswerReader> answers(const NodeId&) const override {
        struct Reader final : AnswerReader {
            std::vector<Answers> all{};
            Result<std::vector<Answers>> read() override { return std::exchange(all, {}); }
            bool isWhole() const override { return true; }
        };
        auto reader = std::make_shared<Reader>();
        reader->all = kept;
        return std::shared_ptr<AnswerReader>(std::move(reader));
    }

    std::vector<Answers> kept{};
};

struct Fixture {
    std::shared_ptr<SimulatedClock> clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    std::shared_ptr<AlertBoard> board = std::make_shared<AlertBoard>(clock);
    std::shared_ptr<Pigeonhole> carrier = std::make_shared<Pigeonhole>();
    MakeContext context = contextFor(loads());
    Json params = {{"condition", "load > 85"},
                   {"clear", "load < 75"},
                   {"value", "load"},
                   {"keys", Json::array({"core"})},
                   {"message", "core {core} is at {load} %"},
                   {"to", Json::array({"panel", "ops-hook"})},
                   {"once_per", "0s"}};
    std::unique_ptr<OperatorHarness> harness{};

    void make() {
        board->setCarrier(carrier);
        context.node = "n";
        context.clock = clock;
        context.alerts = board;
        const BoundForTest bound = bindNode(alertKindOfTest(), params, {loads()});
        QVERIFY(bound.bound != nullptr);
        harness = std::make_unique<OperatorHarness>(alertKindOfTest(), *bound.bound, context);
    }
    void send(const TextRows& rows) { harness->send(textBatch(loads().schema, rows)); }
    /// Resumes the operator as a run does, when its time has come.
    void waitFor(Millis millis) {
        const std::int64_t until = clock->steadyMillis() + millis;
        while (harness->tested().wakesAt() <= until) {
            (void)clock->skipTo(harness->tested().wakesAt());
            QVERIFY(harness->tested().resume(*harness).ok());
            while (harness->tested().hasMore()) QVERIFY(harness->tested().resume(*harness).ok());
        }
        (void)clock->skipTo(until);
    }
    std::string state() const {
        StateWriter out;
        if (!harness->tested().snapshot(out).ok()) return {};
        return out.finish();
    }
    Status restore(const std::string& state) {
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        return harness->tested().restore(reader, KeyGroups{});
    }
};

}  // namespace

class TestAlertOperator : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anAlertIsToldWhenItBeginsAndWhenItIsOver() {
        Fixture fixture;
        fixture.make();
        fixture.send({{"7", "92.5", "1970-01-01 00:00:10"}, {"3", "20", "1970-01-01 00:00:10"}});
        fixture.harness->advance(10'000);
        QCOMPARE(fixture.carrier->letters.size(), std::size_t{1});
        const AlertLetter& raised = fixture.carrier->letters.front();
        QCOMPARE(raised.alert.message, std::string("core 7 is at 92.5 %"));
        QCOMPARE(raised.alert.stage, AlertStage::Open);
        QCOMPARE(raised.target.connection, std::string("ops-hook"));
        fixture.send({{"7", "80", "1970-01-01 00:00:20"}, {"7", "60", "1970-01-01 00:00:30"}});
        fixture.harness->advance(40'000);
        QCOMPARE(fixture.carrier->letters.size(), std::size_t{2});
        QCOMPARE(fixture.carrier->letters.back().about, AlertDelivery::About::Ended);
        QCOMPARE(fixture.carrier->letters.back().alert.ended, Instant{30'000});
        QVERIFY(fixture.carrier->letters.front().id() != fixture.carrier->letters.back().id());
        const AlertBoard::Look look = fixture.board->look();
        QCOMPARE(look.entries.size(), std::size_t{1});
        QCOMPARE(look.entries.front().alert.stage, AlertStage::Cleared);
        QCOMPARE(look.entries.front().alert.peak, std::optional(92.5));
        QVERIFY(fixture.harness->breaches().empty());
    }

    /// A run that is killed and resumed calls nobody back to what was seen.
    void whatWasAcknowledgedIsInTheCheckpoint() {
        Fixture fixture;
        fixture.make();
        fixture.send({{"7", "92", "1970-01-01 00:00:10"}, {"3", "99", "1970-01-01 00:00:10"}});
        fixture.harness->advance(10'000);
        const AlertBoard::Entry seen = fixture.board->look().entries.front();
        QVERIFY(fixture.board->acknowledge(seen.number));
        Fixture again;
        again.make();
        QVERIFY(again.restore(fixture.state()).ok());
        QCOMPARE(again.board->open(), std::size_t{1});
        for (const AlertBoard::Entry& entry : again.board->look().entries)
            QCOMPARE(entry.acknowledged, entry.id == seen.id);
        // It is over, and begins anew: that is another alert.
        const std::string core = seen.alert.key.front().value;
        again.send({{core, "10", "1970-01-01 00:00:20"}, {core, "95", "1970-01-01 00:00:30"}});
        again.harness->advance(30'000);
        QCOMPARE(again.board->open(), std::size_t{2});
    }

    void whatWasNotDeliveredIsInTheCheckpoint() {
        Fixture fixture;
        fixture.make();
        fixture.send({{"7", "92", "1970-01-01 00:00:10"}});
        fixture.harness->advance(10'000);
        const std::string letter = fixture.carrier->letters.front().id();
        const std::string state = fixture.state();
        Fixture again;
        again.make();
        QVERIFY(again.restore(state).ok());
        QCOMPARE(again.carrier->letters.size(), std::size_t{1});
        QCOMPARE(again.carrier->letters.front().id(), letter);
        QCOMPARE(again.board->open(), std::size_t{1});
        // What was delivered is not in the next one.
        AlertDelivery done;
        done.state = AlertDelivery::State::Done;
        again.board->delivered(again.carrier->letters.front(), done);
        Fixture last;
        last.make();
        QVERIFY(last.restore(again.state()).ok());
        QVERIFY(last.carrier->letters.empty());
        // Its end is told all the same.
        last.send({{"7", "10", "1970-01-01 00:00:20"}});
        last.harness->advance(20'000);
        QCOMPARE(last.carrier->letters.size(), std::size_t{1});
        QCOMPARE(last.carrier->letters.front().about, AlertDelivery::About::Ended);
    }

    /// Who edits a rule so that it tells others does not tell those before, not even what waits for them.
    void whoIsNoTargetAnyMoreIsNotTold() {
        Fixture fixture;
        fixture.make();
        fixture.send({{"7", "92", "1970-01-01 00:00:10"}});
        fixture.harness->advance(10'000);
        QCOMPARE(fixture.carrier->letters.size(), std::size_t{1});
        Fixture edited;
        edited.params["to"] = Json::array({"panel", "other-hook"});
        edited.make();
        QVERIFY(edited.restore(fixture.state()).ok());
        QVERIFY(edited.carrier->letters.empty());
        QCOMPARE(edited.board->undelivered(), std::size_t{0});
        QCOMPARE(edited.board->open(), std::size_t{1});
    }

    void brokenStatesAreErrors() {
        Fixture fixture;
        fixture.make();
        fixture.send({{"7", "92", "1970-01-01 00:00:10"}});
        fixture.harness->advance(10'000);
        const std::string state = fixture.state();
        for (std::size_t size = 0; size < state.size(); size += 7) {
            Fixture again;
            again.make();
            QVERIFY(!again.restore(state.substr(0, size)).ok());
        }
    }

    void silenceOfTheInputIsToldByTheClockAndRepeatedByATape() {
        StallTape tape;
        Fixture fixture;
        fixture.params["no_data"] = "30s";
        fixture.context.recorder = &tape;
        fixture.make();
        fixture.send({{"7", "50", "1970-01-01 00:00:10"}});
        fixture.harness->advance(5'000);  // the row is not judged yet
        fixture.waitFor(29'000);
        QVERIFY(tape.kept.empty());
        fixture.harness->advance(10'000);
        fixture.waitFor(40'000);
        QCOMPARE(tape.kept.size(), std::size_t{1});
        const Lines quiet{"7|no_data|1970-01-01 00:00:40.000|∅|1970-01-01 00:00:40.000|∅|∅|∅"};
        QCOMPARE(fixture.harness->table(kAlertOut), quiet);
        QCOMPARE(fixture.carrier->letters.size(), std::size_t{1});
        QCOMPARE(fixture.carrier->letters.front().alert.kind, AlertKind::NoData);
        fixture.waitFor(600'000);  // once is enough
        QCOMPARE(tape.kept.size(), std::size_t{1});
        fixture.send({{"7", "50", "1970-01-01 00:00:45"}});
        fixture.harness->advance(45'000);
        const std::vector<std::string> after = fixture.harness->table(kAlertOut);

        Fixture replay;
        replay.params["no_data"] = "30s";
        replay.context.replay = std::shared_ptr<const TapePlayer>(&tape, [](const TapePlayer*) {});
        replay.make();
        replay.send({{"7", "50", "1970-01-01 00:00:10"}, {"7", "50", "1970-01-01 00:00:45"}});
        replay.harness->advance(45'000);
        QCOMPARE(replay.harness->table(kAlertOut), after);
        QCOMPARE(replay.board->look().entries.size(), fixture.board->look().entries.size());
        QCOMPARE(replay.harness->tested().wakesAt(), Operator::kNever);
    }

    /// What was told in another run, weeks ago, is not this: a ledger must not keep it back.
    void aRunIntoWhichNoRowComesIsAnAlertOfItsOwn() {
        std::vector<std::string> letters;
        for (const Millis later : {Millis{0}, Millis{86'400'000}}) {
            Fixture fixture;
            (void)fixture.clock->skipTo(fixture.clock->steadyMillis() + later);
            fixture.params["no_data"] = "30s";
            fixture.params["keys"] = Json::array();
            fixture.params["message"] = "nothing";
            fixture.make();
            fixture.waitFor(40'000);
            QCOMPARE(fixture.carrier->letters.size(), std::size_t{1});
            const AlertLetter letter = fixture.carrier->letters.front();  // a copy: more come
            QCOMPARE(letter.alert.start, kMinTimestamp);
            letters.push_back(letter.id());
            // Its end is about the same one.
            fixture.send({{"7", "50", "1970-01-01 00:00:10"}});
            fixture.harness->advance(10'000);
            QCOMPARE(fixture.carrier->letters.size(), std::size_t{2});
            QCOMPARE(fixture.carrier->letters.back().alert.id(), letter.alert.id());
            QCOMPARE(fixture.board->look().entries.size(), std::size_t{1});
        }
        QVERIFY(letters[0] != letters[1]);
    }

    void theEndOfTheInputIsNoSilence() {
        Fixture fixture;
        fixture.params["no_data"] = "30s";
        fixture.params["for"] = "5s";
        fixture.make();
        fixture.send({{"7", "90", "1970-01-01 00:00:10"}});
        fixture.harness->end();
        QVERIFY(fixture.carrier->letters.empty());
        QCOMPARE(fixture.harness->tested().wakesAt(), Operator::kNever);
    }

    /// Of 60 000 keys that fall silent at once the board hears in pieces: a run can be stopped between them.
    void manyKeysAtOnceAreToldInPieces() {
        constexpr int kKeys = 60'000;
        Fixture f;
        f.params["no_data"] = "10s";
        f.params["to"] = Json::array({"panel"});
        f.make();
        TextRows rows;
        for (int core = 0; core < kKeys; ++core)
            rows.push_back({std::to_string(core), "50", "1970-01-01 00:00:10"});
        f.send(rows);
        Operator& tested = f.harness->tested();
        std::size_t told = 0, most = 0;
        const auto count = [&] {
            const std::size_t now = f.board->look().rules.front().noData;
            most = std::max(most, now - told);
            told = now;
        };
        QVERIFY(tested.onWatermark(30'000, *f.harness).ok());
        count();
        while (tested.hasMore()) {
            QVERIFY(tested.resume(*f.harness).ok());
            count();
        }
        QCOMPARE(told, std::size_t{kKeys});
        QVERIFY2(most < kKeys / 2, qPrintable(QString::number(most)));
    }

    /// A key of any length is told of in few letters, and is not taken for another.
    void aLongKeyIsCutAndStaysItself() {
        StreamType texts = loads();
        texts.schema = std::make_shared<const Schema>(Schema{{{"core", Type::of(TypeId::String)},
                                                              {"load", Type::of(TypeId::Double)},
                                                              {"ts", Type::of(TypeId::Timestamp)}}});
        Fixture f;
        const BoundForTest bound = bindNode(alertKindOfTest(), f.params, {texts});
        QVERIFY(bound.bound != nullptr);
        MakeContext context = contextFor(texts);
        context.node = "n";
        context.alerts = f.board;
        OperatorHarness harness(alertKindOfTest(), *bound.bound, context);
        const std::string word(100'000, 'x');
        harness.send(textBatch(texts.schema, {{word + "a", "90", "1970-01-01 00:00:10"},
                                              {word + "b", "90", "1970-01-01 00:00:10"}}));
        harness.end();
        const AlertBoard::Look look = f.board->look();
        QCOMPARE(look.entries.size(), std::size_t{2});
        for (const AlertBoard::Entry& entry : look.entries)
            QVERIFY(entry.alert.key.front().value.size() < 400);
        QVERIFY(look.entries[0].alert.key != look.entries[1].alert.key);
    }

    /// NaN is not even what it was before: its key would change with each row, for ever.
    void whatIsNoNumberIsNoPeak() {
        Fixture f;
        f.params["value"] = "(load - load) / (load - load)";
        f.make();
        f.send({{"7", "90", "1970-01-01 00:00:10"}});
        f.harness->advance(10'000);
        const std::size_t lines = f.harness->lines(0).size();
        QCOMPARE(lines, std::size_t{1});
        f.send({{"7", "91", "1970-01-01 00:00:20"}});
        f.harness->advance(20'000);
        QCOMPARE(f.harness->lines(0).size(), lines);
        QVERIFY(!f.board->look().entries.front().alert.peak);
    }
};

QTEST_APPLESS_MAIN(TestAlertOperator)
#include "test_alert_operator.moc"
