// Waiting for the world outside (event-time rules, 27), tried at random: batches, watermarks and what becomes
// of partitions come in some order, the world answers in some other one, fails or is silent, and the node is
// left at barriers and gone on with. A model that sees the order of the input says what may leave when.
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/asking_node.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kFirst = 1'700'000'000'000;
constexpr WireNumber kPartitions = 2;

/// An input or an output, one after the other.
struct Event {
    enum class Kind { Row, Watermark, Mark } kind = Kind::Row;
    std::int64_t value = 0;  ///< the number of a row, in the order of the input; a watermark; a raise
    WireNumber wire = 0;
    bool denied = false;  ///< Row: it left as a rejected one
};

const SchemaRef& numbers() {
    static const SchemaRef kSchema =
        schemaOf({{"n", Type::of(TypeId::Bigint)}, {"ts", Type::of(TypeId::Timestamp)}});
    return kSchema;
}

class Leaving final : public Output {
 public:
    void emit(int, Batch batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row)
            events.push_back({Event::Kind::Row, batch.column(0).at<std::int64_t>(row), batch.wire, false});
    }
    void watermark(int, Instant watermark) override {
        if (!events.empty() && events.back().kind == Event::Kind::Watermark) events.pop_back();
        events.push_back({Event::Kind::Watermark, watermark, 0, false});
    }
    Status reject(const Batch& batch, std::size_t row, const Text&) override {
        events.push_back({Event::Kind::Row, batch.column(0).at<std::int64_t>(row), batch.wire, true});
        return {};
    }
    void countLate(std::size_t, Millis) override {}
    void passAdvance(WireNumber wire, Instant raise) override {
        events.push_back({Event::Kind::Mark, raise, wire, false});
    }
    std::vector<Event> events{};
};

class WaitingCase {
 public:
    explicit WaitingCase(std::uint64_t seed) : m_random(seed) {
        m_unordered = chance(50);
        m_givesUp = chance(30);
        m_params = {{"delay", pick(0, 40)},
                    {"failures", pick(0, 2)},
                    {"patience", pick(50, 500)},
                    {"unordered", m_unordered},
                    {"gives_up", m_givesUp}};
        m_mood = static_cast<AnswerMood>(
            pick(static_cast<int>(AnswerMood::Late), static_cast<int>(AnswerMood::Silent)));
        StreamType stream;
        stream.schema = numbers();
        stream.eventTime = 1;
        stream.sourceOrder = true;
        m_inputs = {stream};
        m_bound = bindNode(m_kind, m_params, {{stream}}).node;
    }

    /// The fault of one run of it; empty: there is none.
    std::string fault() {
        start({});
        std::int64_t row = 0;
        Instant watermark = kFirst;
        for (int steps = pick(1, 40); steps > 0 && m_fault.empty(); --steps) {
            if (chance(40)) m_outside->answerSome();
            while (m_fault.empty() && !mayTake()) step();
            if (!m_fault.empty()) break;
            const int what = pick(0, 9);
            if (what < 6) {
                giveRows(row, pick(1, 12));
            } else if (what < 8) {
                give({Event::Kind::Watermark, watermark += pick(1, 3) * 1'000, 0, false});
            } else if (what < 9) {
                give({Event::Kind::Mark, watermark + pick(0, 5) * 1'000, pick(0, kPartitions - 1), false});
            } else {
                leave();
            }
        }
        if (m_fault.empty()) give({Event::Kind::Watermark, kMaxTimestamp, 0, false});
        while (m_fault.empty() && (m_op->hasMore() || m_op->wakesAt() != Operator::kNever)) step();
        return m_fault.empty() ? judge() : m_fault;
    }
    const Json& params() const { return m_params; }
    bool overtakes() const { return m_overtakes; }
    bool wasLeft() const { return m_left; }

 private:
    bool chance(int percent) { return pick(0, 99) < percent; }
    int pick(int from, int to) {
        return from + static_cast<int>(m_random() % static_cast<std::uint64_t>(to - from + 1));
    }

    void start(const std::string& state) {
        m_outside = std::make_shared<OutsideAnswers>(m_mood, static_cast<unsigned>(m_random()), m_clock);
        MakeContext context;
        context.node = "n";
        context.clock = m_clock;
        context.inputs.resize(1);
        context.inputs.front().type = m_inputs.front();
        context.wanted.assign(2, true);
        context.requests = m_outside;
        Result<Made> made = m_kind.make(*m_bound, context);
        m_op = std::get<std::unique_ptr<Operator>>(*std::move(made));
        m_op->outputPorts = 2;
        if (state.empty()) return;
        const auto reader = StateReader::open(state);
        note(reader.ok() ? m_op->restore(*reader, keyGroupsOf(0, 1)) : reader.status());
    }
    void note(const Status& status) {
        if (!status.ok() && m_fault.empty()) m_fault = english(status.error());
    }

    bool mayTake() const {
        if (m_op->hasMore()) return false;
        return m_op->wakesAt() == Operator::kNever || m_op->takesMore();
    }
    /// Lets it go on, in a world that answers or a time that passes.
    void step() {
        if (!m_op->hasMore() && m_op->wakesAt() > m_clock->steadyMillis()) {
            m_fault = m_outside->goOnUntil(m_op->wakesAt());
            if (!m_fault.empty()) return;
        }
        if (++m_steps > 20'000) m_fault = "it goes on for ever";
        note(m_op->resume(m_out));
    }

    void giveRows(std::int64_t& row, int count) {
        Rows rows;
        const WireNumber wire = pick(0, kPartitions - 1);
        for (int i = 0; i < count; ++i) {
            rows.push_back({Value(row), Value(kFirst + row * 500)});
            m_in.push_back({Event::Kind::Row, row++, wire, false});
        }
        Batch batch = batchOf(numbers(), rows);
        batch.wire = wire;
        batch.positions.first = row - count;
        note(m_op->onBatch(0, batch, m_out));
    }
    void give(const Event& event) {
        m_in.push_back(event);
        if (event.kind == Event::Kind::Mark) return m_op->onPartition(event.wire, event.value, m_out);
        note(m_op->onWatermark(event.value, m_out));
    }
    /// A barrier: nobody waits for an answer, and another one resumes from what it wrote.
    void leave() {
        if (m_op->hasMore()) return;
        m_left = m_left || m_op->heldSize().keys > 0;
        StateWriter state;
        note(m_op->snapshot(state));
        start(state.finish());
        while (m_fault.empty() && m_op->hasMore()) step();
    }

    /// Every row leaves once, with what the world says of it; and nothing before what it must stay behind.
    std::string judge() {
        std::vector<const Event*> leaving;  // the row of each number
        std::size_t rows = 0;
        for (const Event& event : m_in) rows += event.kind == Event::Kind::Row ? 1 : 0;
        leaving.resize(rows);
        std::vector<std::size_t> places(rows, SIZE_MAX);
        std::vector<std::size_t> marks;
        std::int64_t lastOf[] = {-1, -1};  // of each port: between the two nothing is promised
        for (std::size_t i = 0; i < m_out.events.size(); ++i) {
            const Event& event = m_out.events[i];
            if (event.kind == Event::Kind::Mark) marks.push_back(i);
            if (event.kind != Event::Kind::Row) continue;
            const auto number = static_cast<std::size_t>(event.value);
            if (number >= rows || leaving[number]) return "a row leaves twice";
            leaving[number] = &event;
            places[number] = i;
            std::int64_t& last = lastOf[event.denied ? 1 : 0];
            if (event.value < last && !m_unordered) return "rows leave in another order";
            m_overtakes = m_overtakes || event.value < last;
            last = event.value;
            const bool denied = event.value % kDenied == 3;
            if (denied != event.denied && !(m_givesUp && event.denied))
                return "a row is denied that is not, or the other way round";
        }
        if (std::find(leaving.begin(), leaving.end(), nullptr) != leaving.end()) return "a row is lost";
        return judgeMarks(marks, places);
    }

    /// Watermarks and marks that follow rows in the input follow them in the output; marks of partitions that
    /// rows follow come before them.
    std::string judgeMarks(const std::vector<std::size_t>& marks, const std::vector<std::size_t>& places) {
        std::size_t mark = 0, latest = 0;       // of the rows so far, and of the marks
        std::size_t earliest = 0;               // what rows may not get before
        std::map<Instant, std::size_t> behind;  // a watermark, and the last row that it follows
        for (const Event& event : m_in) {
            if (event.kind == Event::Kind::Row) {
                const std::size_t place = places[static_cast<std::size_t>(event.value)];
                if (place < earliest) return "a row gets before what became of a partition";
                latest = std::max(latest, place);
            } else if (event.kind == Event::Kind::Watermark) {
                behind.emplace(event.value, latest);
            } else {
                if (mark == marks.size()) return "what became of a partition is lost";
                const Event& out = m_out.events[marks[mark]];
                if (out.value != event.value || out.wire != event.wire) return "of another partition";
                if (marks[mark] < latest) return "what became of a partition gets before rows";
                earliest = latest = std::max(latest, marks[mark++]);
            }
        }
        if (mark != marks.size()) return "what became of a partition is told twice";
        Instant told = kMinTimestamp;
        for (std::size_t i = 0; i < m_out.events.size(); ++i) {
            const Event& event = m_out.events[i];
            if (event.kind != Event::Kind::Watermark) continue;
            if (event.value < told) return "the watermark goes back";
            told = event.value;
            const auto known = behind.find(event.value);
            if (known == behind.end()) return "a watermark that never came";
            if (i < known->second) return "the watermark gets before rows that it follows";
        }
        return told == kMaxTimestamp ? std::string() : "the last watermark does not come";
    }

    std::mt19937_64 m_random;
    const NodeKind m_kind = askingKind();
    Json m_params;
    bool m_unordered = false, m_givesUp = false, m_overtakes = false, m_left = false;
    AnswerMood m_mood = AnswerMood::Late;
    std::vector<StreamType> m_inputs{};
    BoundNodeRef m_bound{};
    const std::shared_ptr<Clock> m_clock = std::make_shared<SimulatedClock>(kFirst);
    std::shared_ptr<OutsideAnswers> m_outside{};
    std::unique_ptr<Operator> m_op{};
    Leaving m_out{};
    std::vector<Event> m_in{};
    std::string m_fault{};
    int m_steps = 0;
};

}  // namespace

class TestWaitingProperty : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void rowsWaitAsTheRuleSays() {
        AskedWorld::instance().clear();
        int overtakes = 0, left = 0;
        for (const unsigned seed : seedsOf(suites::WaitingRows)) {
            WaitingCase one(seed);
            const std::string fault = one.fault();
            const std::string said =
                "RILLWRIGHT_CASE=" + std::to_string(seed) + " " + one.params().dump() + ": " + fault;
            QVERIFY2(fault.empty(), said.c_str());
            overtakes += one.overtakes() ? 1 : 0;
            left += one.wasLeft() ? 1 : 0;
        }
        const auto tenth = static_cast<int>(casesOf(suites::WaitingRows) / 10);
        QVERIFY2(overtakes >= tenth && left >= tenth,
                 qPrintable(QStringLiteral("%1 overtook, %2 were left").arg(overtakes).arg(left)));
    }
};

QTEST_APPLESS_MAIN(TestWaitingProperty)
#include "test_waiting_property.moc"
