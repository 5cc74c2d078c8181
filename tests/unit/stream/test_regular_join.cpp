// The output of a join of two updating streams: pairs, rows without a partner, rows taken back,
// keys that are forgotten, restarts.
#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Cells = std::vector<std::string>;

constexpr int kOut = 0, kLeftIn = 0, kRightIn = 1;
constexpr auto kInsert = RowKind::Insert, kDelete = RowKind::Delete;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("join");
}

/// Rows id, k, ts: that stay, or change by `key`, or without one when that is empty.
StreamType rowsThatStay() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Int)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"ts", Type::of(TypeId::Timestamp)}}});
    type.eventTime = 2;
    return type;
}

StreamType rowsThatChange(std::vector<int> key) {
    StreamType type = rowsThatStay();
    type.eventTime = -1;
    type.updating = true;
    type.multiset = key.empty();
    type.key = std::move(key);
    return type;
}

Json of(const char* kind, Json more = Json::object()) {
    Json params = {{"on", "left.k = right.k"}, {"kind", kind}};
    params.update(more);
    return params;
}

struct Tried {
    explicit Tried(Json params, StreamType leftRows = rowsThatStay(), StreamType rightRows = rowsThatStay(),
                   std::size_t batchRows = 4096)
        : left(std::move(leftRows)),
          right(std::move(rightRows)),
          bound(bindNode(node(), std::move(params), {left, right})),
          context(contextFor(left, 1, batchRows)) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        context.inputs.push_back(contextFor(right).inputs.front());
        harness = make();
    }
    std::unique_ptr<OperatorHarness> make() const {
        return std::make_unique<OperatorHarness>(node(), *bound.bound, context);
    }
    /// A row “id k”; the second is its second of event time, and the stamp the one before it.
    void send(int port, const std::string& id, const std::string& k, RowKind kind = kInsert, int second = 0,
              int stamp = -100) {
        sendAll(port, {{id, k}}, kind, second, stamp);
    }
    void sendAll(int port, const std::vector<Cells>& some, RowKind kind = kInsert, int second = 0,
                 int stamp = -100) {
        const Instant time = Instant{1'000} * second;
        std::string text;
        appendTimestamp(text, time);
        std::vector<Cells> rows;
        for (const Cells& row : some) rows.push_back({row[0], row[1], text});
        Batch batch = textBatch((port == kLeftIn ? left : right).schema, rows);
        batch.kinds = std::make_shared<const std::vector<RowKind>>(rows.size(), kind);
        if (kind == kInsert) batch.kinds = nullptr;
        batch.stamps =
            std::make_shared<const std::vector<Instant>>(rows.size(), std::min(time, Instant{1'000} * stamp));
        harness->send(batch, port);
    }
    /// “+I 1-2” for each change since the last call, the ids of its sides, “∅” for none.
    Lines changes() {
        Lines out;
        const Lines& all = harness->lines(kOut);
        for (; m_seen < all.size(); ++m_seen) out.push_back(shortened(all[m_seen]));
        return out;
    }
    Lines table() {
        Lines out;
        for (const std::string& line : harness->table(kOut)) out.push_back(shortened(line));
        std::sort(out.begin(), out.end());
        return out;
    }
    /// Resumes in a new operator, with the state of this one.
    void restart() {
        StateWriter writer;
        QVERIFY(harness->tested().snapshot(writer).ok());
        const std::string bytes = writer.finish();
        harness = make();
        m_seen = 0;
        QVERIFY(harness->tested().restore(StateReader::open(bytes).value(), KeyGroups()).ok());
    }
    std::size_t rowsKept() const { return harness->tested().stateSize().keys; }

    StreamType left, right;
    BoundForTest bound;
    MakeContext context;
    std::unique_ptr<OperatorHarness> harness;

 private:
    static std::string shortened(const std::string& line) {
        const QStringList cells = QString::fromStdString(line).split(u'|');
        return (cells[0] + u'-' + cells[3]).toStdString();
    }
    std::size_t m_seen = 0;
};

}  // namespace

class TestRegularJoin : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyPairOfRowsThatStay() {
        Tried tried(of("inner"));
        tried.send(kLeftIn, "1", "a");
        QCOMPARE(tried.changes(), Lines{});
        tried.send(kRightIn, "2", "a", kInsert, 50);
        tried.send(kRightIn, "3", "b");
        tried.send(kLeftIn, "4", "a");
        tried.harness->advance(kMaxTimestamp - 1);
        tried.send(kRightIn, "5", "a");
        QCOMPARE(tried.table(), (Lines{"1-2", "1-5", "4-2", "4-5"}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aRowAloneUntilItMeetsOne_data() {
        QTest::addColumn<QByteArray>("kind");
        for (const char* kind : {"left", "right", "full"}) QTest::newRow(kind) << QByteArray(kind);
    }
    void aRowAloneUntilItMeetsOne() {
        QFETCH(QByteArray, kind);
        const bool left = kind != "right", right = kind != "left";
        Tried tried(of(kind.constData()));
        tried.send(kLeftIn, "1", "a");
        QCOMPARE(tried.changes(), left ? Lines{"+I 1-∅"} : Lines{});
        tried.send(kRightIn, "2", "b");
        QCOMPARE(tried.changes(), right ? Lines{"+I ∅-2"} : Lines{});
        tried.send(kRightIn, "3", "a");
        QCOMPARE(tried.changes(), left ? (Lines{"-D 1-∅", "+I 1-3"}) : Lines{"+I 1-3"});
        tried.send(kRightIn, "4", "a");
        QCOMPARE(tried.changes(), Lines{"+I 1-4"});
        tried.send(kLeftIn, "5", "b");
        QCOMPARE(tried.changes(), right ? (Lines{"-D ∅-2", "+I 5-2"}) : Lines{"+I 5-2"});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aloneAgainWhenTheLastPartnerGoes() {
        Tried tried(of("full"), rowsThatChange({0}), rowsThatChange({0}));
        tried.send(kLeftIn, "1", "a");
        tried.send(kRightIn, "2", "a");
        tried.send(kRightIn, "3", "a");
        tried.changes();
        tried.send(kRightIn, "2", "a", kDelete);
        QCOMPARE(tried.changes(), Lines{"-D 1-2"});
        tried.send(kRightIn, "3", "a", RowKind::UpdateBefore);
        QCOMPARE(tried.changes(), (Lines{"-D 1-3", "+I 1-∅"}));
        tried.send(kRightIn, "3", "a", RowKind::UpdateAfter);
        QCOMPARE(tried.changes(), (Lines{"-D 1-∅", "+I 1-3"}));
        tried.send(kLeftIn, "1", "a", kDelete);
        QCOMPARE(tried.changes(), (Lines{"-D 1-3", "+I ∅-3"}));
        tried.send(kRightIn, "3", "a", kDelete);
        QCOMPARE(tried.changes(), Lines{"-D ∅-3"});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void changesWithinABatchLeaveInTheirOrder() {
        Tried tried(of("left"), rowsThatChange({0}), rowsThatChange({1}));
        QCOMPARE(tried.bound.bound->outputs[kOut].key, (std::vector<int>{0, 1}));
        tried.send(kRightIn, "7", "a");
        Batch batch = textBatch(tried.left.schema,
                                TextRows{{"1", "a", ""}, {"1", "a", ""}, {"1", "b", ""}, {"1", "b", ""}});
        batch.kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector<RowKind>{kInsert, RowKind::UpdateBefore, RowKind::UpdateAfter, kDelete});
        tried.harness->send(batch, kLeftIn);
        QCOMPARE(tried.changes(), (Lines{"+I 1-7", "-D 1-7", "+I 1-∅", "-D 1-∅"}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void ofEqualRowsOneIsTakenBack() {
        Tried tried(of("left"), rowsThatChange({}), rowsThatChange({}));
        QVERIFY(tried.bound.bound->outputs[kOut].multiset);
        for (int i = 0; i < 3; ++i) tried.send(kLeftIn, "1", "a");
        tried.send(kRightIn, "2", "a");
        tried.send(kLeftIn, "1", "a", kDelete);
        QCOMPARE(tried.table(), (Lines{"1-2", "1-2"}));
        tried.send(kRightIn, "2", "a", kDelete);
        QCOMPARE(tried.table(), (Lines{"1-∅", "1-∅"}));
        tried.send(kLeftIn, "9", "a", kDelete);  // never was there
        QCOMPARE(tried.table().size(), std::size_t{2});
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void ofRowsWithoutAKeyTheZerosAreTwo() {
        StreamType doubles = rowsThatChange({});
        Schema schema = *doubles.schema;
        schema.fields[2] = {"d", Type::of(TypeId::Double)};
        doubles.schema = std::make_shared<const Schema>(std::move(schema));
        for (const auto& [first, second] : {std::pair("0", "-0.0"), std::pair("-0.0", "0")}) {
            Tried tried(of("left"), doubles);
            const auto change = [&](const char* d, RowKind kind) {
                Batch batch = textBatch(doubles.schema, TextRows{{"1", "a", d}});
                batch.kinds = std::make_shared<const std::vector<RowKind>>(1, kind);
                tried.harness->send(batch, kLeftIn);
            };
            change(first, kInsert);
            change(second, kInsert);
            change("-0.0", kDelete);
            QCOMPARE(tried.harness->table(kOut), Lines{"1|a|0|∅|∅|∅"});
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void aRowThatComesAgainReplacesTheOneOfItsKey() {
        Tried tried(of("inner"), rowsThatChange({0}), rowsThatStay());
        tried.send(kRightIn, "2", "a");
        tried.send(kLeftIn, "1", "a");
        tried.changes();
        tried.send(kLeftIn, "1", "a");
        QCOMPARE(tried.changes(), (Lines{"-D 1-2", "+I 1-2"}));
        QCOMPARE(tried.rowsKept(), std::size_t{2});
    }

    void nullMeetsNone() {
        Tried tried(of("full"), rowsThatChange({0}), rowsThatChange({0}));
        tried.send(kLeftIn, "1", "");
        tried.send(kRightIn, "2", "");
        QCOMPARE(tried.changes(), (Lines{"+I 1-∅", "+I ∅-2"}));
        QCOMPARE(tried.rowsKept(), std::size_t{0});
        tried.send(kLeftIn, "1", "", kDelete);
        QCOMPARE(tried.changes(), Lines{"-D 1-∅"});
        Tried inner(of("inner"));
        inner.send(kLeftIn, "1", "");
        inner.send(kRightIn, "1", "");
        QCOMPARE(inner.changes(), Lines{});
        QCOMPARE(inner.rowsKept(), std::size_t{0});
    }

    void aPairThatCannotBeComputedHasNotMet() {
        for (const bool nullOnError : {false, true}) {
            Tried tried(of("left", {{"on", "left.k = right.k AND 10 / right.id > left.id"}}),
                        rowsThatChange({0}), rowsThatChange({0}));
            tried.context.nullOnError = nullOnError;
            tried.harness = tried.make();
            tried.send(kLeftIn, "1", "a");
            tried.send(kRightIn, "0", "a");
            tried.send(kRightIn, "20", "a");
            QCOMPARE(tried.table(), Lines{"1-∅"});
            tried.send(kRightIn, "5", "a");
            tried.send(kRightIn, "0", "a", kDelete);
            tried.send(kRightIn, "5", "a", kDelete);
            QCOMPARE(tried.table(), Lines{"1-∅"});
            QCOMPARE(tried.harness->rejected().size(), std::size_t{nullOnError ? 0U : 1U});
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void anIntMeetsABigint() {
        StreamType right = rowsThatStay();
        Schema schema = *right.schema;
        schema.fields[0].type = Type::of(TypeId::Bigint);
        right.schema = std::make_shared<const Schema>(std::move(schema));
        Tried tried(of("inner", {{"on", "left.id = right.id"}, {"state_ttl", "10s"}}), rowsThatStay(), right);
        tried.send(kLeftIn, "1", "a");
        tried.send(kRightIn, "1", "b");
        tried.send(kRightIn, "4294967297", "b");
        tried.send(kLeftIn, "1", "c");
        QCOMPARE(tried.table(), (Lines{"1-1", "1-1"}));
        tried.harness->end();
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void aKeyIsForgottenWithAllItsRows() {
        Tried tried(of("full", {{"state_ttl", "10s"}}));
        tried.send(kLeftIn, "1", "a", kInsert, 1);
        tried.send(kRightIn, "2", "a", kInsert, 5);
        tried.send(kLeftIn, "3", "b", kInsert, 2);
        tried.changes();
        tried.harness->advance(11'999);
        QCOMPARE(tried.rowsKept(), std::size_t{3});
        tried.harness->advance(14'999);
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->advance(15'000);
        QCOMPARE(tried.rowsKept(), std::size_t{0});
        QCOMPARE(tried.changes(), Lines{});  // emitted rows stay
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aRowFindsItsKeyNewByItsStamp() {
        Tried tried(of("left", {{"state_ttl", "10s"}}));
        QVERIFY(tried.bound.bound->readsStamps);
        tried.send(kRightIn, "1", "a", kInsert, 5);
        tried.send(kLeftIn, "2", "a", kInsert, 20, 14);
        QCOMPARE(tried.changes(), Lines{"+I 2-1"});
        tried.send(kLeftIn, "3", "a", kInsert, 40, 29);  // the key's newest row is of 20
        QCOMPARE(tried.changes(), Lines{"+I 3-1"});
        tried.send(kLeftIn, "4", "a", kInsert, 55, 50);
        QCOMPARE(tried.changes(), Lines{"+I 4-∅"});
        QCOMPARE(tried.rowsKept(), std::size_t{1});
        tried.send(kRightIn, "5", "a", kInsert, 55, 54);
        QCOMPARE(tried.changes(), (Lines{"-D 4-∅", "+I 4-5"}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void manyPartnersComeAndGoInPieces() {
        constexpr std::size_t kMany = 5'000;
        for (const char* kind : {"inner", "full"}) {
            Tried tried(of(kind), rowsThatChange({0}), rowsThatChange({0}), 16);
            std::vector<Cells> many;
            for (std::size_t i = 0; i < kMany; ++i) many.push_back({std::to_string(i), "a"});
            tried.sendAll(kRightIn, many);
            const std::size_t before = tried.harness->calls();
            tried.send(kLeftIn, "1", "a");
            QVERIFY(tried.harness->calls() - before > 20);
            QCOMPARE(tried.table().size(), kMany);
            tried.send(kLeftIn, "1", "a", kDelete);
            QCOMPARE(tried.table().size(), std::string_view(kind) == "full" ? kMany : 0);
            tried.sendAll(kRightIn, many, kDelete);
            QCOMPARE(tried.rowsKept(), std::size_t{0});
            QCOMPARE(tried.table(), Lines{});
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void aLargeKeyIsForgottenInPieces() {
        Tried tried(of("inner", {{"state_ttl", "10s"}}), rowsThatStay(), rowsThatStay(), 16);
        std::vector<Cells> many(5'000, Cells{"1", "a"});
        tried.sendAll(kRightIn, many, kInsert, 5);
        std::size_t before = tried.harness->calls();
        tried.send(kLeftIn, "2", "a", kInsert, 30, 20);
        QVERIFY(tried.harness->calls() - before > 5);
        QCOMPARE(tried.table(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{1});
        tried.sendAll(kRightIn, std::vector<Cells>(5'000, Cells{"1", "b"}), kInsert, 31, 20);
        before = tried.harness->calls();
        tried.harness->advance(41'000);
        QVERIFY(tried.harness->calls() - before > 5);
        QCOMPARE(tried.rowsKept(), std::size_t{0});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void goesOnAfterARestart() {
        Tried tried(of("full"), rowsThatChange({0}), rowsThatChange({}));
        tried.send(kLeftIn, "1", "a");
        for (int i = 0; i < 2; ++i) tried.send(kRightIn, "2", "a");
        tried.send(kRightIn, "3", "b");
        tried.restart();
        tried.send(kRightIn, "2", "a", kDelete);
        QCOMPARE(tried.changes(), Lines{"-D 1-2"});
        tried.send(kRightIn, "2", "a", kDelete);
        QCOMPARE(tried.changes(), (Lines{"-D 1-2", "+I 1-∅"}));
        tried.send(kLeftIn, "4", "b");
        QCOMPARE(tried.changes(), (Lines{"-D ∅-3", "+I 4-3"}));
    }

    void aStateWithPartnersThatCannotBeIsRefused() {
        Tried tried(of("left"));
        tried.send(kLeftIn, "1", "a");
        StateWriter writer;
        QVERIFY(tried.harness->tested().snapshot(writer).ok());
        const std::string written = writer.finish();
        const auto kept = StateReader::open(written).value().keyed("left");
        QVERIFY(kept.ok() && kept->size() == 1);
        const auto& [keyGroup, record] = kept->front();
        for (const std::int64_t partners : {-1L, 0L, 1L << 32}) {
            Batch rows = record.batch("rows").value();
            ColumnBuilder column(Type::of(TypeId::Bigint));
            column.append(partners);
            rows.columns.back() = column.finish();
            StateWriter changed;
            changed.keyed("left", keyGroup, record.version(),
                          [&rows](StateWriter& out) { out.batch("rows", rows); });
            const std::string bytes = changed.finish();
            const auto next = tried.make();
            const Status status = next->tested().restore(StateReader::open(bytes).value(), KeyGroups());
            QCOMPARE(status.ok(), partners == 0);
        }
    }

    void remembersItsKeysAfterARestart() {
        Tried tried(of("inner", {{"state_ttl", "10s"}}));
        tried.send(kLeftIn, "1", "a", kInsert, 5);
        tried.send(kLeftIn, "2", "a", kInsert, 3);
        tried.restart();
        tried.send(kRightIn, "3", "a", kInsert, 20, 14);
        QCOMPARE(tried.table(), (Lines{"1-3", "2-3"}));
        tried.restart();
        tried.send(kRightIn, "4", "a", kInsert, 31, 30);
        QCOMPARE(tried.table(), Lines{});
        tried.restart();
        tried.harness->advance(41'000);
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestRegularJoin)
#include "test_regular_join.moc"
