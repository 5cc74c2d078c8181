// The board of a run's alerts: whom it has told, what acknowledging and silencing do, and what a restart
// leaves.
#include <QElapsedTimer>
#include <QtTest>
#include <memory>
#include <vector>

#include "core/stream/alerts/alert_board.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

using Telling = AlertBoard::Telling;
using State = AlertDelivery::State;

class LetterBox final : public AlertCarrier {
 public:
    void carry(AlertLetter letter) override { letters.push_back(std::move(letter)); }
    void finish(Millis) override { ++finished; }
    std::vector<AlertLetter> letters{};
    int finished = 0;
};

struct Told {
    std::shared_ptr<SimulatedClock> clock = std::make_shared<SimulatedClock>(1'000'000);
    std::shared_ptr<LetterBox> box = std::make_shared<LetterBox>();
    AlertBoard board{clock};

    Told() {
        board.setCarrier(box);
        begin();
    }
    void begin() {
        AlertRule rule;
        rule.node = "n";
        rule.title = "Busiest core";
        rule.targets = {{AlertTarget::Kind::Panel, {}},
                        {AlertTarget::Kind::Desktop, {}},
                        {AlertTarget::Kind::Webhook, "ops-hook"}};
        board.begin(rule);
    }
    static Alert alert(const char* core, AlertStage stage, Instant start = 10) {
        Alert made;
        made.node = "n";
        made.key = {{"core", core}};
        made.stage = stage;
        made.start = start;
        if (stage != AlertStage::Waiting) made.raised = start + 5;
        if (stage == AlertStage::Cleared) made.ended = start + 20;
        return made;
    }
    State stateOf(std::size_t delivery) const {
        return board.look().entries.front().deliveries.at(delivery).state;
    }
};

}  // namespace

class TestAlertBoard : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theRaiseIsToldOnceToEachTarget() {
        Told told;
        told.board.put(Told::alert("7", AlertStage::Waiting), Telling::Nothing);
        QVERIFY(told.box->letters.empty());
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        QCOMPARE(told.box->letters.size(), std::size_t{2});
        QCOMPARE(told.board.undelivered(), std::size_t{2});
        // The end is news for those who can look it up later, not for a desktop.
        told.board.put(Told::alert("7", AlertStage::Cleared), Telling::Now);
        QCOMPARE(told.box->letters.size(), std::size_t{3});
        QCOMPARE(told.box->letters.back().target.connection, std::string("ops-hook"));
        const AlertBoard::Look look = told.board.look();
        QCOMPARE(look.entries.size(), std::size_t{1});
        QCOMPARE(look.rules.front().open, std::size_t{0});
        QCOMPARE(look.rules.front().raised, std::uint64_t{1});
    }

    void countsAreThoseOfTheEntries() {
        Told told;
        told.board.put(Told::alert("1", AlertStage::Waiting), Telling::Nothing);
        told.board.put(Told::alert("2", AlertStage::Open), Telling::Now);
        Alert quiet = Told::alert("3", AlertStage::Open);
        quiet.kind = AlertKind::NoData;
        told.board.put(quiet, Telling::Now);
        const auto counts = [&told] {
            const AlertBoard::RuleState rule = told.board.look().rules.front();
            return std::vector<std::size_t>{rule.waiting, rule.open, rule.noData};
        };
        QCOMPARE(counts(), (std::vector<std::size_t>{1, 1, 1}));
        told.board.put(Told::alert("1", AlertStage::Spared), Telling::Nothing);
        told.board.put(Told::alert("2", AlertStage::Open), Telling::Nothing);
        QCOMPARE(counts(), (std::vector<std::size_t>{0, 1, 1}));
        QCOMPARE(told.board.look().rules.front().spared, std::uint64_t{1});
        QCOMPARE(told.board.open(), std::size_t{2});
    }

    void whatIsTooSoonIsNotTold() {
        Told told;
        told.board.put(Told::alert("7", AlertStage::Open), Telling::TooSoon);
        QVERIFY(told.box->letters.empty());
        QCOMPARE(told.stateOf(0), State::TooSoon);
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        QCOMPARE(told.box->letters.size(), std::size_t{2});
        told.board.put(Told::alert("8", AlertStage::Open), Telling::TooSoon);
        told.board.put(Told::alert("8", AlertStage::Cleared), Telling::Now);
        QCOMPARE(told.box->letters.size(), std::size_t{2});
    }

    void aSilenceEndsWithBeingTold() {
        Told told;
        told.board.silence("n", {{"core", "7"}}, told.clock->now() + 60'000);
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        told.board.put(Told::alert("8", AlertStage::Open), Telling::Now);
        QCOMPARE(told.box->letters.size(), std::size_t{2});  // of core 8
        QCOMPARE(told.board.open(), std::size_t{1});
        told.board.tick();
        QCOMPARE(told.box->letters.size(), std::size_t{2});
        (void)told.clock->skipTo(60'001);
        told.board.tick();
        QCOMPARE(told.box->letters.size(), std::size_t{4});
        QCOMPARE(told.board.open(), std::size_t{2});
        QVERIFY(told.board.silences().empty());
    }

    void whatIsSilencedIsToldByALaterRun() {
        Told told;
        told.board.silence("n", {}, told.clock->now() + 60'000);
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        QVERIFY(told.box->letters.empty());
        std::vector<AlertLetter> kept = told.board.undeliveredOf("n");
        QCOMPARE(kept.size(), std::size_t{2});
        Told later;
        later.board.setSilences(told.board.silences());
        later.board.put(Told::alert("7", AlertStage::Open), Telling::Nothing);  // as it was restored
        later.board.putBack(std::move(kept));
        QVERIFY(later.box->letters.empty());
        QCOMPARE(later.stateOf(0), State::Silenced);
        (void)later.clock->skipTo(60'001);
        later.board.tick();
        QCOMPARE(later.box->letters.size(), std::size_t{2});
        later.board.put(Told::alert("8", AlertStage::Open), Telling::TooSoon);
        QVERIFY(told.board.acknowledge(told.board.look().entries.front().number));
        QVERIFY(told.board.undeliveredOf("n").empty());
    }

    void acknowledgedAlertsAreNotToldAgain() {
        Told told;
        told.board.put(Told::alert("7", AlertStage::Open), Telling::TooSoon);
        QVERIFY(told.board.acknowledge(told.board.look().entries.front().number));
        QVERIFY(!told.board.acknowledge(4711));
        QCOMPARE(told.board.open(), std::size_t{0});
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        QVERIFY(told.box->letters.empty());
    }

    void aRuleThatBeginsAgainKeepsWhatWasDelivered() {
        Told told;
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        told.board.put(Told::alert("8", AlertStage::Open), Telling::Now);
        told.begin();
        QVERIFY(told.board.look().entries.empty());
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Nothing);  // as it was restored
        told.board.put(Told::alert("8", AlertStage::Open), Telling::Now);      // as it happens again
        QCOMPARE(told.box->letters.size(), std::size_t{4});
        QCOMPARE(told.board.look().entries.front().deliveries.size(), std::size_t{2});
    }

    void newsOfLettersAreInTheirEntries() {
        Told told;
        told.board.put(Told::alert("7", AlertStage::Open), Telling::Now);
        AlertDelivery news;
        news.state = State::Retrying;
        news.answer = "503";
        told.board.delivered(told.box->letters[1], news);
        QCOMPARE(told.stateOf(1), State::Retrying);
        QCOMPARE(told.board.undeliveredOf("n").size(), std::size_t{2});
        news.state = State::Done;
        told.board.delivered(told.box->letters[1], news);
        QCOMPARE(told.board.undeliveredOf("n").size(), std::size_t{1});
        told.board.ask(told.box->letters[0].alert.id());
        QCOMPARE(told.board.takeAsked(), told.board.look().entries.front().number);
        QCOMPARE(told.board.takeAsked(), std::uint64_t{0});
    }

    void testsAreTold() {
        Told told;
        QVERIFY(!told.board.sendTest("other"));
        QVERIFY(told.board.sendTest("n"));
        QCOMPARE(told.box->letters.size(), std::size_t{2});
        QVERIFY(told.board.undeliveredOf("n").empty());  // no checkpoint needs them
        told.board.finish(0);
        QCOMPARE(told.box->finished, 1);
        QVERIFY(!told.board.sendTest("n"));
    }

    void aFloodIsKeptWithinBounds() {
        Told told;
        for (int i = 0; i < 12'000; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Open), Telling::Now);
        const AlertBoard::Look look = told.board.look();
        QCOMPARE(look.entries.size(), AlertBoard::kOngoing);
        QCOMPARE(look.left, std::uint64_t{2'000});
        QVERIFY(told.board.undelivered() <= AlertBoard::kLetters);
        for (int i = 0; i < 12'000; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Cleared), Telling::Nothing);
        QCOMPARE(told.board.look().entries.size(), AlertBoard::kEnded);
        QCOMPARE(told.board.look().left, std::uint64_t{0});
        QCOMPARE(told.board.look().rules.front().open, std::size_t{0});
    }

    /// All of a long list may be silenced, or acknowledged, at once: nothing goes through all of them for
    /// each.
    void thousandsOfSilencesHoldNobodyUp() {
        Told told;
        std::vector<AlertBoard::Silence> silences;
        for (int i = 0; i < 8'000; ++i)
            silences.push_back({"n", {{"core", std::to_string(i)}}, told.clock->now() + 60'000});
        QElapsedTimer took;
        took.start();
        told.board.silenceAll(std::move(silences));
        for (int i = 0; i < 8'000; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Open), Telling::Now);
        QVERIFY(told.box->letters.empty());
        QCOMPARE(told.board.open(), std::size_t{0});
        for (int i = 0; i < 4'000; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Cleared), Telling::Now);
        std::vector<std::uint64_t> numbers;
        for (const AlertBoard::Entry& entry : told.board.look().entries) numbers.push_back(entry.number);
        told.board.acknowledgeAll(std::move(numbers));
        QVERIFY(told.board.undeliveredOf("n").empty());
        QVERIFY2(took.elapsed() < 10'000, qPrintable(QString::number(took.elapsed())));
    }

    /// A run that begins again forgets what there was no room for, and counts it anew.
    void whatHadNoRoomIsCountedAnew() {
        Told told;
        for (int i = 0; i < 10'500; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Open), Telling::Nothing);
        QCOMPARE(told.board.look().left, std::uint64_t{500});
        told.begin();
        QCOMPARE(told.board.look().left, std::uint64_t{0});
        for (int i = 0; i < 10'500; ++i)
            told.board.put(Told::alert(std::to_string(i).c_str(), AlertStage::Open), Telling::Nothing);
        QCOMPARE(told.board.look().rules.front().open, std::size_t{10'500});
        QCOMPARE(told.board.look().left, std::uint64_t{500});
    }

    /// So that nobody takes a time for well of which nothing is known.
    void theOldestThatWasForgottenIsKnown() {
        Told told;
        QCOMPARE(told.board.look().rules.front().forgotten, kMinTimestamp);
        for (std::size_t i = 0; i <= AlertBoard::kEnded; ++i) {
            Alert over = Told::alert("7", AlertStage::Cleared, static_cast<Instant>(i) * 100);
            over.ended = over.start + 50;
            told.board.put(over, Telling::Nothing);
        }
        QCOMPARE(told.board.look().rules.front().forgotten, Instant{50});
        told.board.setJudged("n", 3, 8);
        told.board.setJudged("n", 5, 9);  // it went on after a failure
        QCOMPARE(told.board.look().rules.front().first, Instant{3});
        QCOMPARE(told.board.judgedOf("n"), Instant{9});
        QCOMPARE(told.board.judgedOf("other"), kMinTimestamp);
    }
};

QTEST_APPLESS_MAIN(TestAlertBoard)
#include "test_alert_board.moc"
