// Alerts on windows with early results: what provisional values raise, what the final ones make of it, and
// that the states of final rows are the same however many provisional values came, and in which batches.
#include <fmt/format.h>

#include <QtTest>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/stream/alerts/alert_operator.h"
#include "tests/support/random_cases.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
constexpr Millis kSize = 10;

/// The output of a window of 10 ms with early results: its result `v` of key `k`.
StreamType earlyWindows() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"window_start", Type::of(TypeId::Timestamp)},
                                                         {"window_end", Type::of(TypeId::Timestamp)},
                                                         {"window_time", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::Bigint)},
                                                         {"v", Type::of(TypeId::Bigint)}}});
    type.eventTime = 2;
    type.updating = type.made = type.windowed = true;
    type.key = {0, 1, 3};
    return type;
}

const NodeKind& alertNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("alert");
}

struct Change {
    RowKind kind = RowKind::Insert;
    Instant start = 0;
    std::int64_t key = 0, value = 0;
};

Batch batchOf(const std::vector<Change>& changes) {
    Batch batch;
    batch.schema = earlyWindows().schema;
    batch.rows = changes.size();
    std::vector<ColumnBuilder> columns;
    for (const Field& field : batch.schema->fields) columns.emplace_back(field.type);
    std::vector<RowKind> kinds;
    for (const Change& change : changes) {
        columns[0].append(change.start);
        columns[1].append(change.start + kSize);
        columns[2].append(change.start + kSize - 1);
        columns[3].append(change.key);
        columns[4].append(change.value);
        kinds.push_back(change.kind);
    }
    for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    return batch;
}

/// Keeps the letters, and says nothing of them.
class KeptLetters final : public AlertCarrier {
 public:
    void carry(AlertLetter letter) override { letters.push_back(std::move(letter)); }
    void finish(Millis) override {}
    std::vector<AlertLetter> letters{};
};

struct Judged {
    std::shared_ptr<SimulatedClock> clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    std::shared_ptr<AlertBoard> board = std::make_shared<AlertBoard>(clock);
    std::shared_ptr<KeptLetters> carrier = std::make_shared<KeptLetters>();
    Json params = {{"condition", "v > 5"},
                   {"value", "v"},
                   {"keys", Json::array({"k"})},
                   {"message", "{k} is at {v}"},
                   {"to", Json::array({"panel", "ops-hook"})},
                   {"once_per", "0s"},
                   {"provisional", true}};
    std::unique_ptr<OperatorHarness> harness{};

    void make(std::size_t batchRows = 4096) {
        board->setCarrier(carrier);
        MakeContext context = contextFor(earlyWindows(), 1, batchRows);
        context.node = "n";
        context.clock = clock;
        context.alerts = board;
        const BoundForTest bound = bindNode(alertNode(), params, {earlyWindows()});
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        harness = std::make_unique<OperatorHarness>(alertNode(), *bound.bound, context);
    }
    void send(const std::vector<Change>& changes) { harness->send(batchOf(changes)); }
    /// The one alert that there is, or was.
    Alert only() const {
        const AlertBoard::Look look = board->look();
        if (look.entries.size() != 1) qFatal("%zu alerts", look.entries.size());
        return look.entries.front().alert;
    }
    std::string state() const {
        StateWriter out;
        return harness->tested().snapshot(out).ok() ? out.finish() : std::string();
    }
    /// Whether whoever has read all letters believes that the alerts are open that are.
    bool isRightlyTold() const {
        std::set<std::string> told, open;
        for (const AlertLetter& letter : carrier->letters) {
            if (letter.alert.kind != AlertKind::Condition) continue;
            if (letter.about == AlertDelivery::About::Raised) told.insert(letter.alert.id());
            if (letter.about == AlertDelivery::About::Ended) told.erase(letter.alert.id());
        }
        for (const AlertBoard::Entry& entry : board->look().entries) {
            const Alert& alert = entry.alert;
            if (alert.kind == AlertKind::Condition && alert.stage == AlertStage::Open) open.insert(entry.id);
        }
        return told == open;
    }
    Status restore(const std::string& state) {
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        return harness->tested().restore(reader, KeyGroups{});
    }
};

constexpr RowKind kNew = RowKind::Insert, kOld = RowKind::UpdateBefore, kNow = RowKind::UpdateAfter,
                  kGone = RowKind::Delete;

/// Windows of three keys whose results change while they are open.
class RandomWindows {
 public:
    explicit RandomWindows(std::uint64_t seed) : m_random(seed) {
        for (Instant start = 0; start < kWindows * kSize; start += kSize) {
            for (std::int64_t key = 0; key < 3; ++key) {
                if (pick(0, 4) == 0) continue;
                Result& result = m_results.emplace_back();
                result.start = start;
                result.key = key;
                for (int n = pick(1, 4); n > 0; --n) result.values.push_back(pick(0, 9));
                result.gone = pick(0, 7) == 0;
            }
        }
        m_params = {{"clear", "v < 3"},
                    {"for", fmt::format("{}ms", pick(0, 2) * pick(0, 25))},
                    {"clear_for", fmt::format("{}ms", pick(0, 1) * pick(0, 25))},
                    {"once_per", fmt::format("{}ms", pick(0, 1) * 30)}};
        if (pick(0, 2) == 0) m_params["no_data"] = fmt::format("{}ms", pick(5, 40));
        m_until = kWindows * kSize + pick(-15, 30);
        m_ahead = pick(1, 4) * kSize;
    }

    /// The table at the end where all changes come, cut into batches at random, or the final rows alone.
    Lines table(bool early, bool provisional, std::size_t batchRows) {
        Judged judged;
        for (const auto& [name, value] : m_params.items()) judged.params[name] = value;
        judged.params["provisional"] = provisional;
        judged.make(batchRows);
        Instant passed = 0;
        std::vector<std::size_t> shown(m_results.size(), 0);
        for (Instant start = 0; start < kWindows * kSize; start += kSize) {
            std::vector<Change> changes;
            for (std::size_t i = 0; i < m_results.size(); ++i) {
                const Result& result = m_results[i];
                if (result.start < start || result.start > start + m_ahead) continue;
                const std::size_t all = result.values.size();
                const std::size_t upTo = result.start == start ? all : early ? all / 2 : 0;
                for (; shown[i] < upTo; ++shown[i]) {
                    if (early) change(changes, result, shown[i]);
                    if (early && pick(0, 2) == 0) sendAll(judged, changes);
                }
                if (result.start != start) continue;
                if (early && result.gone) changes.push_back({kGone, start, result.key, result.values.back()});
                if (!early && !result.gone)
                    changes.push_back({kNew, start, result.key, result.values.back()});
            }
            sendAll(judged, changes);
            passed =
                std::max(passed, std::min<Instant>(start + kSize - 1 + (early ? pick(0, 8) : 0), m_until));
            judged.harness->advance(passed);
            if (m_params["once_per"] == "0ms" && !judged.isRightlyTold()) return {"the letters are wrong"};
        }
        judged.harness->advance(m_until);
        judged.harness->end();
        if (m_params["once_per"] == "0ms" && !judged.isRightlyTold()) return {"the last letters are wrong"};
        if (!judged.harness->breaches().empty()) return judged.harness->breaches();
        if (judged.board->look().rules.front().open > 0) {
            for (const AlertBoard::Entry& entry : judged.board->look().entries) {
                if (entry.alert.ongoing() && entry.alert.provisional) return {"a provisional alert stays"};
            }
        }
        Lines lines = judged.harness->table(kAlertOut);
        if (provisional) {
            for (std::string& line : lines)
                line.resize(line.rfind('|'));  // nothing is provisional at the end
        }
        return lines;
    }

    std::size_t batchRows() { return static_cast<std::size_t>(pick(2, 20)); }

 private:
    static constexpr Instant kWindows = 8;
    struct Result {
        Instant start = 0;
        std::int64_t key = 0;
        std::vector<std::int64_t> values{};  ///< one after the other; the last is final
        bool gone = false;                   ///< but it is taken back
    };

    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    static void change(std::vector<Change>& changes, const Result& result, std::size_t version) {
        if (version > 0) changes.push_back({kOld, result.start, result.key, result.values[version - 1]});
        changes.push_back({version > 0 ? kNow : kNew, result.start, result.key, result.values[version]});
    }
    static void sendAll(Judged& judged, std::vector<Change>& changes) {
        if (!changes.empty()) judged.send(changes);
        changes.clear();
    }

    std::mt19937_64 m_random;
    std::vector<Result> m_results{};
    Json m_params{};
    Instant m_until = 0, m_ahead = kSize;  ///< windows that begin so much later are open, too
};

}  // namespace

class TestProvisionalAlerts : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFinalValueConfirmsWhatAProvisionalOneRaised() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 4}});
        QVERIFY(judged.board->look().entries.empty());
        judged.send({{kOld, 0, 1, 4}, {kNow, 0, 1, 7}});
        QCOMPARE(judged.carrier->letters.size(), std::size_t{1});
        const Alert raised = judged.only();
        QVERIFY(raised.provisional);
        QCOMPARE(raised.stage, AlertStage::Open);
        QCOMPARE(raised.start, Instant{9});
        QCOMPARE(raised.raised, Instant{9});
        QCOMPARE(raised.message, std::string("1 is at 7"));
        QVERIFY(judged.carrier->letters.front().alert.provisional);
        QCOMPARE(judged.harness->table(kAlertOut).size(), std::size_t{1});
        QVERIFY(judged.harness->table(kAlertOut).front().find("|alert|") != std::string::npos);
        judged.harness->advance(9);
        const Alert confirmed = judged.only();
        QVERIFY(!confirmed.provisional);
        QCOMPARE(confirmed.stage, AlertStage::Open);
        QCOMPARE(confirmed.id(), raised.id());
        QCOMPARE(judged.carrier->letters.size(), std::size_t{1});
        // Who was told that it was raised is told that it is over.
        judged.send({{kNew, 10, 1, 2}});
        judged.harness->advance(19);
        QCOMPARE(judged.only().stage, AlertStage::Cleared);
        QCOMPARE(judged.only().ended, Instant{19});
        QCOMPARE(judged.carrier->letters.size(), std::size_t{2});
        QCOMPARE(judged.carrier->letters.back().about, AlertDelivery::About::Ended);
        QVERIFY(judged.harness->breaches().empty());
    }

    void aFinalValueClearsWhatAProvisionalOneRaised() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 7}});
        judged.send({{kOld, 0, 1, 7}, {kNow, 0, 1, 3}});
        QCOMPARE(judged.only().stage, AlertStage::Open);  // it may still rise again
        judged.harness->advance(8);
        QCOMPARE(judged.only().stage, AlertStage::Open);
        judged.harness->advance(9);
        QCOMPARE(judged.only().stage, AlertStage::Cleared);
        QCOMPARE(judged.only().ended, Instant{9});
        QVERIFY(judged.only().provisional);
        QCOMPARE(judged.carrier->letters.size(), std::size_t{2});
        QVERIFY(judged.carrier->letters.back().alert.provisional);
        QVERIFY(judged.harness->table(kAlertOut).front().find("|ok|") != std::string::npos);
        QVERIFY(judged.harness->breaches().empty());
    }

    void aProvisionalValueClearsNothing() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 7}});
        judged.harness->advance(9);
        judged.send({{kNew, 10, 1, 1}});
        judged.harness->advance(15);
        QCOMPARE(judged.only().stage, AlertStage::Open);
        judged.send({{kOld, 10, 1, 1}, {kNow, 10, 1, 8}});
        judged.harness->advance(19);
        QCOMPARE(judged.only().stage, AlertStage::Open);
        QCOMPARE(judged.only().peak, std::optional(8.0));
        QCOMPARE(judged.carrier->letters.size(), std::size_t{1});
    }

    void withoutTheOptionOnlyFinalValuesAreJudged() {
        Judged judged;
        judged.params["provisional"] = false;
        judged.make();
        judged.send({{kNew, 0, 1, 7}, {kNew, 0, 2, 7}});
        judged.send({{kOld, 0, 1, 7}, {kNow, 0, 1, 3}});
        QVERIFY(judged.board->look().entries.empty());
        judged.harness->advance(9);
        QCOMPARE(judged.only().key.front().value, std::string("2"));
        QVERIFY(!judged.only().provisional);
    }

    /// A filter behind the window lets nothing of it through any more: there is no final row.
    void aResultThatIsTakenBackConfirmsNothing() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 7}});
        judged.send({{kGone, 0, 1, 7}});
        judged.harness->advance(9);
        QCOMPARE(judged.only().stage, AlertStage::Cleared);
        QCOMPARE(judged.only().ended, Instant{9});
        QVERIFY(judged.harness->table(kAlertOut).empty());
        QVERIFY(judged.harness->breaches().empty());
    }

    void theEndOfTheInputLeavesNothingProvisional() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 7}, {kNew, 0, 2, 7}});
        judged.send({{kGone, 0, 1, 7}});
        judged.harness->end();
        for (const AlertBoard::Entry& entry : judged.board->look().entries) {
            const bool gone = entry.alert.key.front().value == "1";
            QCOMPARE(entry.alert.stage, gone ? AlertStage::Cleared : AlertStage::Open);
            QCOMPARE(entry.alert.provisional, gone);
        }
    }

    void aProvisionalAlertIsInTheCheckpoint() {
        for (const std::int64_t last : {7, 3}) {
            Judged judged;
            judged.make();
            judged.send({{kNew, 0, 1, 7}});
            const std::string letter = judged.carrier->letters.front().id();
            Judged again;
            again.make();
            QVERIFY(again.restore(judged.state()).ok());
            QVERIFY(again.only().provisional);
            QCOMPARE(again.carrier->letters.size(), std::size_t{1});
            QCOMPARE(again.carrier->letters.front().id(), letter);
            QVERIFY(again.carrier->letters.front().alert.provisional);
            if (last != 7) again.send({{kOld, 0, 1, 7}, {kNow, 0, 1, last}});
            again.harness->advance(9);
            QCOMPARE(again.only().provisional, last != 7);
            QCOMPARE(again.only().stage, last == 7 ? AlertStage::Open : AlertStage::Cleared);
            QCOMPARE(again.carrier->letters.size(), last == 7 ? std::size_t{1} : std::size_t{2});
            // What was told by a provisional value is told to be over, after a restart, too.
            if (last != 7) continue;
            again.send({{kNew, 10, 1, 0}});
            again.harness->advance(19);
            QCOMPARE(again.carrier->letters.size(), std::size_t{2});
        }
    }

    /// The option may be switched off between two runs.
    void whatIsNotJudgedAnyMoreIsForgotten() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 0, 1, 7}});
        Judged edited;
        edited.params["provisional"] = false;
        edited.make();
        QVERIFY(edited.restore(judged.state()).ok());
        QVERIFY(edited.board->look().entries.empty());
        edited.harness->advance(9);
        QCOMPARE(edited.only().stage, AlertStage::Open);
    }

    void aConditionThatIsToHoldForLongBeginsWithAFinalRow() {
        Judged judged;
        judged.params["for"] = "20ms";
        judged.make();
        judged.send({{kNew, 0, 1, 7}});
        judged.harness->advance(9);
        QCOMPARE(judged.only().stage, AlertStage::Waiting);
        judged.send({{kNew, 10, 1, 8}});
        judged.harness->advance(19);
        QCOMPARE(judged.only().stage, AlertStage::Waiting);
        judged.send({{kNew, 20, 1, 9}});  // it will have held for 20 ms
        QCOMPARE(judged.only().stage, AlertStage::Open);
        QCOMPARE(judged.only().start, Instant{9});
        QCOMPARE(judged.only().raised, Instant{29});
        QVERIFY(judged.only().provisional);
        // The final value says otherwise: the condition has not held for so long.
        judged.send({{kOld, 20, 1, 9}, {kNow, 20, 1, 0}});
        judged.harness->advance(29);
        QCOMPARE(judged.only().stage, AlertStage::Cleared);
        QVERIFY(judged.only().provisional);
        QVERIFY(judged.harness->breaches().empty());
    }

    /// By final rows the condition began earlier than provisional values said: that is another alert.
    void whoeverHearsThatItIsOverHearsOfTheAlertThatGoesOn() {
        for (const char* const often : {"0s", "1h"}) {
            Judged judged;
            judged.params["for"] = "20ms";
            judged.params["once_per"] = often;
            judged.make();
            judged.send({{kNew, 20, 1, 7}, {kNew, 40, 1, 7}});
            QCOMPARE(judged.only().start, Instant{29});
            judged.send({{kNew, 0, 1, 8}});
            judged.harness->advance(28);
            QCOMPARE(judged.carrier->letters.size(), std::size_t{1});
            judged.harness->advance(29);
            QCOMPARE(judged.carrier->letters.size(), std::size_t{3});
            QCOMPARE(judged.carrier->letters[1].about, AlertDelivery::About::Ended);
            QCOMPARE(judged.carrier->letters[2].alert.start, Instant{9});
            QVERIFY(judged.isRightlyTold());
        }
    }

    /// An alert of final rows begins, and is over, before the window of the provisional one.
    void whatIsToBeginStillIsNotOverWithAnEarlierAlert() {
        Judged judged;
        judged.make();
        judged.send({{kNew, 20, 1, 7}});
        judged.send({{kNew, 0, 1, 8}, {kNew, 10, 1, 0}});
        for (const Instant at : {9, 19, 29}) {
            judged.harness->advance(at);
            QVERIFY(judged.isRightlyTold());
        }
        QCOMPARE(judged.carrier->letters.size(), std::size_t{3});  // two were raised, and one is over
        QVERIFY(judged.harness->table(kAlertOut).front().find("|alert|") != std::string::npos);
    }

    /// Rows of several keys of the window, of one time: the condition holds, does not, and holds again.
    void rowsOfOneTimeDoNotEndItInBetween() {
        Judged judged;
        judged.params["for"] = "20ms";
        judged.params.erase("keys");
        judged.make();
        judged.send({{kNew, 0, 1, 7}, {kNew, 20, 1, 7}});
        judged.send({{kNew, 0, 2, 0}, {kNew, 0, 3, 7}});
        for (const Instant at : {9, 29}) {
            judged.harness->advance(at);
            QVERIFY(judged.isRightlyTold());
            QCOMPARE(judged.carrier->letters.size(), std::size_t{1});
        }
        QVERIFY(!judged.only().provisional);
    }

    void howOftenOthersAreToldCountsForProvisionalAlertsToo() {
        Judged judged;
        judged.params["once_per"] = "1s";
        judged.make();
        for (Instant start = 0; start < 50; start += kSize) {
            judged.send({{kNew, start, 1, 7}});
            judged.send({{kOld, start, 1, 7}, {kNow, start, 1, 0}});
            judged.harness->advance(start + kSize - 1);
        }
        QCOMPARE(judged.board->look().entries.size(), std::size_t{5});
        QCOMPARE(judged.carrier->letters.size(), std::size_t{2});  // that the first was raised, and is over
    }

    void statesOfFinalRowsKnowNothingOfProvisionalValues() {
        for (const std::uint32_t seed : seedsOf(suites::ProvisionalAlerts)) {
            RandomWindows windows(seed);
            const Lines expected = windows.table(false, false, 4096);
            for (const bool provisional : {false, true}) {
                const Lines found = windows.table(true, provisional, windows.batchRows());
                QVERIFY2(found == expected, fmt::format("case {}: expected\n  {}\nfound\n  {}\n", seed,
                                                        fmt::join(expected, "\n  "), fmt::join(found, "\n  "))
                                                .c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestProvisionalAlerts)
#include "test_provisional_alerts.moc"
