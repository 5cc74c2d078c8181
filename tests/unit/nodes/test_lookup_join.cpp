// lookup_join: rows beside those of a table that they meet, from the words of a person to the rows that
// leave.
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <random>

#include "core/connect/sqlite/lookup.h"
#include "core/data/text.h"
#include "core/pipeline/validate.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/manual_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kRefresh = 60'000;
constexpr Instant kNoon = 1'709'294'400'000;

const Catalogue& catalogue() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

const NodeKind& lookupKind() {
    return *catalogue().find("lookup_join");
}

/// k STRING, v INT, ts TIMESTAMP(3) as event time.
StreamType stream() {
    StreamType type;
    type.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 2;
    type.sourceOrder = true;
    return type;
}

Value text(const char* value) {
    return Value(std::string(value));
}

Batch batchOf(const std::vector<std::pair<Value, Value>>& rows) {
    Rows all;
    for (const auto& [key, value] : rows) all.push_back({key, value, Value(kNoon)});
    return test::batchOf(stream().schema, all);
}

/// “a|1|x”, NULL as “∅”; the event time is left out.
std::string lineOf(const Batch& batch, std::size_t row) {
    std::string line;
    for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        if (batch.schema->fields[column].name == "ts") continue;
        if (column > 0) line += '|';
        if (batch.columns[column]->isNull(row)) line += "∅";
        appendCell(line, *batch.columns[column], row);
    }
    return line;
}

struct Taken final : Output {
    std::vector<Batch> batches;
    std::vector<std::string> rejected;

    void emit(int port, Batch batch) override {
        if (port == 0) batches.push_back(std::move(batch));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        rejected.push_back(std::to_string(batch.positions.at(row)) + ": " + english(reason));
        return {};
    }
    void countLate(std::size_t, Millis) override {}
    std::vector<std::string> lines() const {
        std::vector<std::string> all;
        for (const Batch& batch : batches)
            for (std::size_t row = 0; row < batch.rows; ++row) all.push_back(lineOf(batch, row));
        return all;
    }
};

/// A run that is recorded, of which nobody keeps anything.
struct Recorder final : LookupRecorder {
    std::size_t lookups = 0, tables = 0;
    std::size_t addLookup(TapeLookup) override { return lookups++; }
    bool admits() override { return true; }
    void add(std::size_t, TapeTable table) override {
        if (table.kind == TapeTable::Kind::Met) ++tables;
    }
};

/// A database with a table, and nodes that look rows up in it.
class Shop {
 public:
    explicit Shop(const char* table = "CREATE TABLE items (k TEXT, price REAL, at TEXT)") { exec(table); }

    void exec(const std::string& sql) {
        SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
    }
    std::string path() const { return m_folder.filePath(QStringLiteral("shop.sqlite")).toStdString(); }
    Json params(Json more = Json::object()) const {
        Json all = {{"database", path()},
                    {"table", "items"},
                    {"columns", {"k STRING", "price DOUBLE"}},
                    {"on", "left.k = right.k"},
                    {"refresh", "1min"}};
        for (const auto& [name, value] : more.items()) all[name] = value;
        return all;
    }
    BoundForTest bind(const Json& more = Json::object()) const {
        return bindNode(lookupKind(), params(more), {{stream()}});
    }
    std::unique_ptr<Operator> make(const BoundNode& bound, std::size_t batchRows = 4096) const {
        MakeContext context;
        context.node = "n";
        context.clock = clock;
        context.batchRows = batchRows;
        context.scope = scope;
        context.recorder = recorder;
        context.inputs.emplace_back().type = stream();
        return std::get<std::unique_ptr<Operator>>(*lookupKind().make(bound, context));
    }
    /// The rows that leave, or what is said of an error.
    std::vector<std::string> rows(const Json& more, const Batch& batch) const {
        const BoundForTest bound = bind(more);
        if (!bound.node) return {bound.said()};
        const auto op = make(*bound.node);
        Taken taken;
        const Status status = feed(*op, batch, taken);
        return status.ok() ? taken.lines() : std::vector<std::string>{english(status.error())};
    }
    static Status feed(Operator& op, const Batch& batch, Taken& taken) {
        RW_TRY(op.onBatch(0, batch, taken));
        while (op.hasMore()) RW_TRY(op.resume(taken));
        return {};
    }

    const std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    const std::shared_ptr<RunScope> scope = std::make_shared<RunScope>();
    LookupRecorder* recorder = nullptr;

 private:
    QTemporaryDir m_folder;
};

using Lines = std::vector<std::string>;

}  // namespace

class TestLookupJoin : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFileThatIsNotThere() {
        const auto schema = schemaOf({{"k", Type::of(TypeId::Bigint)}});
        const auto reader = SqliteTableReader::open("/nowhere/a.sqlite", "t", schema);
        QVERIFY(!reader.ok());
        // Sinks make their files, but nobody makes this one.
        QCOMPARE(english(reader.error()),
                 std::string("There is no file “/nowhere/a.sqlite” yet. Choose another file."));
    }

    void aFileThatIsLocked() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("t.sqlite")).toStdString();
        SQLite::Database writer(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        writer.exec("CREATE TABLE t (k INTEGER)");
        writer.exec("BEGIN EXCLUSIVE");
        const auto reader = SqliteTableReader::open(path, "t", schemaOf({{"k", Type::of(TypeId::Bigint)}}));
        QVERIFY(!reader.ok());
        const std::string said = english(reader.error());
        QVERIFY2(said.find("locked; waited 2 s") != std::string::npos, said.c_str());
    }

    void rowsStandBesideThoseTheyMeet() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1.5, 'x'), ('b', 2, 'y'), ('a', 3, 'z'), (NULL, 4, 'n')");
        const Batch batch = batchOf({{text("a"), 1}, {text("c"), 2}, {Value(), 3}, {text("b"), Value()}});
        QCOMPARE(shop.rows({}, batch), (Lines{"a|1|a|1.5", "a|1|a|3", "b|∅|b|2"}));
        QCOMPARE(shop.rows({{"kind", "left"}}, batch),
                 (Lines{"a|1|a|1.5", "a|1|a|3", "c|2|∅|∅", "∅|3|∅|∅", "b|∅|b|2"}));
    }

    void anEmptyTableIsMetByNobody() {
        Shop shop;
        const Batch batch = batchOf({{text("a"), 1}});
        QCOMPARE(shop.rows({}, batch), Lines{});
        QCOMPARE(shop.rows({{"kind", "left"}}, batch), Lines{"a|1|∅|∅"});
    }

    void columnsOfOneNameAreToldApart() {
        Shop shop;
        const BoundForTest bound = shop.bind();
        QVERIFY2(bound.node, bound.said().c_str());
        const StreamType& out = bound.node->outputs.front();
        QCOMPARE(out.schema->fields.at(3).name, std::string("k_right"));
        QCOMPARE(out.schema->fields.at(4).name, std::string("price"));
        QCOMPARE(out.eventTime, 2);
        QVERIFY(out.sourceOrder && !out.made && !out.updating);
        QCOMPARE(bound.node->distribution.kind, Distribution::Kind::Stateless);
    }

    void moreMayBeAskedOfAPair() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('a', 2, ''), ('a', 3, ''), ('b', 9, '')");
        const Batch batch = batchOf({{text("a"), 2}, {text("b"), 2}});
        const Json on = {{"on", "left.k = right.k AND right.price <= left.v"}};
        QCOMPARE(shop.rows(on, batch), (Lines{"a|2|a|1", "a|2|a|2"}));
        Json left = on;
        left["kind"] = "left";
        QCOMPARE(shop.rows(left, batch), (Lines{"a|2|a|1", "a|2|a|2", "b|2|∅|∅"}));
    }

    void aPairThatCanNotBeComputedIsRejected() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('b', 2, '')");
        Batch batch = batchOf({{text("b"), 0}, {text("a"), 5}});
        batch.positions.first = 70;
        const BoundForTest bound =
            shop.bind({{"on", "left.k = right.k AND 10 / left.v > 1"}, {"kind", "left"}});
        QVERIFY2(bound.node, bound.said().c_str());
        const auto op = shop.make(*bound.node);
        Taken taken;
        QVERIFY(Shop::feed(*op, batch, taken).ok());
        QCOMPARE(taken.lines(), (Lines{"b|0|∅|∅", "a|5|a|1"}));
        QCOMPARE(taken.rejected.size(), std::size_t{1});
        QVERIFY2(taken.rejected[0].starts_with("70: "), taken.rejected[0].c_str());
    }

    // A row keeps its place and its stamp, however often it goes on.
    void stampsAndPositionsGoWithTheirRows() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('a', 2, '')");
        Batch batch = batchOf({{text("b"), 0}, {text("a"), 1}, {text("a"), 2}});
        batch.positions.first = 10;
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::vector<Instant>{5, 6, 7});
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node);
        Taken taken;
        QVERIFY(Shop::feed(*op, batch, taken).ok());
        std::vector<std::int64_t> positions;
        std::vector<Instant> stamps;
        for (const Batch& left : taken.batches) {
            for (std::size_t row = 0; row < left.rows; ++row) {
                positions.push_back(left.positions.at(row));
                stamps.push_back((*left.stamps)[row]);
            }
        }
        QCOMPARE(positions, (std::vector<std::int64_t>{11, 11, 12, 12}));
        QCOMPARE(stamps, (std::vector<Instant>{6, 6, 7, 7}));
    }

    void aCallGivesNoMoreThanABatch() {
        Shop shop;
        shop.exec(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
            "INSERT INTO items SELECT 'a', i, '' FROM n");
        const BoundForTest bound = shop.bind({{"kind", "left"}});
        const auto op = shop.make(*bound.node, 32);
        Taken taken;
        QVERIFY(Shop::feed(*op, batchOf({{text("a"), 1}, {text("b"), 2}, {text("a"), 3}}), taken).ok());
        QCOMPARE(taken.lines().size(), std::size_t{2001});
        QCOMPARE(taken.lines().at(1000), std::string("b|2|∅|∅"));
        for (const Batch& batch : taken.batches) QVERIFY(batch.rows <= 33);
    }

    void theTableIsReadAnewNowAndThen() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        const Batch batch = batchOf({{text("a"), 0}});
        const auto price = [&](Operator& asked) {
            Taken taken;
            const Status status = Shop::feed(asked, batch, taken);
            return status.ok() ? taken.lines().at(0) : english(status.error());
        };
        QCOMPARE(price(*op), std::string("a|0|a|1"));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh - 1);
        QCOMPARE(price(*op), std::string("a|0|a|1"));
        shop.clock->advance(1);
        QCOMPARE(price(*op), std::string("a|0|a|1"));  // is not held up; the table is read behind it
        QCOMPARE(price(*op), std::string("a|0|a|2"));
        QCOMPARE(price(*other), std::string("a|0|a|2"));  // they share it
        shop.exec("DROP TABLE items");
        QCOMPARE(price(*other), std::string("a|0|a|2"));
        shop.clock->advance(kRefresh);
        QVERIFY(price(*op).find("There is no table “items”") != std::string::npos);
    }

    // In a recorded run rows of one moment meet one table, whichever batch they are in.
    void rowsOfABatchMayMeetDifferentTables() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        Recorder recorder;
        shop.recorder = &recorder;
        StreamType made = stream();
        made.made = true;
        const BoundForTest bound = bindNode(lookupKind(), shop.params(), {{made}});
        QVERIFY2(bound.node, bound.said().c_str());
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        QCOMPARE(recorder.lookups, std::size_t{1});
        const auto at = [&](Operator& asked, const std::vector<Instant>& times) {
            Rows rows;
            for (const Instant time : times)
                rows.push_back({text("a"), static_cast<std::int32_t>(time), Value(kNoon + time)});
            Taken taken;
            const Status status = Shop::feed(asked, test::batchOf(stream().schema, rows), taken);
            return status.ok() ? taken.lines() : Lines{english(status.error())};
        };
        QCOMPARE(at(*op, {5, 10}), (Lines{"a|5|a|1", "a|10|a|1"}));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh);
        QCOMPARE(at(*op, {4}), (Lines{"a|4|a|1"}));  // behind it the table is read anew
        QCOMPARE(recorder.tables, std::size_t{2});
        QCOMPARE(at(*other, {10, 11, 3, 12, 13}),
                 (Lines{"a|10|a|1", "a|11|a|2", "a|3|a|1", "a|12|a|2", "a|13|a|2"}));
        shop.clock->advance(kRefresh);
        QCOMPARE(at(*op, {14}), (Lines{"a|14|a|2"}));
        QCOMPARE(recorder.tables, std::size_t{2});  // the same as before
    }

    // … and rows that a source gave meet that of when they were read.
    void rowsMeetTheTableOfTheirArrival() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        Recorder recorder;
        shop.recorder = &recorder;
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        const auto price = [&](Operator& asked, Instant arrived) {
            Batch batch = batchOf({{text("a"), 0}});
            batch.arrived = arrived;
            Taken taken;
            const Status status = Shop::feed(asked, batch, taken);
            return status.ok() ? taken.lines().at(0) : english(status.error());
        };
        QCOMPARE(price(*op, 100), std::string("a|0|a|1"));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh);
        QCOMPARE(price(*op, 100), std::string("a|0|a|1"));
        QCOMPARE(price(*op, 101), std::string("a|0|a|2"));
        QCOMPARE(price(*other, 100), std::string("a|0|a|1"));  // it was slower
        QCOMPARE(price(*other, kNoMoment), std::string("a|0|a|2"));
    }

    void aTableThatIsTooLargeIsRefused() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('b', 2, ''), ('c', 3, '')");
        const SchemaRef schema = schemaOf({{"k", Type::of(TypeId::String)}});
        const SqliteLookupTarget target{shop.path(), "items", schema, {0}, kRefresh};
        SqliteLookup small(target, shop.clock, 2);
        const Result<bool> read = small.read(kNoMoment);
        QVERIFY(!read.ok());
        QVERIFY(english(read.error()).find("at most 2 rows") != std::string::npos);
        SqliteLookup tight(target, shop.clock, 100, 10);
        QVERIFY(!tight.read(kNoMoment).ok());
        SqliteLookup enough(target, shop.clock, 3);
        while (!enough.newest()) QVERIFY(enough.read(kNoMoment).ok());
        QCOMPARE(enough.newest()->rows().size(), std::size_t{3});
        QVERIFY(!enough.due());
    }

    void valuesAreReadAsTheyAreDeclared_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("read");  // empty: is refused
        const auto row = [](const char* type, const char* stored, const char* read) {
            QTest::addRow("%s %s", type, stored) << type << stored << read;
        };
        row("BOOLEAN", "1", "true");
        row("BOOLEAN", "'false'", "false");
        row("BOOLEAN", "2", "");
        row("INT", "2147483647", "2147483647");
        row("INT", "2147483648", "");
        row("BIGINT", "-9223372036854775808", "-9223372036854775808");
        row("BIGINT", "'12'", "12");
        row("BIGINT", "1.5", "");
        row("DOUBLE", "7", "7");
        row("DOUBLE", "0.1", "0.1");
        row("DECIMAL(10,2)", "'12.50'", "12.50");
        row("DECIMAL(10,2)", "3", "3.00");
        row("DATE", "'2024-03-01'", "2024-03-01");
        row("DATE", "'soon'", "");
        row("TIMESTAMP(3)", "'2024-03-01 12:00:00'", "2024-03-01 12:00:00.000");
        row("TIMESTAMP(3)", "1709294400000", "2024-03-01 12:00:00.000");
        row("STRING", "'a'", "a");
        row("STRING", "42", "42");
        row("STRING", "CAST(x'ff' AS TEXT)", "");
        row("STRING", "x'00'", "");
        row("INT", "NULL", "∅");
    }

    void valuesAreReadAsTheyAreDeclared() {
        QFETCH(QString, type);
        QFETCH(QString, stored);
        QFETCH(QString, read);
        Shop shop("CREATE TABLE items (k TEXT, x)");
        shop.exec("INSERT INTO items VALUES ('a', " + stored.toStdString() + ")");
        const Lines lines =
            shop.rows({{"columns", {"k STRING", "x " + type.toStdString()}}}, batchOf({{text("a"), 1}}));
        QCOMPARE(lines.size(), std::size_t{1});
        if (read.isEmpty()) {
            QVERIFY2(lines[0].find("Row 1 of table “items”") != std::string::npos, lines[0].c_str());
            QVERIFY2(lines[0].find("is no " + type.toStdString()) != std::string::npos, lines[0].c_str());
        } else {
            QCOMPARE(QString::fromStdString(lines[0]), QStringLiteral("a|1|a|") + read);
        }
    }

    // What the sink declares is what the designer reads.
    void columnsAreInferred() {
        Shop shop(
            "CREATE TABLE items (\"the id\" INTEGER, ok INTEGER BOOLEAN, price REAL, name VARCHAR(20), "
            "total TEXT DECIMAL(10,2), at TEXT TIMESTAMP(3), day DATE, n NUMERIC, x)");
        const std::string folder = shop.path().substr(0, shop.path().rfind('/'));
        const auto columns = lookupKind().infer({{"database", "shop.sqlite"}, {"table", "ITEMS"}}, folder);
        QVERIFY2(columns.ok(), columns.ok() ? "" : english(columns.error()).c_str());
        QCOMPARE(*columns,
                 (Lines{"`the id` BIGINT", "ok BOOLEAN", "price DOUBLE", "name STRING", "total DECIMAL(10,2)",
                        "at TIMESTAMP(3)", "day DATE", "n DOUBLE", "x STRING"}));
        const auto none = lookupKind().infer({{"database", shop.path()}, {"table", "other"}}, "/");
        QVERIFY(!none.ok());
        QVERIFY(english(none.error()).find("Its tables are: items.") != std::string::npos);
        QVERIFY(!lookupKind().infer({{"database", "/nowhere/x"}, {"table", "t"}}, "/").ok());
        QVERIFY(!lookupKind().infer(Json::object(), "/").ok());
    }

    void theFileIsLookedAtBeforeTheRun() {
        Shop shop;
        const auto warned = [&](const Json& more) {
            const BoundForTest bound = shop.bind(more);
            return bound.node && bound.issues.size() == 1 ? bound.issues[0].param + ": " + bound.said()
                                                          : bound.said();
        };
        QCOMPARE(warned({}), std::string());
        QVERIFY(warned({{"table", "none"}}).starts_with("table: "));
        QVERIFY(warned({{"columns", {"k STRING", "prize DOUBLE"}}}).starts_with("columns: "));
        QCOMPARE(warned({{"database", "/nowhere/x.sqlite"}}), std::string());  // is said of every input
        QFile::remove(QString::fromStdString(shop.path()));
        QFile file(QString::fromStdString(shop.path()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(5'000, 'x')) > 0);
        file.close();
        QVERIFY(warned({}).starts_with("database: "));
    }

    void theConditionNamesTheTable() {
        Shop shop;
        const auto said = [&](const char* on) { return shop.bind({{"on", on}}).said(); };
        QCOMPARE(said("left.k = right.k"), std::string());
        QVERIFY(said("left.k = right.id").find("No column “id” in “right”.") != std::string::npos);
        QVERIFY(said("left.v > right.price").find("must equal one of “right”") != std::string::npos);
        // Nobody is at fault for a column that the table lacks: the wire may stay.
        const BoundForTest bound = shop.bind({{"on", "left.k = right.id"}});
        QVERIFY(bound.issues.front().column.empty() && bound.issues.front().port.empty());
        StreamType updating = stream();
        updating.updating = true;
        updating.key = {0};
        QVERIFY(!bindNode(lookupKind(), shop.params(), {{updating}}).node);
    }

    void equalColumnsAreOffered() {
        Pipeline pipeline;
        pipeline.nodes = {
            node("in", "rows", Json::parse(R"json({"columns": ["k STRING"], "rows": [["a"]]})json")),
            node("n", "lookup_join",
                 {{"database", "x.sqlite"}, {"table", "items"}, {"columns", {"k STRING", "price DOUBLE"}}})};
        pipeline.wires = {wire("in", "n")};
        ValidateOptions options;
        options.files = false;
        const Validated checked = validate(pipeline, catalogue(), options);
        const auto missing = std::find_if(checked.issues.begin(), checked.issues.end(),
                                          [](const Issue& issue) { return issue.param == "on"; });
        QVERIFY(missing != checked.issues.end() && missing->quickFixes.size() == 1);
        QCOMPARE(missing->quickFixes[0].value, Json("left.k = right.k"));
    }

    // Against the rule itself: every row of the stream beside every row of the table that it equals.
    void randomRowsMeetAsTheRuleSays() {
        std::mt19937 random(7);
        const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
        for (std::uint64_t tried = 0; tried < affordableCases(60, 15); ++tried) {
            struct Item {
                Value key;
                int price;
            };
            const auto key = [&](unsigned letters) {
                return below(6) == 0 ? Value() : Value(std::string(1, "abcde"[random() % letters]));
            };
            std::vector<Item> items;
            Shop shop;
            std::string sql;
            for (int i = below(12); i > 0; --i) {
                const Item& item = items.emplace_back(Item{key(4), below(9)});
                sql += (sql.empty() ? "" : ", ") +
                       (isNull(item.key) ? "(NULL" : "('" + std::get<std::string>(item.key) + "'") + ", " +
                       std::to_string(item.price) + ", '')";
            }
            if (!sql.empty()) shop.exec("INSERT INTO items VALUES " + sql);
            const bool rest = below(2) == 0, left = below(2) == 0;
            std::vector<std::pair<Value, Value>> rows;
            for (int i = below(40); i >= 0; --i)
                rows.emplace_back(key(5), below(8) == 0 ? Value() : Value(below(9)));
            Lines expected;
            for (const auto& [mine, value] : rows) {
                const std::string own = (isNull(mine) ? "∅" : std::get<std::string>(mine)) + "|" +
                                        (isNull(value) ? "∅" : std::to_string(std::get<std::int32_t>(value)));
                bool met = false;
                for (const Item& item : items) {
                    if (isNull(mine) || item.key != mine) continue;
                    if (rest && (isNull(value) || item.price <= std::get<std::int32_t>(value))) continue;
                    met = true;
                    expected.push_back(own + "|" + std::get<std::string>(item.key) + "|" +
                                       std::to_string(item.price));
                }
                if (left && !met) expected.push_back(own + "|∅|∅");
            }
            const BoundForTest bound =
                shop.bind({{"on", rest ? "left.k = right.k AND right.price > left.v" : "left.k = right.k"},
                           {"kind", left ? "left" : "inner"}});
            QVERIFY2(bound.node, bound.said().c_str());
            const auto op = shop.make(*bound.node, 1 + random() % 8);
            Taken taken;
            for (std::size_t from = 0; from < rows.size();) {
                const std::size_t size = std::min<std::size_t>(1 + random() % 12, rows.size() - from);
                const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(from);
                const Batch batch = batchOf({begin, begin + static_cast<std::ptrdiff_t>(size)});
                QVERIFY(Shop::feed(*op, batch, taken).ok());
                from += size;
            }
            QCOMPARE(taken.lines(), expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestLookupJoin)
#include "test_lookup_join.moc"
