// The state of a window join that is written by change: whoever restores it, with as many instances or with
// others, is in the state of the barrier, whatever came and went while it was written.
#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/written_group.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kLeftIn = 0, kRightIn = 1;
constexpr std::size_t kMostRowsOfPiece = 8'192;

const NodeKind& windowJoinNode() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_join");
}

StreamType writtenInput(int port, bool windowed) {
    const Type instant = Type::of(TypeId::Timestamp);
    const bool left = port == kLeftIn;
    Schema schema{{{left ? "lt" : "rt", instant},
                   {left ? "k" : "q", Type::of(TypeId::String)},
                   {left ? "v" : "w", Type::of(TypeId::Bigint)}}};
    if (windowed) {
        schema.fields.push_back({"window_start", instant});
        schema.fields.push_back({"window_end", instant});
    }
    StreamType type;
    type.schema = std::make_shared<const Schema>(std::move(schema));
    type.eventTime = 0;
    type.made = type.windowed = windowed;
    return type;
}

struct WrittenRow {
    Instant time = 0;
    std::string key{};  ///< empty: NULL
    std::int64_t value = 0;
    Instant start = 0;  ///< of its window, which ends behind `time`, where it carries one
};

/// Rows first … end − 1, whose number is their value and their time; of so many keys.
std::vector<WrittenRow> numberedRows(int first, int end, int keys) {
    std::vector<WrittenRow> rows;
    for (int i = first; i < end; ++i)
        rows.push_back({i, "a key that fits into no string itself, " + std::to_string(i % keys), i});
    return rows;
}

/// The instances of a join, whose checkpoints are written piece by piece.
class WrittenWindowJoin : public WrittenGroup {
 public:
    /// `memory`: bytes beyond which rows are in files; 0: all are in memory.
    explicit WrittenWindowJoin(const Json& more, int instances = 1, std::size_t batchRows = 4096,
                               std::uint64_t memory = 0)
        : WrittenGroup(windowJoinNode(), boundJoin(more), contextOf(more, batchRows, memory), instances,
                       {"left", "right"}),
          m_windowed(carriesWindows(more)) {}

    OperatorGroup* operator->() { return &group(); }
    void send(int port, const std::vector<WrittenRow>& rows, std::vector<Instant> stamps = {}) {
        Rows values;
        for (const WrittenRow& row : rows) {
            values.push_back({Value(row.time), row.key.empty() ? Value{} : Value(row.key), Value(row.value)});
            if (!m_windowed) continue;
            values.back().push_back(Value(row.start));
            values.back().push_back(Value(Instant{row.time + 1}));
        }
        Batch batch = batchOf(writtenInput(port, m_windowed).schema, values);
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        group().send(batch, port);
    }
    std::size_t rowsKept() const { return group().stateSize().keys; }

 private:
    static bool carriesWindows(const Json& more) { return more.value("window", std::string()) == "input"; }
    static BoundNodeRef boundJoin(const Json& more) {
        const bool windowed = carriesWindows(more);
        Json params = {{"window", "tumble"}, {"on", "left.k = right.q"}, {"kind", "full"}};
        if (!windowed) params["size"] = "10s";
        params.update(more);
        const BoundForTest bound =
            bindNode(windowJoinNode(), std::move(params),
                     {writtenInput(kLeftIn, windowed), writtenInput(kRightIn, windowed)});
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        return bound.bound;
    }
    static MakeContext contextOf(const Json& more, std::size_t batchRows, std::uint64_t memory) {
        MakeContext context = contextFor(writtenInput(kLeftIn, carriesWindows(more)), 1, batchRows);
        context.inputs.push_back(contextFor(writtenInput(kRightIn, carriesWindows(more))).inputs.front());
        return memory == 0 ? context : spilling(std::move(context), memory);
    }

    const bool m_windowed;
};

/// Rows come, some behind the watermark for some of their windows, and windows fire, also while checkpoints
/// are written, some of which are not kept.
class WindowJoinStory {
 public:
    explicit WindowJoinStory(std::uint32_t seed)
        : m_random(seed),
          m_join{params(), static_cast<int>(1 + m_random() % 3), 1 + m_random() % 9, memoryOf(seed)} {}

    /// What went wrong; empty: nothing.
    std::string tell() {
        for (int step = 0; step < 60; ++step) {
            switch (m_random() % 10) {
                case 0:
                case 1:
                case 2:
                    rowsCome(static_cast<int>(m_random() % 2), m_random() % 8);
                    break;
                case 3:
                case 4:
                    m_watermark += static_cast<Instant>(m_random() % 12);
                    m_join->advance(m_watermark);
                    break;
                case 5:
                case 6:
                    if (m_underWay) (void)m_join.writePiece();
                    break;
                default:
                    if (const std::string wrong = checkpoint(); !wrong.empty()) return wrong;
            }
        }
        return end();
    }

 private:
    static std::uint64_t memoryOf(std::uint32_t seed) {
        return seed % 3 == 0 ? 0 : seed % 3 == 1 ? 1 : 1 + seed * 97 % 8'000;
    }
    Json params() {
        constexpr std::array kKinds{"inner", "left", "right", "full", "semi", "anti"};
        Json params = {{"kind", kKinds[m_random() % kKinds.size()]}};
        switch (m_random() % 4) {
            case 0:
                params.update(Json{{"size", "10ms"}});
                break;
            case 1:
                params.update(Json{{"window", "hop"}, {"size", "20ms"}, {"slide", "5ms"}});
                break;
            case 2:
                params.update(Json{{"window", "cumulate"}, {"size", "20ms"}, {"step", "5ms"}});
                break;
            default:
                params.update(Json{{"window", "input"}});
                m_windowed = true;
        }
        return params;
    }
    void rowsCome(int port, std::size_t count) {
        std::vector<WrittenRow> rows;
        std::vector<Instant> stamps;
        for (; count > 0; --count) {
            // Rows of windows are made rows, which are in time by two and more.
            const bool behind = !m_windowed && m_random() % 5 == 0;
            WrittenRow row;
            row.time = m_watermark + (behind ? static_cast<Instant>(m_random() % 10) - 9
                                             : static_cast<Instant>(2 + m_random() % 40));
            row.key = m_random() % 8 == 0 ? "" : "k" + std::to_string(m_random() % 9);
            row.value = ++m_value;
            row.start = row.time - static_cast<Instant>(m_random() % 2);
            rows.push_back(std::move(row));
            stamps.push_back(behind ? m_watermark : kCleanStamp);
        }
        m_join.send(port, rows, std::move(stamps));
    }
    std::string checkpoint() {
        m_underWay = !m_underWay;
        if (m_underWay) {
            m_join.barrier(m_wholeNext);
            return {};
        }
        m_wholeNext = m_random() % 4 == 0;
        if (!m_wholeNext) {
            m_join.keep();
            return m_join.problem();
        }
        m_join.writeAll();  // and it is not kept
        return {};
    }
    /// Those who restored the last one give what the join itself gives from there on.
    std::string end() {
        if (m_underWay) {
            if (const std::string wrong = checkpoint(); !wrong.empty()) return wrong;
        }
        m_join.barrier(m_wholeNext);
        m_join.keep();
        if (const std::string wrong = m_join.problem(); !wrong.empty()) return wrong;
        OperatorGroup resumed = m_join.another();
        resumed.resume(m_join.states(), 4);
        resumed.end();
        std::vector<std::string> together = m_join->table(0);
        const std::vector<std::string> rest = resumed.table(0);
        together.insert(together.end(), rest.begin(), rest.end());
        std::sort(together.begin(), together.end());
        m_join->end();
        if (together != m_join->table(0)) return "other rows leave the join that was restored";
        if (resumed.stateSize().keys != 0) return "state is left at the end of the join that was restored";
        if (m_join->breaches() != std::vector<std::string>{}) return m_join->breaches().front();
        return resumed.breaches().empty() ? std::string() : resumed.breaches().front();
    }

    std::mt19937 m_random;
    bool m_windowed = false;
    WrittenWindowJoin m_join;
    Instant m_watermark = 0;
    std::int64_t m_value = 0;
    bool m_underWay = false, m_wholeNext = true;
};

/// A state with one record of rows of left, at 0 s and of the key “a”.
struct StateOfRows {
    std::uint32_t version = 1;
    int otherGroup = 0;  ///< the record is of a key group that differs in these bits
    std::array<Instant, 3> place{0, 10'000, 10'000};
    std::size_t rows = 2, places = 2;
    std::size_t columns = 3;  ///< of places
    bool progress = true;

    std::string written() const {
        const SchemaRef schema = writtenInput(kLeftIn, false).schema;
        const Batch batch =
            batchOf(schema, Rows(rows, std::vector<Value>{Value(Instant{0}), Value(std::string("a")),
                                                          Value(std::int64_t{1})}));
        std::vector<std::uint64_t> hashes;
        hashKeys(batchOf(schema, {{Value(Instant{0}), Value(std::string("a")), Value{}}}), std::array{1},
                 hashes);
        std::vector<ColumnRef> placed;
        for (std::size_t i = 0; i < columns; ++i) {
            ColumnBuilder column(Type::of(TypeId::Timestamp));
            for (std::size_t row = 0; row < places; ++row) column.append(place[i]);
            placed.push_back(column.finish());
        }
        StateWriter out;
        if (progress)
            out.record("progress", 1, [](StateWriter& record) { record.i64("watermark", Instant{-1}); });
        out.keyed("left", keyGroupOf(hashes[0]) ^ otherGroup, version, [&](StateWriter& record) {
            record.batch("rows", batch);
            writeColumns(record, "place", placed);
        });
        return out.finish();
    }
};

}  // namespace

class TestWindowJoinChanges : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void onlyRowsThatCameAreWritten() {
        WrittenWindowJoin join(Json::object());
        join.barrier(true);
        join.keep();  // without any row
        QCOMPARE(join.bytes(), std::size_t{0});
        QCOMPARE(join.problem(), std::string());

        join.send(kLeftIn, numberedRows(0, 20'000, 3'000));
        join.send(kRightIn, numberedRows(0, 1'000, 3'000));
        join.barrier(false);
        join.keep();
        QCOMPARE(join.pieces(), 4);
        QCOMPARE(join.written(), std::size_t{21'000});
        QCOMPARE(join.mostOfPiece(), kMostRowsOfPiece);
        QCOMPARE(join.problem(), std::string());

        join.send(kLeftIn, numberedRows(5'000, 5'002, 3'000));
        join.send(kRightIn, numberedRows(25'000, 25'001, 3'000));
        join.barrier(false);
        join.keep();
        QCOMPARE(join.written(), std::size_t{3});
        QCOMPARE(join.problem(), std::string());

        // What went costs nothing.
        join->advance(9'999);
        QCOMPARE(join.rowsKept(), std::size_t{10'001});
        join.barrier(false);
        join.keep();
        QCOMPARE(join.bytes(), std::size_t{0});
        QCOMPARE(join.problem(), std::string());

        join.barrier(true);
        join.keep();
        QCOMPARE(join.written(), std::size_t{10'001});
        QCOMPARE(join.problem(), std::string());
        join->end();
        join.barrier(false);
        join.keep();
        QCOMPARE(join.bytes(), std::size_t{0});
        QCOMPARE(join.problem(), std::string());
        QCOMPARE(join->breaches(), std::vector<std::string>{});
    }

    void rowsThatRetireWhileTheyAreFrozen() {
        WrittenWindowJoin join(Json{{"size", "5s"}});
        join.send(kLeftIn, numberedRows(0, 20'000, 3'000));
        join.barrier(true);
        QVERIFY(join.writePiece());  // the first window and some of the second
        join->advance(19'999);
        QCOMPARE(join->table(0).size(), std::size_t{20'000});
        QCOMPARE(join.rowsKept(), std::size_t{15'000});
        join.send(kLeftIn, numberedRows(30'000, 37'000, 3'000));  // in slots of the first window
        join.keep();
        QCOMPARE(join.written(), std::size_t{20'000});
        QCOMPARE(join.problem(), std::string());
        join->advance(20'000);
        QCOMPARE(join.rowsKept(), std::size_t{7'000});

        join.barrier(false);
        join->advance(39'999);
        QCOMPARE(join.rowsKept(), std::size_t{7'000});
        join.keep();
        QCOMPARE(join.written(), std::size_t{7'000});
        QCOMPARE(join.problem(), std::string());
        join->end();
        QCOMPARE(join.rowsKept(), std::size_t{0});
        QCOMPARE(join->breaches(), std::vector<std::string>{});
    }

    /// The pieces of a checkpoint that is not kept belong to none.
    void oneThatIsNotKept() {
        WrittenWindowJoin join(Json{{"window", "hop"}, {"slide", "5s"}}, 2);
        join.send(kLeftIn, numberedRows(0, 12'000, 700));
        join.barrier(true);
        join.keep();
        join.send(kRightIn, numberedRows(3'000, 14'000, 100'000));
        join.barrier(false);
        join.writePiece();
        join.send(kLeftIn, numberedRows(12'000, 13'000, 700));
        join.writeAll();
        QVERIFY(!join.problem().empty());  // the one before
        join.barrier(true);
        join.send(kLeftIn, numberedRows(9'000, 21'000, 700));
        join->advance(9'999);
        join.keep();
        QCOMPARE(join.written(), std::size_t{24'000});
        QCOMPARE(join.problem(), std::string());
        join.barrier(false);
        join.keep();
        QCOMPARE(join.written(), std::size_t{12'000});
        QCOMPARE(join.problem(), std::string());
    }

    /// The last results of a window may still wait when the frozen rows that they are made of are written.
    void piecesBetweenTheCallsOfTheNextWindow() {
        constexpr int kRows = 9'000;
        WrittenWindowJoin join(Json{{"size", "5s"}}, 1, 64);
        join.send(kLeftIn, numberedRows(0, kRows, kRows));
        join.send(kRightIn, numberedRows(0, kRows, kRows));
        join.barrier(true);
        Operator& op = join->instance(0);
        OperatorGroup& out = join.group();
        QVERIFY(op.onWatermark(10'000, out).ok());
        bool more = true;
        for (int calls = 0; op.hasMore(); ++calls) {
            QVERIFY(op.resume(out).ok());
            const bool inLastWindow = op.firstOpen().until > 10'000;
            if (inLastWindow && more && calls % 5 == 0) more = join.writePiece();
        }
        QVERIFY(!more);
        join.keep();
        QCOMPARE(join.written(), std::size_t{2 * kRows});
        QCOMPARE(join.problem(), std::string());
        QCOMPARE(join.rowsKept(), std::size_t{0});
        join->end();
        QCOMPARE(join->table(0).size(), std::size_t{kRows});
        for (const std::string& line : join->table(0))
            QVERIFY2(QString::fromStdString(line).count(QStringLiteral("a key that")) == 2, line.c_str());
    }

    /// A piece of long rows has fewer of them.
    void longRowsGoFewAtATime() {
        WrittenWindowJoin join(Json::object());
        const std::string text(std::size_t{16} << 10, 'x');
        for (int i = 0; i < 500; ++i) join.send(kLeftIn, {{i % 5, text + std::to_string(i), i}});
        join.barrier(true);
        join.keep();
        QCOMPARE(join.written(), std::size_t{500});
        QVERIFY2(join.mostOfPiece() < 300, std::to_string(join.mostOfPiece()).c_str());
        QCOMPARE(join.problem(), std::string());
    }

    /// Rows that come in a slice after each other keep their order, whatever slots they are in.
    void rowsOfAKeyKeepTheirOrder() {
        WrittenWindowJoin join(Json::object());
        std::int64_t value = 0;
        const auto sendSome = [&](Instant time, int count) {
            for (; count > 0; --count) join.send(kLeftIn, {{time, "one", ++value}});
        };
        sendSome(5'000, 25);
        sendSome(15'000, 25);
        join->advance(9'999);
        join->advance(19'999);  // the slots of this window are used again first, which are the higher ones
        QCOMPARE(join.rowsKept(), std::size_t{0});
        for (int checkpoint = 0; checkpoint < 5; ++checkpoint) {
            sendSome(25'000, 20);
            join.barrier(checkpoint % 3 == 0);
            sendSome(25'000, 3);
            join.keep();
            QCOMPARE(join.problem(), std::string());
        }
        QCOMPARE(join.rowsKept(), std::size_t{115});
    }

    /// Where checkpoints are taken in one piece again nothing asks which slices have changed.
    void slicesThatCameAndWentTakeNoMemory() {
        WrittenWindowJoin join(Json{{"size", "10ms"}});
        join.barrier(true);
        join.keep();
        std::size_t bytes = 0;
        for (int i = 1; i <= 2'000; ++i) {
            join.send(kLeftIn, {{10 * i, "a", i}});
            join->advance(10 * i + 9);
            if (i == 100) bytes = join->stateSize().bytes;
        }
        QCOMPARE(join.rowsKept(), std::size_t{0});
        QCOMPARE(join->stateSize().bytes, bytes);
    }

    void randomStories() {
        const auto stories = static_cast<std::uint32_t>(affordableCases(150, 20));
        for (std::uint32_t seed = 0; seed < stories; ++seed) {
            const std::string wrong = WindowJoinStory(seed).tell();
            QVERIFY2(wrong.empty(), ("story " + std::to_string(seed) + ": " + wrong).c_str());
        }
    }

    void changesThatCantBeBelieved() {
        const WrittenWindowJoin join(Json::object());
        const auto takes = [&join](const StateOfRows& state) { return join.takes(state.written()); };
        QVERIFY(takes({}));
        QVERIFY(!takes({.version = 2}));
        QVERIFY(!takes({.otherGroup = 1}));
        QVERIFY(!takes({.place = {1, 10'001, 10'001}}));  // no slice
        QVERIFY(!takes({.place = {0, 10'000, 20'000}}));  // it has no such window
        QVERIFY(!takes({.places = 1}));
        QVERIFY(!takes({.places = 3}));
        QVERIFY(!takes({.columns = 2}));
        QVERIFY(!takes({.progress = false}));
    }

    /// Bytes that are broken are refused, or are other rows: nothing ends the program.
    void brokenBytes() {
        WrittenWindowJoin join(Json::object());
        join.send(kLeftIn, numberedRows(0, 60, 7));
        join.send(kRightIn, numberedRows(0, 60, 9));
        join.barrier(true);
        join.keep();
        join.send(kLeftIn, numberedRows(60, 90, 7));
        join.barrier(false);
        join.keep();
        const std::string state = join.states().front();
        QVERIFY(join.takes(state));
        std::size_t refused = 0;
        for (std::size_t end = 0; end < state.size(); end += 13) {
            std::string cut = state.substr(0, end);
            QVERIFY(!join.takes(cut));  // by its seal
            if (end < 16) continue;
            StateWriter::sealAnew(cut);
            refused += join.takes(cut) ? 0 : 1;
        }
        std::mt19937 random(5);
        for (int i = 0; i < 400; ++i) {
            std::string changed = state;
            char& byte = changed[16 + random() % (state.size() - 16)];
            byte = static_cast<char>(static_cast<unsigned>(byte) ^ (1 + random() % 255));
            StateWriter::sealAnew(changed);
            refused += join.takes(changed) ? 0 : 1;
        }
        QVERIFY(refused > 100);
    }
};

QTEST_APPLESS_MAIN(TestWindowJoinChanges)
#include "test_window_join_changes.moc"
