// interval_join: its pairs, rows that go on alone and when, its state, late, refused and rejected rows.
#include <QtTest/QtTest>

#include <algorithm>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

enum Side : int { kLeftIn = 0, kRightIn = 1 };
enum Out : int { kOut = 0, kLateLeft = 1, kLateRight = 2 };
using Lines = std::vector<std::string>;

const NodeKind& kind() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("interval_join");
}

StreamType events() {
    StreamType stream;
    stream.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    stream.eventTime = 2;
    return stream;
}

Json paramsOf(const char* joinKind, const char* lower = "-5s", const char* upper = "10s",
              const char* on = "left.k = right.k") {
    return {{"on", on}, {"kind", joinKind}, {"lower", lower}, {"upper", upper}};
}

BoundForTest boundOf(const Json& params, const StreamType& left = events(),
                     const StreamType& right = events()) {
    return bindNode(kind(), params, {{left}, {right}});
}

struct Event {
    const char* key;  ///< null: NULL
    int v;
    Instant time;
    Instant stamp = kCleanStamp;
};

/// The three columns from `first` on as “v@ts”, “-” when they are NULL.
std::string half(const Batch& batch, std::size_t first, std::size_t row) {
    if (batch.columns[first + 2]->isNull(row)) return "-";
    return std::to_string(batch.columns[first + 1]->at<std::int32_t>(row)) + "@" +
           std::to_string(batch.columns[first + 2]->at<Instant>(row));
}

/// A join that is called by hand, and its output.
class Tried final : public Output {
 public:
    explicit Tried(const Json& params, std::size_t batchRows = 4096, bool nullOnError = false)
        : m_bound(boundOf(params)), m_batchRows(batchRows) {
        if (!m_bound.node) qFatal("%s", m_bound.said().c_str());
        MakeContext context;
        context.inputs.resize(2);
        for (InputInfo& input : context.inputs) input.type = events();
        context.batchRows = batchRows;
        context.nullOnError = nullOnError;
        m_join = std::get<std::unique_ptr<Operator>>(kind().make(*m_bound.node, context).value());
    }

    void send(int port, const std::vector<Event>& some) {
        Rows rows;
        std::vector<Instant> stamps;
        for (const Event& event : some) {
            rows.push_back({event.key ? Value(std::string(event.key)) : Value{}, Value(std::int32_t{event.v}),
                            Value(event.time)});
            stamps.push_back(event.stamp);
        }
        Batch batch = batchOf(events().schema, rows);
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        call([&] { return m_join->onBatch(port, batch, *this); });
    }
    void advance(int port, Instant watermark) {
        call([&] { return m_join->onPortWatermark(port, watermark, *this); });
    }
    void end() {
        advance(kLeftIn, kMaxTimestamp);
        advance(kRightIn, kMaxTimestamp);
        call([&] { return m_join->onWatermark(kMaxTimestamp, *this); });
    }

    std::size_t kept() const { return m_join->stateSize().keys; }
    Lines take() { return std::exchange(m_lines, {}); }

    void emit(int port, Batch batch) override {
        if (port == kOut) m_emitted += batch.rows;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (port == kOut) {
                m_lines.push_back(half(batch, 0, row) + " " + half(batch, 3, row));
            } else {
                late.push_back((port == kLateLeft ? "left " : "right ") + half(batch, 0, row) + " by " +
                               std::to_string(batch.columns[3]->at<std::int64_t>(row)));
            }
        }
    }
    void watermark(int port, Instant watermark) override {
        if (watermark < watermarks[static_cast<std::size_t>(port)]) qFatal("a watermark went back");
        if (m_join->hasMore()) qFatal("a watermark before all was done");
        watermarks[static_cast<std::size_t>(port)] = watermark;
    }
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        rejected.push_back(half(batch, 0, row) + " " + half(batch, 3, row) + ": " + english(reason));
        return {};
    }
    void countLate(std::size_t rows, Millis) override { lateCount += rows; }

    Lines late, rejected;
    std::size_t lateCount = 0;
    std::size_t calls = 0;
    Instant watermarks[4] = {kMinTimestamp, kMinTimestamp, kMinTimestamp, kMinTimestamp};

 private:
    template <class Body>
    void call(Body body) {
        constexpr std::size_t kFewBatches = 8;
        for (bool first = true; first || m_join->hasMore(); first = false) {
            m_emitted = 0;
            const Status status = first ? body() : m_join->resume(*this);
            if (!status.ok()) qFatal("%s", english(status.error()).c_str());
            if (m_emitted > kFewBatches * m_batchRows) qFatal("%zu rows in a call", m_emitted);
            ++calls;
        }
    }

    BoundForTest m_bound;
    std::size_t m_batchRows;
    std::unique_ptr<Operator> m_join;
    Lines m_lines;
    std::size_t m_emitted = 0;
};

QString shown(const std::string& text) {
    return QString::fromStdString(text);
}

}  // namespace

class TestIntervalJoin : public QObject {
    Q_OBJECT

    static void eachKind() {
        QTest::addColumn<QByteArray>("joinKind");
        for (const char* name : {"inner", "left", "right", "full"}) QTest::newRow(name) << QByteArray(name);
    }

 private Q_SLOTS:
    void bothBoundsBelongToTheInterval_data() { eachKind(); }
    void bothBoundsBelongToTheInterval() {
        QFETCH(QByteArray, joinKind);
        const std::vector<Event> lefts{{"a", 1, 20'000}, {"b", 2, 20'000}};
        const std::vector<Event> rights{
            {"a", 3, 14'999}, {"a", 4, 15'000}, {"a", 5, 30'000}, {"a", 6, 30'001}};
        for (const int first : {kLeftIn, kRightIn}) {
            Tried tried(paramsOf(joinKind.constData()));
            tried.send(first, first == kLeftIn ? lefts : rights);
            QCOMPARE(tried.take(), Lines{});
            tried.send(1 - first, first == kLeftIn ? rights : lefts);
            Lines pairs = tried.take();  // at once, without a watermark
            std::sort(pairs.begin(), pairs.end());
            QCOMPARE(pairs, (Lines{"1@20000 4@15000", "1@20000 5@30000"}));
            tried.end();
            Lines alone = tried.take(), expected;
            if (joinKind == "right" || joinKind == "full") expected = Lines{"- 3@14999", "- 6@30001"};
            if (joinKind == "left" || joinKind == "full") expected.push_back("2@20000 -");
            std::sort(alone.begin(), alone.end());
            QCOMPARE(alone, expected);
            QCOMPARE(tried.kept(), std::size_t{0});
        }
    }

    void boundsOnOneSideOfZero() {
        Tried before(paramsOf("inner", "-10s", "-5s")), behind(paramsOf("inner", "1ms", "1ms"));
        before.send(kLeftIn, {{"a", 1, 20'000}});
        before.send(kRightIn, {{"a", 2, 9'999}, {"a", 3, 10'000}, {"a", 4, 15'000}, {"a", 5, 15'001}});
        QCOMPARE(before.take(), (Lines{"1@20000 3@10000", "1@20000 4@15000"}));
        behind.send(kRightIn, {{"a", 1, 20'000}, {"a", 2, 20'001}, {"a", 3, 20'002}});
        behind.send(kLeftIn, {{"a", 4, 20'000}});
        QCOMPARE(behind.take(), (Lines{"4@20000 2@20001"}));
    }

    void nullMeetsNone() {
        Tried tried(paramsOf("full"));
        tried.send(kLeftIn, {{nullptr, 1, 20'000}, {"", 2, 20'000}});
        tried.send(kRightIn, {{nullptr, 3, 20'000}, {"", 4, 20'000}});
        QCOMPARE(tried.take(), (Lines{"2@20000 4@20000"}));
        tried.end();
        Lines alone = tried.take();
        std::sort(alone.begin(), alone.end());
        QCOMPARE(alone, (Lines{"- 3@20000", "1@20000 -"}));
        Tried inner(paramsOf("inner"));
        inner.send(kLeftIn, {{nullptr, 1, 20'000}});
        QCOMPARE(inner.kept(), std::size_t{0});
    }

    void rowsGoWhenTheyCanMeetNoMore_data() { eachKind(); }
    void rowsGoWhenTheyCanMeetNoMore() {
        QFETCH(QByteArray, joinKind);
        const bool left = joinKind == "left" || joinKind == "full";
        const bool right = joinKind == "right" || joinKind == "full";
        Tried tried(paramsOf(joinKind.constData()));
        tried.send(kLeftIn, {{"a", 1, 20'000}});
        tried.send(kRightIn, {{"b", 2, 20'000}});
        tried.advance(kRightIn, 29'999);
        QCOMPARE(tried.kept(), std::size_t{2});
        QCOMPARE(tried.take(), Lines{});
        tried.advance(kRightIn, 30'000);
        QCOMPARE(tried.kept(), std::size_t{1});
        QCOMPARE(tried.take(), left ? Lines{"1@20000 -"} : Lines{});
        tried.advance(kLeftIn, 24'999);
        QCOMPARE(tried.kept(), std::size_t{1});
        QCOMPARE(tried.take(), Lines{});
        tried.advance(kLeftIn, 25'000);
        QCOMPARE(tried.kept(), std::size_t{0});
        QCOMPARE(tried.take(), right ? Lines{"- 2@20000"} : Lines{});
    }

    void whatHasBeenPassedWhenItComesStillMeetsOthers() {
        Tried tried(paramsOf("left"));
        tried.send(kRightIn, {{"a", 1, 20'000}});
        tried.advance(kRightIn, 100'000);
        tried.send(kLeftIn, {{"a", 2, 15'000}, {"b", 3, 15'000}});
        QCOMPARE(tried.take(), (Lines{"2@15000 1@20000", "3@15000 -"}));
        QCOMPARE(tried.kept(), std::size_t{1});
        Tried inner(paramsOf("inner"));
        inner.advance(kRightIn, 100'000);
        inner.send(kLeftIn, {{"a", 2, 90'000}, {"a", 3, 90'001}});
        QCOMPARE(inner.kept(), std::size_t{1});
    }

    void theWatermarkIsHeldBack_data() {
        QTest::addColumn<QByteArray>("joinKind");
        QTest::addColumn<QByteArray>("lower");
        QTest::addColumn<QByteArray>("upper");
        QTest::addColumn<qint64>("expected");
        const auto row = [](const char* joinKind, const char* lower, const char* upper, qint64 expected) {
            QTest::addRow("%s %s %s", joinKind, lower, upper)
                << QByteArray(joinKind) << QByteArray(lower) << QByteArray(upper) << expected;
        };
        row("inner", "-5s", "10s", 69'999);
        row("left", "-5s", "10s", 69'999);
        row("right", "-5s", "10s", 79'999);
        row("full", "-5s", "10s", 69'999);
        row("inner", "-30s", "-25s", 99'999);
        row("inner", "-10s", "-5s", 84'999);
        row("right", "-30s", "10s", 69'999);
        row("full", "-40s", "10s", 59'999);
    }
    void theWatermarkIsHeldBack() {
        QFETCH(QByteArray, joinKind);
        QFETCH(QByteArray, lower);
        QFETCH(QByteArray, upper);
        QFETCH(qint64, expected);
        Tried tried(paramsOf(joinKind.constData(), lower.constData(), upper.constData()));
        tried.advance(kLeftIn, 100'000);
        QCOMPARE(tried.watermarks[kOut], kMinTimestamp);
        tried.advance(kRightIn, 80'000);
        QCOMPARE(tried.watermarks[kOut], Instant{expected});
        QCOMPARE(tried.watermarks[kLateLeft], kMinTimestamp);  // with the node's, not the port's
        tried.end();
        for (const int port : {kOut, kLateLeft, kLateRight}) QCOMPARE(tried.watermarks[port], kMaxTimestamp);
    }

    void aLateRowTakesNoPart() {
        Tried tried(paramsOf("full", "0s", "0s"));
        tried.send(kLeftIn, {{"a", 1, 4'000, 5'000}, {"a", 2, 5'001, 5'000}});
        tried.send(kRightIn, {{"a", 3, 5'000, 5'000}, {"a", 4, 5'001, 5'000}, {"a", 5, 4'000, 3'999}});
        QCOMPARE(tried.late, (Lines{"left 1@4000 by 1000", "right 3@5000 by 0"}));
        QCOMPARE(tried.lateCount, std::size_t{2});
        QCOMPARE(tried.take(), (Lines{"2@5001 4@5001"}));
        tried.end();
        QCOMPARE(tried.take(), (Lines{"- 5@4000"}));
    }

    void aPairThatCannotBeComputed() {
        const Json params = paramsOf("left", "-5s", "10s", "left.k = right.k AND 10 / right.v > 1");
        for (const bool nullOnError : {false, true}) {
            Tried tried(params, 4096, nullOnError);
            tried.send(kLeftIn, {{"a", 1, 20'000}, {"b", 2, 20'000}});
            tried.send(kRightIn, {{"a", 0, 20'000}, {"b", 0, 20'000}, {"b", 3, 20'000}, {"b", 9, 20'000}});
            QCOMPARE(tried.take(), (Lines{"2@20000 3@20000"}));
            QCOMPARE(tried.rejected.size(), std::size_t{nullOnError ? 0U : 2U});
            if (!nullOnError)
                QVERIFY2(shown(tried.rejected[0]).startsWith("1@20000 0@20000: "), tried.rejected[0].c_str());
            tried.end();
            QCOMPARE(tried.take(), (Lines{"1@20000 -"}));
        }
    }

    void manyPartnersComeInPieces() {
        constexpr std::size_t kEach = 200;
        Tried tried(paramsOf("inner"), 16);
        std::vector<Event> many;
        for (std::size_t i = 0; i < kEach; ++i) many.push_back({"a", static_cast<int>(i), 20'000});
        tried.send(kLeftIn, many);
        const std::size_t before = tried.calls;
        tried.send(kRightIn, many);
        Lines pairs = tried.take();
        QCOMPARE(pairs.size(), kEach * kEach);
        std::sort(pairs.begin(), pairs.end());
        QVERIFY(std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end());
        QVERIFY2(tried.calls - before > kEach, std::to_string(tried.calls - before).c_str());
    }

    void aLongSearchComesInPieces() {
        Tried tried(paramsOf("inner", "0s", "10s"), 16);
        std::vector<Event> many(20'000, {"a", 1, 20'001});
        many.front().time = 20'000;
        tried.send(kLeftIn, many);
        const std::size_t before = tried.calls;
        tried.send(kRightIn, {{"a", 2, 20'000}});  // all but one lie beside it
        QCOMPARE(tried.take(), (Lines{"1@20000 2@20000"}));
        QVERIFY2(tried.calls - before > 10, std::to_string(tried.calls - before).c_str());
    }

    void rowsFarInTimeAreNotLookedAt() {
        for (const int first : {kLeftIn, kRightIn}) {
            Tried tried(paramsOf("inner", "0s", "0s"), 16);
            std::vector<Event> many;
            for (int i = 0; i < 20'000; ++i) many.push_back({"a", i, 20'000 + i});
            tried.send(first, many);
            const std::size_t before = tried.calls;
            tried.send(1 - first, {{"a", 7, 30'000}});
            QCOMPARE(tried.take(),
                     first == kLeftIn ? Lines{"10000@30000 7@30000"} : Lines{"7@30000 10000@30000"});
            QCOMPARE(tried.calls - before, std::size_t{1});
        }
    }

    void aRowThatCameTooLateToBeMetStillMeets() {
        Tried tried(paramsOf("full", "0s", "10s"));
        tried.send(kLeftIn, {{"a", 1, 20'000}});
        tried.advance(kLeftIn, 40'000);
        // No left row can come for these any more; they leave with the call, the one alone.
        tried.send(kRightIn, {{"a", 2, 25'000}, {"a", 3, 35'000}, {nullptr, 4, 25'000}});
        QCOMPARE(tried.take(), (Lines{"1@20000 2@25000", "- 3@35000", "- 4@25000"}));
        QCOMPARE(tried.kept(), std::size_t{1});
        tried.send(kLeftIn, {{"a", 5, 45'000}});
        tried.send(kRightIn, {{"a", 6, 45'000}});
        QCOMPARE(tried.take(), (Lines{"5@45000 6@45000"}));
        tried.end();
        QCOMPARE(tried.take(), Lines{});
        QCOMPARE(tried.kept(), std::size_t{0});
    }

    void manyRowsGoInPieces() {
        Tried tried(paramsOf("left"), 16);
        std::vector<Event> many;
        for (int i = 0; i < 1'000; ++i) many.push_back({"a", i, 20'000});
        tried.send(kLeftIn, many);
        const std::size_t before = tried.calls;
        tried.advance(kRightIn, kMaxTimestamp);
        QCOMPARE(tried.take().size(), std::size_t{1'000});
        QVERIFY(tried.calls - before > 10);
    }

    void farTimesSaturate() {
        Tried tried(paramsOf("full"));
        const std::vector<Event> far{
            {"a", 1, kMaxTimestamp - 1}, {"a", 2, kMinTimestamp + 1}, {"a", 3, kMaxTimestamp - 20'000}};
        tried.send(kLeftIn, far);
        tried.send(kRightIn, far);
        QCOMPARE(tried.take().size(), std::size_t{3});
        tried.advance(kLeftIn, kMaxTimestamp - 1);
        tried.advance(kRightIn, kMinTimestamp + 1);
        tried.end();
        QCOMPARE(tried.take(), Lines{});
        QCOMPARE(tried.kept(), std::size_t{0});
    }

    void describesItsOutput() {
        const auto stream = [](const char* joinKind) {
            return boundOf(paramsOf(joinKind)).node->outputs[kOut];
        };
        std::string names;
        const StreamType inner = stream("inner");
        for (const Field& field : inner.schema->fields) names += field.name + " ";
        QCOMPARE(names, std::string("k v ts k_right v_right ts_right "));
        QCOMPARE(stream("inner").eventTime, 2);
        QCOMPARE(stream("left").eventTime, 2);
        QCOMPARE(stream("right").eventTime, 5);
        QCOMPARE(stream("full").eventTime, -1);
        QVERIFY(stream("full").made && !stream("full").updating && !stream("full").sourceOrder);
        const BoundForTest bound = boundOf(paramsOf("inner"));
        QVERIFY(bound.node->distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(bound.node->distribution.keys, (std::vector<std::vector<int>>{{0}, {0}}));
    }

    void readsWhatItNeeds() {
        const BoundForTest bound =
            boundOf(paramsOf("inner", "-5s", "10s", "left.k = right.k AND left.v > 0"));
        std::vector<ColumnSet> wanted{ColumnSet(6), ColumnSet(5), ColumnSet(5), ColumnSet(4)};
        const std::vector<StreamType> inputs{events(), events()};
        QCOMPARE(bound.node->reads(wanted, inputs),
                 (std::vector<ColumnSet>{{true, true, true}, {true, false, true}}));
        wanted[kLateRight][1] = true;
        QCOMPARE(bound.node->reads(wanted, inputs)[kRightIn], (ColumnSet{true, true, true}));
    }

    void wrongBounds() {
        const auto fixes = [](const char* lower, const char* upper) {
            const BoundForTest bound = boundOf(paramsOf("inner", lower, upper));
            Lines found;
            if (bound.node) return found;
            for (const QuickFix& fix : bound.issues[0].quickFixes)
                found.push_back(fix.param + " " + fix.value.get<std::string>());
            return found;
        };
        QCOMPARE(fixes("10s", "5s"), (Lines{"lower -10s", "upper 10s"}));
        QCOMPARE(fixes("-5s", "-10s"), (Lines{"upper -5s"}));
        QCOMPARE(fixes("5s", "5s"), Lines{});
        const BoundForTest bound = boundOf(paramsOf("inner", "10s", "5s"));
        QVERIFY2(shown(bound.said()).contains("The lower bound of 10s is above the upper one of 5s."),
                 bound.said().c_str());
    }

    void eachSideNeedsAnEventTimeAndRowsThatStay() {
        StreamType timeless = events(), updating = events();
        timeless.eventTime = -1;
        updating.updating = true;
        updating.key = {0};
        const auto issueOf = [](const BoundForTest& bound) {
            return bound.node ? QString() : shown(bound.issues[0].port + ": " + english(bound.issues[0]));
        };
        const char* noTime = "How near rows are is told by their event times; “S0” has none marked.";
        QVERIFY(issueOf(boundOf(paramsOf("inner"), timeless)).startsWith("left: "));
        QVERIFY(issueOf(boundOf(paramsOf("inner"), timeless)).contains(noTime));
        QVERIFY(issueOf(boundOf(paramsOf("inner"), events(), timeless)).startsWith("right: "));
        QVERIFY(issueOf(boundOf(paramsOf("inner"), events(), updating)).startsWith("right: "));
        QVERIFY(issueOf(boundOf(paramsOf("inner"), updating)).contains("Join the rows before"));
    }
};

QTEST_APPLESS_MAIN(TestIntervalJoin)
#include "test_interval_join.moc"
