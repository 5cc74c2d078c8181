// A table shows the last rows, or the present table of an updating stream.
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "core/data/text.h"
#include "core/views/table_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"name", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Bigint)}});

TableInfo infoOf() {
    TableInfo info;
    info.columns = {{0, "name", Type::of(TypeId::String)}, {1, "n", Type::of(TypeId::Bigint)}};
    return info;
}

std::vector<Value> row(Value name, std::int64_t n) {
    return {std::move(name), n};
}

/// Names that differ at their end.
std::string longName(std::int64_t number) {
    return fmt::format("{:x>3000}", number);
}

QStringList shown(const TableSnapshot& snapshot) {
    QStringList rows;
    for (const TableRowRef& each : snapshot.rows) {
        rows << QString::fromStdString(toText(each->front(), Type::of(TypeId::String))) + QLatin1Char('=') +
                    QString::number(std::get<std::int64_t>((*each)[1]));
    }
    return rows;
}

}  // namespace

class TestTableView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestRowsAreKept() {
        TableInfo info = infoOf();
        info.keep = 3;
        TableView view(info);
        Rows rows;
        for (std::int64_t n = 0; n < 10; ++n) rows.push_back(row(std::string("a"), n));
        view.add(batchOf(kSchema, rows));
        view.add(batchOf(kSchema, {row(std::string("b"), 10)}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"b=10", "a=9", "a=8"}));
        QCOMPARE(shown(view.snapshot(1)), (QStringList{"b=10"}));
        QCOMPARE(view.snapshot(1).kept, std::size_t{3});
        QCOMPARE(view.snapshot().totals.rows, std::uint64_t{11});
    }

    void orderSortsWithNullLowest() {
        TableInfo info = infoOf();
        info.order = {{0, false}, {1, true}};
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("b"), 1), row(Value{}, 2), row(std::string("a"), 3),
                                   row(std::string("a"), 4)}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"=2", "a=4", "a=3", "b=1"}));
    }

    void keysOfAnUpdatingStreamNameRows() {
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[0]};
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("b"), 2), row(Value{}, 3)}));
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("a"), 5), row(Value{}, 3)},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"a=5", "b=2"}));
    }

    void rowsWithoutKeyAreThereAsOftenAsTheyCame() {
        using enum RowKind;
        TableInfo info = infoOf();
        info.updating = info.multiset = true;
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("b"), 2),
                                   row(std::string("a"), 1), row(std::string("a"), 1)}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"a=1", "a=1", "a=1", "b=2"}));
        // Both halves of an update count: another row may be equal to the one that is taken back.
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("c"), 3)},
                         {UpdateBefore, UpdateAfter}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"c=3", "a=1", "a=1", "b=2"}));
        QCOMPARE(view.snapshot(2).rows.size(), std::size_t{2});
        QCOMPARE(view.snapshot(2).kept, std::size_t{4});
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("x"), 9)}, {Delete, Delete}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"c=3", "a=1", "b=2"}));
        info.keep = 3;
        info.order = {{1, true}};
        TableView few(info);
        few.add(batchOf(kSchema, Rows(5, row(std::string("a"), 1))));
        few.add(batchOf(kSchema, Rows(2, row(std::string("b"), 2))));
        QCOMPARE(shown(few.snapshot()), (QStringList{"b=2", "b=2", "a=1"}));
    }

    void onlyOneRowOfAStreamWithoutKeysStands() {
        TableInfo info = infoOf();
        info.updating = true;
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("total"), 1), row(std::string("total"), 2)}));
        QCOMPARE(shown(view.snapshot()), QStringList{"total=2"});
    }

    void rowsOfOpenWindowsAreProvisional() {
        const SchemaRef schema =
            schemaOf({{"window_time", Type::of(TypeId::Timestamp)}, {"n", Type::of(TypeId::Bigint)}});
        TableInfo info;
        info.columns = {{1, "n", Type::of(TypeId::Bigint)}};
        info.eventTime = 0;
        info.updating = true;
        info.key = {{0, "window_time", Type::of(TypeId::Timestamp)}};
        TableView view(info);
        view.add(batchOf(schema, {{Instant{9'999}, std::int64_t{1}}, {Instant{19'999}, std::int64_t{2}}}));
        QCOMPARE(view.snapshot().provisional, std::size_t{2});
        view.setWatermark(9'997);
        QCOMPARE(view.snapshot().provisional, std::size_t{2});
        view.setWatermark(9'998);  // the watermark that a window sends with its last result
        QCOMPARE(view.snapshot().open, (std::vector<bool>{true, false}));
        view.setWatermark(kMaxTimestamp);
        QCOMPARE(view.snapshot().provisional, std::size_t{0});
        QVERIFY(view.snapshot().open.empty());
        info.updating = false;
        TableView inserts(info);
        inserts.add(batchOf(schema, {{Instant{9'999}, std::int64_t{1}}}));
        QCOMPARE(inserts.snapshot().provisional, std::size_t{0});
    }

    /// Random upserts and deletes: the table equals a map, for any batches.
    void theTableIsWhatTheStreamDescribes() {
        std::mt19937 random(9);
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[0]};
        info.order = {{0, false}};
        TableView view(info);
        std::map<std::string, std::int64_t> expected;
        for (int batch = 0; batch < 200; ++batch) {
            Rows rows;
            std::vector<RowKind> kinds;
            for (unsigned i = 0; i < 1 + random() % 20; ++i) {
                const std::string name = "k" + std::to_string(random() % 30);
                const auto n = static_cast<std::int64_t>(random() % 100);
                const bool gone = random() % 3 == 0;
                rows.push_back(row(name, n));
                kinds.push_back(gone ? RowKind::Delete : RowKind::UpdateAfter);
                if (gone) {
                    expected.erase(name);
                } else {
                    expected[name] = n;
                }
            }
            view.add(batchOf(kSchema, rows, kinds));
        }
        QStringList wanted;
        for (const auto& [name, n] : expected)
            wanted << QString::fromStdString(name) + QLatin1Char('=') + QString::number(n);
        QCOMPARE(shown(view.snapshot()), wanted);
    }

    void rowsStayBoundedInBytes() {
        TableInfo info = infoOf();
        info.keep = 20'000;
        TableView view(info);
        const std::string huge(10'000, 'x');
        for (std::int64_t n = 0; n < 60'000; n += 1000) {
            Rows rows;
            for (std::int64_t i = 0; i < 1000; ++i) rows.push_back(row(huge, n + i));
            view.add(batchOf(kSchema, rows));
        }
        const TableSnapshot snapshot = view.snapshot();
        std::size_t bytes = 0;
        for (const TableRowRef& each : snapshot.rows) {
            const auto& text = std::get<std::string>(each->front());
            QVERIFY(text.size() <= TableView::kLongestCell && text.ends_with("…"));
            bytes += text.capacity();
        }
        QVERIFY(bytes <= TableView::kMaxBytes && bytes > TableView::kMaxBytes / 2);
        QCOMPARE(std::get<std::int64_t>((*snapshot.rows.front())[1]), std::int64_t{59'999});
        QCOMPARE(snapshot.rows.size() + snapshot.forgotten, info.keep);
    }

    /// Half of them explain nothing.
    void contributionsAreKeptWhole() {
        const Type text = Type::of(TypeId::String);
        TableInfo info;
        info.columns = {{0, "contributions", text}, {1, "other", text}};
        TableView view(info);
        const std::string large(5'000, 'x');
        view.add(batchOf(schemaOf({{"contributions", text}, {"other", text}}), {{large, large}}));
        const TableRow shown = *view.snapshot().rows.front();
        QCOMPARE(std::get<std::string>(shown[0]), large);
        QVERIFY(std::get<std::string>(shown[1]).size() <= TableView::kLongestCell);
    }

    /// One byte more than fits says that there were others.
    void bytesAreCutWithoutAnEllipsis() {
        TableInfo info;
        info.columns = {{0, "b", Type::of(TypeId::Bytes)}};
        TableView view(info);
        Rows rows;
        for (const std::size_t size : {std::size_t{5'000}, TableView::kLongestCell, std::size_t{1}})
            rows.push_back({std::string(size, '\xff')});
        view.add(batchOf(schemaOf({{"b", Type::of(TypeId::Bytes)}}), rows));
        QStringList sizes;
        for (const TableRowRef& each : view.snapshot().rows)
            sizes << QString::number(std::get<std::string>(each->front()).size());
        QCOMPARE(sizes, (QStringList{"1", "1024", "1025"}));
    }

    void keysOfManyBytesStayBounded() {
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[0]};
        TableView view(info);
        for (std::int64_t n = 0; n < 20'000; n += 1000) {
            Rows rows;
            for (std::int64_t i = 0; i < 1000; ++i) rows.push_back(row(longName(n + i), n + i));
            view.add(batchOf(kSchema, rows));
        }
        // A text that differs only after thousands of bytes has another key all the same.
        const TableSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.totals.rows, std::uint64_t{20'000});
        const std::size_t kept = 20'000 - snapshot.forgotten;
        QVERIFY(snapshot.forgotten > 0);
        QVERIFY2(kept * TableView::kLongestCell > TableView::kMaxBytes / 2,
                 qPrintable(QString::number(kept)));
        QCOMPARE(std::get<std::int64_t>((*snapshot.rows.front())[1]), std::int64_t{19'999});
        TableInfo all = info;
        all.keep = 20'000;
        TableView few(all);
        few.add(batchOf(kSchema, {row(longName(1), 1), row(longName(2), 2)}));
        QCOMPARE(few.snapshot().rows.size(), std::size_t{2});
        QCOMPARE(few.snapshot().forgotten, std::size_t{0});
    }

    void keysStayBounded() {
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[1]};
        TableView view(info);
        constexpr std::int64_t kKeys = 25'000;
        Rows rows;
        for (std::int64_t n = 0; n < kKeys; ++n) rows.push_back(row(std::string("a"), n));
        view.add(batchOf(kSchema, rows));
        QCOMPARE(view.snapshot().forgotten, static_cast<std::size_t>(kKeys) - TableView::kMaxKeys);
        QCOMPARE(view.snapshot().rows.size(), info.keep);
        QCOMPARE(std::get<std::int64_t>((*view.snapshot().rows.front())[1]), kKeys - 1);
    }
};

QTEST_APPLESS_MAIN(TestTableView)
#include "test_table_view.moc"
